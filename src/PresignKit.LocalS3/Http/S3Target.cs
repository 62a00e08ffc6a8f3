namespace PresignKit.LocalS3;

/// <summary>The resource that a request addresses.</summary>
internal sealed class S3Target
{
    private S3Target(string raw, string path, S3Host host, string? bucket, string? key, S3Query query)
    {
        Raw = raw;
        Path = path;
        Host = host;
        Bucket = bucket;
        Key = key;
        Query = query;
    }

    /// <summary>Gets the target in the request line, exactly as it was received.</summary>
    public string Raw { get; }

    /// <summary>Gets the encoded path.</summary>
    public string Path { get; }

    public S3Host Host { get; }

    public string? Bucket { get; }

    /// <summary>Gets the decoded key, or <c>null</c> if the request addresses a bucket or the service.</summary>
    public string? Key { get; }

    public S3Query Query { get; }

    public int? PartNumber => int.TryParse(Query["partNumber"], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>Parses a request target.</summary>
    /// <exception cref="S3Exception">The host, an escape, or the form of the target is not valid, or the target is not below the base path.</exception>
    public static S3Target Parse(string raw, string host, string basePath, S3Hosts hosts)
    {
        // A proxy receives the absolute form: GET http://host/path HTTP/1.1
        const string Scheme = "http://";
        ReadOnlySpan<char> target = raw;
        if (raw.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            int start = raw.AsSpan(Scheme.Length).IndexOfAny('/', '?');
            target = start < 0 ? default : target[(Scheme.Length + start)..];
        }
        else if (!raw.StartsWith('/'))
        {
            throw Invalid("The target of the request does not start with a slash or with 'http://'.");
        }

        S3Host found = hosts.Find(host, basePath) ?? throw Invalid("The Host header is not a valid host.");
        int question = target.IndexOf('?');
        string whole = (question < 0 ? target : target[..question]).ToString();
        if (!whole.StartsWith(basePath, StringComparison.Ordinal) || (whole.Length > basePath.Length && basePath.Length > 0 && whole[basePath.Length] != '/'))
        {
            throw Invalid($"The path does not start with '{basePath}/', in the same letter case.");
        }

        S3Query query = S3Query.Parse(question < 0 ? default : target[(question + 1)..]) ?? throw Invalid("The query contains an escape that is not valid, or it is not UTF-8.");

        ReadOnlySpan<char> path = whole.AsSpan(basePath.Length);
        path = path.StartsWith("/") ? path[1..] : path;
        if (found.Bucket is not null)
        {
            string ownKey = Decode(path);
            return new S3Target(raw, whole, found, found.Bucket, ownKey.Length == 0 ? null : ownKey, query);
        }

        // Unlike in Ceph and in PresignedUrlInfo, %2F does not end the bucket name. Authentication rejects requests whose bucket could be parsed in two ways.
        int slash = path.IndexOf('/');
        string bucket = Decode(slash < 0 ? path : path[..slash]);
        string key = slash < 0 ? "" : Decode(path[(slash + 1)..]);
        return new S3Target(raw, whole, found, bucket.Length == 0 ? null : bucket, key.Length == 0 ? null : key, query);
    }

    private static string Decode(ReadOnlySpan<char> path) =>
        S3Query.Decode(path, plusIsSpace: false) ?? throw Invalid("The path contains an escape that is not valid, or it is not UTF-8.");

    private static S3Exception Invalid(string cause) => new(S3Errors.InvalidUri.Because(cause));
}
