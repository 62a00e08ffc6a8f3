namespace PresignKit;

/// <summary>The headers of a request that arrived, put beside the names that its URL signs.</summary>
internal sealed class ReceivedHeaders
{
    // What most URLs sign.
    private static readonly string[] HostAlone = ["host"];

    private readonly string[] _signedNames;
    private readonly List<string>?[] _values;

    private ReceivedHeaders(string[] signedNames)
    {
        _signedNames = signedNames;
        _values = new List<string>?[signedNames.Length];
    }

    /// <summary>The value of the <c>host</c> header; <c>null</c> where there is none.</summary>
    public string? Host { get; private set; }

    /// <summary>Whether a header was sent whose name or value is none, or two hosts were.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Whether <c>host</c> is not signed, or an <c>x-amz-*</c> header was sent that is not.</summary>
    public bool HasUnsigned { get; private set; }

    public bool HasAuthorization { get; private set; }

    /// <summary>Whether a signed header was not sent.</summary>
    public bool LacksSigned { get; private set; }

    /// <summary>Reads headers; <c>null</c> where the list of signed names is not in canonical form: lower case, in order, each once.</summary>
    public static ReceivedHeaders? Read(string signedHeaders, IEnumerable<KeyValuePair<string, string>>? sent)
    {
        string[] names = signedHeaders == "host" ? HostAlone : signedHeaders.Split(';');
        if (names != HostAlone && !AreCanonical(names))
        {
            return null;
        }

        ReceivedHeaders headers = new(names) { HasUnsigned = Array.IndexOf(names, "host") < 0 };
        foreach (KeyValuePair<string, string> header in sent ?? [])
        {
            headers.Add(header.Key ?? "", header.Value ?? "");
        }

        for (int i = 0; i < names.Length; i++)
        {
            headers.LacksSigned |= names[i] != "host" && headers._values[i] is null;
        }

        return headers;
    }

    /// <summary>The signed headers but <c>host</c>, in order: a <c>null</c> value for one that was not sent, which has no line.</summary>
    public KeyValuePair<string, string>[] ToSign()
    {
        if (_signedNames.Length == 1)
        {
            // It is 'host'.
            return [];
        }

        List<KeyValuePair<string, string>> headers = [];
        for (int i = 0; i < _signedNames.Length; i++)
        {
            if (_signedNames[i] != "host")
            {
                headers.Add(new KeyValuePair<string, string>(_signedNames[i], _values[i] is null ? null! : string.Join(",", _values[i]!)));
            }
        }

        return [.. headers];
    }

    private void Add(string name, string value)
    {
        IsMalformed |= !HeaderName.IsToken(name) || Utf8.CountBytes(value.AsSpan()) < 0;
        if (Is(name, "host"))
        {
            // One that says two things is for nobody.
            IsMalformed |= Host is not null || !UrlParts.IsAuthority(value.AsSpan().Trim());
            Host = value.Trim();
            return;
        }

        HasAuthorization |= Is(name, "authorization");
        int index = IndexOfSigned(name);
        if (index >= 0)
        {
            (_values[index] ??= []).Add(value.Trim(' ', '\t', '\r', '\n'));
        }
        else if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase))
        {
            HasUnsigned = true;
        }
    }

    // A request has a dozen headers, and most URLs sign none of them but 'host'.
    private int IndexOfSigned(string name) =>
        _signedNames == HostAlone ? -1 : Array.BinarySearch(_signedNames, name.ToLowerInvariant(), StringComparer.Ordinal);

    private static bool Is(string name, string lower) => string.Equals(name, lower, StringComparison.OrdinalIgnoreCase);

    private static bool AreCanonical(string[] names)
    {
        for (int i = 0; i < names.Length; i++)
        {
            if (!HeaderName.IsToken(names[i]) || HasCapital(names[i]) || (i > 0 && string.CompareOrdinal(names[i - 1], names[i]) >= 0))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasCapital(string name)
    {
        foreach (char c in name)
        {
            if (c is >= 'A' and <= 'Z')
            {
                return true;
            }
        }

        return false;
    }
}
