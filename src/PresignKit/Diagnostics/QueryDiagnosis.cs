namespace PresignKit;

/// <summary>Finds what differs between two canonical queries.</summary>
internal static class QueryDiagnosis
{
    private const int MaxListed = 10;

    public static (SignatureDifference, string) Explain(string ours, string theirs)
    {
        List<KeyValuePair<string, string>> signed = Parameters(ours);
        List<KeyValuePair<string, string>> received = Parameters(theirs);
        HashSet<string> signedNames = new(signed.Select(one => one.Key), StringComparer.Ordinal);
        HashSet<string> receivedNames = new(received.Select(one => one.Key), StringComparer.Ordinal);
        HashSet<string> receivedPairs = new(received.Select(one => one.Key + "=" + one.Value), StringComparer.Ordinal);
        string[] appended = Names(received.Where(one => !signedNames.Contains(one.Key)));
        string[] missing = Names(signed.Where(one => !receivedNames.Contains(one.Key)));
        KeyValuePair<string, string> changed = signed.Find(one => receivedNames.Contains(one.Key) && !receivedPairs.Contains(one.Key + "=" + one.Value));
        if (appended.Length > 0)
        {
            return (SignatureDifference.AppendedParameter, $"The store received {List(appended)}, which is not signed: appended after signing. Sign it with the operation (Query, ResponseHeaders), or use Resign.");
        }

        if (missing.Length > 0)
        {
            return (SignatureDifference.MissingParameter, $"The store did not receive {List(missing)}: something cut the URL (an unquoted '&' in a shell, a log, a link). Pass the URL on whole.");
        }

        if (changed.Key is null)
        {
            return (SignatureDifference.Encoding, "The same parameters, in another order or encoding: something between client and store writes the query anew. Pass it on as it is.");
        }

        string value = received.Find(one => one.Key == changed.Key).Value;
        return Decoded(value) == Decoded(changed.Value)
            ? (SignatureDifference.Encoding, $"The parameter {List([changed.Key])} is the same, encoded in another way: something between client and store writes the query anew. Pass it on as it is.")
            : (SignatureDifference.ParameterValue, $"The parameter {List([changed.Key])} has another value than the signed one{Hint(changed.Key)}.");
    }

    /// <summary>The query with the instant of another one: the value of X-Amz-Date, and the day in X-Amz-Credential.</summary>
    public static string WithInstantOf(string ours, string theirs)
    {
        List<KeyValuePair<string, string>> received = Parameters(theirs);
        return string.Join("&", Parameters(ours).Select(one => one.Key + "=" + one.Key switch
        {
            "X-Amz-Date" => received.Find(other => other.Key == one.Key).Value ?? one.Value,
            "X-Amz-Credential" => WithDayOf(one.Value, received.Find(other => other.Key == one.Key).Value ?? one.Value),
            _ => one.Value,
        }));
    }

    // AK%2Fyyyymmdd%2Fregion%2Fservice%2Faws4_request
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
        "X-Amz-Credential" => ": another access key, day, region or service",
        "X-Amz-Security-Token" => ": the session token of other credentials",
        "X-Amz-SignedHeaders" => ": other headers are signed; presign with the same ones",
        "X-Amz-Expires" => ": it was changed after signing. A URL cannot be prolonged by hand; use Resign",
        _ => ": it was changed after signing, or this is another URL. Use Resign to change it",
    };

    private static string List(string[] names) => string.Join(", ", names.Take(MaxListed).Select(name => $"'{Printable.Text(Decoded(name))}'"))
        + (names.Length > MaxListed ? FormattableString.Invariant($" and {names.Length - MaxListed} more") : "");

    private static string Decoded(string encoded) => PercentEncoding.DecodeReceivedComponent(encoded.AsSpan()) ?? encoded;

    private static string[] Names(IEnumerable<KeyValuePair<string, string>> parameters) => [.. parameters.Select(one => one.Key)];

    private static List<KeyValuePair<string, string>> Parameters(string query) => [.. query.Split('&').Where(one => one.Length > 0).Select(one =>
    {
        int equals = one.IndexOf('=');
        return equals < 0 ? new KeyValuePair<string, string>(one, "") : new KeyValuePair<string, string>(one[..equals], one[(equals + 1)..]);
    })];
}
