using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

/// <summary>Creates presigners with a known clock and known credentials, and reads parts of their URLs.</summary>
internal static class TestPresigner
{
    public const string AccessKeyId = "DO00EXAMPLEKEY";
    public const string SecretAccessKey = "s3cr3t/Do+Not=Show";
    public const string SessionToken = "t0ken/Do+Not=Show";
    public const string Bucket = "my-space";

    /// <summary>Not a whole second, as on a real clock.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, 535, TimeSpan.Zero);

    /// <summary>The signing time of a URL that is presigned at <see cref="Now"/>.</summary>
    public static readonly DateTimeOffset SignedAt = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);

    public static PresignerOptions Options(Action<PresignerOptions>? configure = null)
    {
        PresignerOptions options = new() { Bucket = Bucket, AccessKeyId = AccessKeyId, SecretAccessKey = SecretAccessKey };
        options.UseDigitalOceanSpaces("nyc3");
        configure?.Invoke(options);
        return options;
    }

    public static S3Presigner Create(Action<PresignerOptions>? configure = null, TimeProvider? clock = null) =>
        new(Options(configure), clock ?? new FakeTimeProvider(Now));

    public static S3Presigner At(S3Endpoint endpoint, string? bucket = Bucket) => Create(options =>
    {
        options.UseEndpoint(endpoint);
        options.Bucket = bucket;
    });

    public static S3Presigner With(IS3CredentialsProvider provider, TimeProvider? clock = null) => Create(
        options =>
        {
            options.AccessKeyId = options.SecretAccessKey = null;
            options.UseCredentials(provider);
        },
        clock);

    /// <summary>Creates a presigner whose store is set with <c>Endpoint</c> and <c>Region</c>, as in configuration.</summary>
    public static S3Presigner Configured(string endpoint, string? region, string? bucket = Bucket, UrlStyle style = UrlStyle.Auto) => new(
        new PresignerOptions
        {
            Endpoint = endpoint,
            Region = region,
            Bucket = bucket,
            UrlStyle = style,
            AccessKeyId = AccessKeyId,
            SecretAccessKey = SecretAccessKey,
        },
        new FakeTimeProvider(Now));

    public static S3Presigner Of(S3Credentials credentials) => Create(options =>
        (options.AccessKeyId, options.SecretAccessKey, options.SessionToken) =
        (credentials.AccessKeyId, credentials.SecretAccessKey, credentials.SessionToken));

    /// <summary>The URL without its query.</summary>
    public static string Address(this PresignedUrl presigned) => presigned.Url[..presigned.Url.IndexOf('?')];

    /// <summary>The value of a query parameter as it appears in the URL, or <c>null</c> if there is none.</summary>
    public static string? Parameter(this PresignedUrl presigned, string name) => presigned.Url[(presigned.Url.IndexOf('?') + 1)..].Split('&')
        .Select(parameter => parameter.Split('=', 2)).SingleOrDefault(parameter => parameter[0] == name)?[1];

    public static KeyValuePair<string, string>[] Pairs(params (string Name, string Value)[] pairs) =>
        [.. pairs.Select(pair => new KeyValuePair<string, string>(pair.Name, pair.Value))];
}
