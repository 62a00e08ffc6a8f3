namespace PresignKit.Benchmarks;

/// <summary>The inputs of the benchmarks: one store, one access key, and the operations to measure.</summary>
internal static class Work
{
    public const string Region = "nyc3";
    public const string Host = "nyc3.digitaloceanspaces.com";
    public const string Bucket = "my-space";
    public const string AccessKeyId = "DO00EXAMPLEKEY1234AB";
    public const string SecretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY123";
    public const string MediumKey = "photos/2026/11/23/IMG_0001 (final).jpg";

    /// <summary>100 characters of three bytes each in UTF-8, and 11 slashes.</summary>
    public static readonly string UnicodeKey = string.Concat(Enumerable.Repeat("写真/報告書第一版改", 11)) + "終";

    public static readonly GetObject Medium = new(MediumKey);

    public static readonly GetObject Unicode = new(UnicodeKey);

    public static readonly GetObject Overrides = new(MediumKey)
    {
        ResponseHeaders = new()
        {
            CacheControl = "private, max-age=3600",
            ContentDisposition = "attachment; filename=\"IMG_0001 (final).jpg\"",
            ContentType = "image/jpeg",
        },
    };

    public static readonly PutObject Upload = new(MediumKey)
    {
        ContentType = "image/jpeg",
        Metadata = new Dictionary<string, string> { ["camera"] = "X100", ["taken-by"] = "ada" },
    };

    public static readonly PostPolicy Form = new PostPolicy(PostKey.Prefix("user-42/")) { UseFileName = true, ContentType = "image/png", ContentLength = (1, 5 << 20) };

    public static readonly KeyValuePair<string, string>[] BrowserHeaders =
    [
        new("Host", $"{Bucket}.{Host}"),
        new("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"),
        new("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
        new("Accept-Language", "en-US,en;q=0.5"),
        new("Accept-Encoding", "gzip, deflate, br, zstd"),
        new("Connection", "keep-alive"),
        new("Upgrade-Insecure-Requests", "1"),
        new("Sec-Fetch-Dest", "document"),
        new("Sec-Fetch-Mode", "navigate"),
        new("Sec-Fetch-Site", "none"),
        new("Priority", "u=0, i"),
        new("X-Forwarded-For", "203.0.113.7"),
    ];

    /// <summary>The size of a <see cref="PresignedUrl"/> in bytes: its header, three references and two instants.</summary>
    public const int BytesOfResult = 72;

    public static PresignedUrlVerifier CreateVerifier()
    {
        S3Credentials credentials = new(AccessKeyId, SecretAccessKey);
        return new PresignedUrlVerifier(id => id == AccessKeyId ? credentials : null, new() { Endpoint = S3Endpoint.DigitalOceanSpaces(Region) });
    }

    /// <summary>Creates a presigner whose provider alternates between the specified number of credentials.</summary>
    public static S3Presigner CreatePresigner(int credentialsCount)
    {
        S3Credentials[] credentials = [.. Enumerable.Range(0, credentialsCount).Select(i => new S3Credentials($"DO00EXAMPLEKEY1234A{i}", SecretAccessKey + i))];
        int turn = 0;
        PresignerOptions options = new() { Bucket = Bucket };
        options.UseDigitalOceanSpaces(Region);
        options.UseCredentials(new DelegateCredentialsProvider(_ => new ValueTask<S3Credentials>(credentials[turn++ % credentials.Length])));
        return new S3Presigner(options);
    }

    public static S3Presigner CreatePresigner(TimeProvider? timeProvider = null)
    {
        PresignerOptions options = new() { Bucket = Bucket, AccessKeyId = AccessKeyId, SecretAccessKey = SecretAccessKey };
        options.UseDigitalOceanSpaces(Region);
        return new S3Presigner(options, timeProvider);
    }
}
