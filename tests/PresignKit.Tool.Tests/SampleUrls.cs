using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tool.Tests;

/// <summary>Presigned URLs as other programs create them, with the access key of <see cref="FakeTool.WithKeys"/> and at the time of <see cref="FakeTool.Clock"/>.</summary>
internal static class SampleUrls
{
    public const string AccessKeyId = "DO00SPACESEXAMPLE000";
    public const string Secret = "example-secret-access-key-of-40-characters";
    public const string SessionToken = "marker+session/token==";

    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);

    /// <summary>Gets the URL of an object in DigitalOcean Spaces that is valid for an hour.</summary>
    public static string Get { get; } = Create(new GetObject("reports/2026.pdf") { ResponseHeaders = new ResponseHeaderOverrides { ContentType = "text/plain" } });

    public static string Put { get; } = Create(new PutObject("photos/1.jpg") { ContentType = "image/jpeg" });

    public static string Signature(string url) => url.Split("Signature=")[1].Split('&')[0];

    public static string Create(S3Operation operation, S3Endpoint? endpoint = null, TimeSpan age = default, string bucket = "my-space", string secret = Secret, string? sessionToken = null, Action<PresignerOptions>? configure = null)
    {
        PresignerOptions options = new() { Bucket = bucket, AccessKeyId = AccessKeyId, SecretAccessKey = secret, SessionToken = sessionToken };
        options.UseEndpoint(endpoint ?? S3Endpoint.DigitalOceanSpaces("nyc3"));
        configure?.Invoke(options);
        return new S3Presigner(options, new FakeTimeProvider(Now - age)).Presign(operation).Url;
    }

    /// <summary>Replaces the signature of a URL with an ellipsis, because a signature does not say anything to a reader.</summary>
    public static string WithoutSignature(string text) => System.Text.RegularExpressions.Regex.Replace(text, "Signature=[0-9a-f]{64}", "Signature=…");
}
