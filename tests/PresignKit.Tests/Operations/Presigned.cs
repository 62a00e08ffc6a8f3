using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

/// <summary>Presigns in path style, with fixed credentials and clock.</summary>
internal static class Presigned
{
    private static readonly S3Presigner Presigner = new(
        new PresignerOptions
        {
            Endpoint = "https://store.test",
            Region = "nyc3",
            UrlStyle = UrlStyle.Path,
            Bucket = "bucket",
            AccessKeyId = "AK",
            SecretAccessKey = "secret",
        },
        new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 20, 53, 40, TimeSpan.Zero)));

    public static S3Presigner With => Presigner;

    public static PresignedUrl Of(S3Operation operation) => Presigner.Presign(operation);

    /// <summary>Method, path and query without the signature's own parameters: <c>GET /bucket/key?a=b</c>.</summary>
    public static string Request(S3Operation operation)
    {
        PresignedUrl url = Of(operation);
        string[] parts = url.Url["https://store.test".Length..].Split('?', 2);
        string query = string.Join('&', parts[1].Split('&').Where(parameter => !parameter.StartsWith("X-Amz-", StringComparison.Ordinal)));
        return $"{url.Method} {parts[0]}{(query.Length > 0 ? "?" + query : "")}";
    }

    /// <summary>Returns the required headers as <c>name: value</c> lines and asserts that they are exactly the signed headers.</summary>
    public static string[] Headers(S3Operation operation)
    {
        PresignedUrl url = Of(operation);
        string signed = url.Url.Split('&').Single(parameter => parameter.StartsWith("X-Amz-SignedHeaders=", StringComparison.Ordinal))["X-Amz-SignedHeaders=".Length..];
        signed.Split("%3B").Should().BeEquivalentTo(url.RequiredHeaders.Keys.Select(name => name.ToLowerInvariant()).Append("host"), "{0}", url.Url);
        return [.. url.RequiredHeaders.Select(header => $"{header.Key}: {header.Value}").Order(StringComparer.Ordinal)];
    }

    public static void ShouldBeRejected(S3Operation operation, string remedy)
    {
        Action presign = () => Of(operation);
        presign.Should().Throw<ArgumentException>().WithMessage($"*{remedy}*");
    }
}
