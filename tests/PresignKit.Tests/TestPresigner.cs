using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

/// <summary>A presigner whose clock and credentials are known, and what tests say of its URLs.</summary>
internal static class TestPresigner
{
    public const string AccessKeyId = "DO00EXAMPLEKEY";
    public const string SecretAccessKey = "s3cr3t/Do+Not=Show";
    public const string SessionToken = "t0ken/Do+Not=Show";
    public const string Bucket = "my-space";

    /// <summary>Not a whole second, as clocks are.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, 535, TimeSpan.Zero);

    /// <summary>What a URL made now says it is signed at.</summary>
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

    /// <summary>A presigner of which only configuration has said the store.</summary>
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

    /// <summary>The value of a query parameter, as it stands in the URL; <c>null</c> where there is none.</summary>
    public static string? Parameter(this PresignedUrl presigned, string name) => presigned.Url[(presigned.Url.IndexOf('?') + 1)..].Split('&')
        .Select(parameter => parameter.Split('=', 2)).SingleOrDefault(parameter => parameter[0] == name)?[1];

    public static KeyValuePair<string, string>[] Pairs(params (string Name, string Value)[] pairs) =>
        [.. pairs.Select(pair => new KeyValuePair<string, string>(pair.Name, pair.Value))];
}
