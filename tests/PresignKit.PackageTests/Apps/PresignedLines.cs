using System.Reflection;
using System.Runtime.Versioning;
using System.Text.Json;

namespace PresignKit.PackageTests;

/// <summary>
/// URLs and forms with a fixed key and clock, as text. Both the tests and the applications that install the package compile this file, so that their output can be compared.
/// </summary>
public static class PresignedLines
{
    /// <summary>Returns the target of the loaded assembly, the runtime, and the presigned URLs and forms.</summary>
    public static string All() => string.Concat(new[] { Asset(), Runtime() }.Concat(Presigned()).Select(line => line + "\n"));

    public static IEnumerable<string> Presigned()
    {
        PresignerOptions options = new() { Bucket = "my-space", AccessKeyId = "DO00EXAMPLEKEY", SecretAccessKey = "no/secret+at=all", SessionToken = "t0ken" };
        options.UseDigitalOceanSpaces("nyc3");
        S3Presigner presigner = new(options, new FixedClock());

        GetObject get = new("a//b +%/März 𝄞.txt") { DownloadFileName = "Invoice 7 – März.txt" };
        PresignedUrl link = presigner.Presign(get with { ExpiresIn = TimeSpan.FromMinutes(5) });
        yield return link.Url;

        PutObject put = new("photos/1.jpg") { ContentType = "image/jpeg", ContentLength = 1 << 20, Metadata = new Dictionary<string, string> { ["owner"] = "ada" } };
        yield return JsonSerializer.Serialize(presigner.PresignAsync(put).AsTask().GetAwaiter().GetResult());
        yield return presigner.Presign(put).ToCurl("1.jpg");

        PutObject encrypted = new("secret.bin") { SseCustomerKey = new SseCustomerKey(new byte[32]) };
        yield return presigner.Presign(encrypted).Url;

        PostPolicy policy = new PostPolicy(PostKey.Prefix("user-42/")) { ContentType = "image/png", ContentLength = (1, 5 << 20) };
        yield return JsonSerializer.Serialize(presigner.PresignPost(policy));
        yield return presigner.PresignPost(policy).ToHtmlForm();

        yield return presigner.Resign(link.Url, HttpMethod.Get, new() { SetQuery = [new("response-content-type", "text/plain")] }).Url;

        PresignedUrlVerifier verifier = new(id => new S3Credentials(id, "no/secret+at=all", "t0ken"), timeProvider: new FixedClock());
        yield return verifier.Verify(HttpMethod.Get, link.Url, null).Status.ToString();

        // This URL is different on Mono, where %2A becomes *.
        yield return verifier.Verify(HttpMethod.Get, link.ToUri().AbsoluteUri, null).Status.ToString();
        yield return verifier.Verify(HttpMethod.Get, UrlQuery.Append(link.Url, "a", "1"), null).Status.ToString();
    }

    private static string Asset() => typeof(S3Presigner).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName;

    private static string Runtime() => Type.GetType("Mono.Runtime") is null ? Environment.Version.Major + "." + Environment.Version.Minor : "Mono";

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 3, 14, 15, 9, 26, 535, TimeSpan.Zero);
    }
}
