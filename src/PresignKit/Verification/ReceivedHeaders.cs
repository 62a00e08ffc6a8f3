namespace PresignKit;

/// <summary>The headers of a received request, compared with the signed header names in its URL.</summary>
/// <remarks>Pass the struct by reference because it is modified while the headers are read.</remarks>
internal struct ReceivedHeaders
{
    // The signed headers of most URLs. Compared by reference.
    private static readonly string[] HostAlone = ["host"];

    private readonly string[] _signedNames;
    private readonly List<string>?[] _values;
    private readonly string[] _allowedUnsigned;
    private SortedSet<string>? _unsigned;

    private ReceivedHeaders(string[] signedNames, string[] allowedUnsigned)
    {
        _signedNames = signedNames;
        _values = signedNames == HostAlone ? [] : new List<string>?[signedNames.Length];
        _allowedUnsigned = allowedUnsigned;
        if (Array.IndexOf(signedNames, "host") < 0)
        {
            AddUnsigned("host");
        }
    }

    /// <summary>Gets the value of the <c>host</c> header, or <c>null</c> if it was not sent.</summary>
    public string? Host { get; private set; }

    /// <summary>Gets a value that indicates whether a header name or value is not valid, or whether more than one <c>host</c> header was sent.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Gets the names of <c>x-amz-*</c> headers that were sent but are not signed, and <c>host</c> if it is not signed.</summary>
    public readonly IReadOnlyList<string> Unsigned => _unsigned is null ? [] : [.. _unsigned];

    public readonly bool HasUnsigned => _unsigned is not null;

    public bool HasAuthorization { get; private set; }

    /// <summary>Gets a value that indicates whether a signed header was not sent.</summary>
    public bool LacksSigned { get; private set; }

    /// <summary>Reads the headers of a request.</summary>
    /// <param name="signedHeaders">The names of the URL's signed headers, separated by semicolons.</param>
    /// <param name="sent">The headers that were sent.</param>
    /// <param name="allowedUnsigned">The names of <c>x-amz-*</c> headers that need not be signed.</param>
    /// <param name="headers">The headers that were read.</param>
    /// <returns><c>false</c> if the list of signed names is not canonical. A canonical list is lowercase and sorted, and does not contain duplicates.</returns>
    public static bool TryRead(string signedHeaders, IEnumerable<KeyValuePair<string, string>>? sent, string[] allowedUnsigned, out ReceivedHeaders headers)
    {
        string[] names = signedHeaders == "host" ? HostAlone : signedHeaders.Split(';');
        if (names != HostAlone && !AreCanonical(names))
        {
            headers = default;
            return false;
        }

        headers = new ReceivedHeaders(names, allowedUnsigned);
        foreach (KeyValuePair<string, string> header in sent ?? [])
        {
            headers.Add(header.Key ?? "", header.Value ?? "");
        }

        for (int i = 0; i < headers._values.Length; i++)
        {
            headers.LacksSigned |= names[i] != "host" && headers._values[i] is null;
        }

        return true;
    }

    /// <summary>Returns the signed headers except <c>host</c>, in canonical order.</summary>
    /// <remarks>A header that was not sent has a <c>null</c> value, so it does not have a line in the canonical request.</remarks>
    public readonly KeyValuePair<string, string>[] ToSign()
    {
        List<KeyValuePair<string, string>>? headers = null;
        for (int i = 0; i < _values.Length; i++)
        {
            if (_signedNames[i] != "host")
            {
                (headers ??= []).Add(new KeyValuePair<string, string>(_signedNames[i], _values[i] is null ? null! : string.Join(",", _values[i]!)));
            }
        }

        return headers is null ? [] : [.. headers];
    }

    private void Add(string name, string value)
    {
        IsMalformed |= !HeaderName.IsToken(name) || Utf8.CountBytes(value.AsSpan()) < 0;
        if (Is(name, "host"))
        {
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
        else if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !MayBeUnsigned(name))
        {
            AddUnsigned(name.ToLowerInvariant());
        }
    }

    private readonly bool MayBeUnsigned(string name)
    {
        foreach (string allowed in _allowedUnsigned)
        {
            if (Is(name, allowed))
            {
                return true;
            }
        }

        return false;
    }

    private void AddUnsigned(string name) => (_unsigned ??= new SortedSet<string>(StringComparer.Ordinal)).Add(name);

    // A browser sends about a dozen headers, but in most URLs, only 'host' is signed, so lowercasing and searching for each name is usually unnecessary.
    private readonly int IndexOfSigned(string name) =>
        _signedNames == HostAlone ? -1 : Array.BinarySearch(_signedNames, name.ToLowerInvariant(), StringComparer.Ordinal);

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    private static bool AreCanonical(string[] names)
    {
        for (int i = 0; i < names.Length; i++)
        {
            if (!HeaderName.IsToken(names[i]) || HasUppercase(names[i]) || (i > 0 && string.CompareOrdinal(names[i - 1], names[i]) >= 0))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasUppercase(string name)
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
