namespace PresignKit;

/// <summary>Finds the difference between two canonical queries and its likely cause.</summary>
internal static class QueryDiagnosis
{
    public const string AppendRemedy = "Instead of appending to a URL, use Query or ResponseHeaders of the operation, or Resign.";

    /// <summary>Compares two queries that differ.</summary>
    /// <param name="ours">The canonical query that was signed.</param>
    /// <param name="theirs">The canonical query that was received or sent.</param>
    /// <param name="observer">The side that received or sent <paramref name="theirs"/>.</param>
    public static (SignatureDifference, string) Explain(string ours, string theirs, Observer observer)
    {
        List<KeyValuePair<string, string>> signed = Parameters(ours);
        List<KeyValuePair<string, string>> received = Parameters(theirs);
        HashSet<string> signedNames = new(signed.Select(parameter => parameter.Key), StringComparer.Ordinal);
        HashSet<string> receivedNames = new(StringComparer.Ordinal);
        string[] repeated = Names(received.Where(parameter => !receivedNames.Add(parameter.Key)));
        HashSet<string> receivedPairs = new(received.Select(Pair), StringComparer.Ordinal);
        string[] appended = Names(received.Where(parameter => !signedNames.Contains(parameter.Key)));
        string[] missing = Names(signed.Where(parameter => !receivedNames.Contains(parameter.Key)));
        KeyValuePair<string, string> changed = signed.Find(parameter => receivedNames.Contains(parameter.Key) && !receivedPairs.Contains(Pair(parameter)));
        if (Array.Exists(appended, name => Decoded(name).StartsWith("amp;", StringComparison.Ordinal)))
        {
            return (SignatureDifference.Encoding, $"{observer.Got} the URL with '&amp;' instead of '&', as it is written in HTML and XML. Decode it before it is sent.");
        }

        // Nothing else matters if the two queries belong to different URLs, for example if the response is that of an earlier URL.
        if (signed.Find(IsDate).Value is { } date && received.Find(IsDate).Value is { } otherDate && Decoded(date) != Decoded(otherDate))
        {
            return (SignatureDifference.ParameterValue, $"{observer.Got} a URL that was signed at a different time, so it is not this URL. {observer.OfOtherUrl}");
        }

        if (appended.Length > 0)
        {
            return (SignatureDifference.AppendedParameter, $"{observer.Got} the unsigned {List(appended)}. {AppendRemedy}");
        }

        if (repeated.Length > 0)
        {
            return (SignatureDifference.AppendedParameter, $"{observer.Got} the {List(repeated)} twice, but the URL signs it once. {AppendRemedy}");
        }

        if (missing.Length > 0)
        {
            return (SignatureDifference.MissingParameter,
                $"{observer.Lacks} the signed {List(missing)}. Pass on the whole URL. A log, a link or an unquoted '&' in a shell may have truncated it.");
        }

        if (changed.Key is null)
        {
            return (SignatureDifference.Encoding, "The parameters are the same, but in a different order or encoding. Make sure that nothing between client and store rewrites the query.");
        }

        string value = received.Find(parameter => parameter.Key == changed.Key).Value;
        return Decoded(value) == Decoded(changed.Value)
            ? (SignatureDifference.Encoding, $"The {List([changed.Key])} has the same value, but in a different encoding. Make sure that nothing between client and store rewrites the query.")
            : (SignatureDifference.ParameterValue, $"The {List([changed.Key])} has a different value than the signed one. {Hint(changed.Key)}");
    }

    /// <summary>Formats encoded parameter names for a message, such as <c>parameter 'a'</c> or <c>parameters 'a', 'b'</c>.</summary>
    public static string List(IReadOnlyCollection<string> names) => (names.Count == 1 ? "parameter " : "parameters ") + Printable.List([.. names.Select(Decoded)]);

    /// <summary>Returns a query in which <c>X-Amz-Date</c> and the day in <c>X-Amz-Credential</c> are replaced with the values from the other query.</summary>
    public static string WithInstantOf(string ours, string theirs)
    {
        List<KeyValuePair<string, string>> received = Parameters(theirs);
        return string.Join("&", Parameters(ours).Select(parameter => parameter.Key + "=" + parameter.Key switch
        {
            "X-Amz-Date" => received.Find(other => other.Key == parameter.Key).Value ?? parameter.Value,
            "X-Amz-Credential" => WithDayOf(parameter.Value, received.Find(other => other.Key == parameter.Key).Value ?? parameter.Value),
            _ => parameter.Value,
        }));
    }

    // access-key-id%2FyyyyMMdd%2Fregion%2Fservice%2Faws4_request
    private static string WithDayOf(string ours, string theirs)
    {
        string[] own = ours.Split(["%2F"], StringSplitOptions.None);
        string[] other = theirs.Split(["%2F"], StringSplitOptions.None);
        if (own.Length < 5 || other.Length != own.Length)
        {
            return ours;
        }

        own[^4] = other[^4];
        return string.Join("%2F", own);
    }

    private static string Hint(string name) => name switch
    {
        "X-Amz-Credential" => "Presign with the same access key, day, region and service.",
        "X-Amz-Security-Token" => "Presign with the credentials to which the session token belongs.",
        "X-Amz-SignedHeaders" => "Presign with the same headers.",
        "X-Amz-Expires" => "A lifetime cannot be changed after signing: use Resign to extend it.",
        _ when name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase) => "Presign the operation with that value.",
        _ => "To change it after signing, use Resign.",
    };

    private static bool IsDate(KeyValuePair<string, string> parameter) => parameter.Key == "X-Amz-Date";

    private static string Decoded(string encoded) => PercentEncoding.DecodeReceivedComponent(encoded.AsSpan()) ?? encoded;

    private static string Pair(KeyValuePair<string, string> parameter) => parameter.Key + "=" + parameter.Value;

    private static string[] Names(IEnumerable<KeyValuePair<string, string>> parameters) => [.. parameters.Select(parameter => parameter.Key)];

    private static List<KeyValuePair<string, string>> Parameters(string query) => [.. query.Split('&').Where(part => part.Length > 0).Select(part =>
    {
        int equals = part.IndexOf('=');
        return equals < 0 ? new KeyValuePair<string, string>(part, "") : new KeyValuePair<string, string>(part[..equals], part[(equals + 1)..]);
    })];
}
