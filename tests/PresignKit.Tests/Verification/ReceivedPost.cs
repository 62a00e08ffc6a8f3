using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

/// <summary>A form as it arrives at a server, with a correct signature by the tests' own signer, which also signs malformed policies.</summary>
internal sealed record ReceivedPost
{
    public static readonly ReceivedPost Good = new();

    public string Bucket { get; init; } = TestPresigner.Bucket;

    public string? FileName { get; init; } = "cat.png";

    /// <summary>The fields, apart from the fields of the signature.</summary>
    public (string Name, string Value)[] Fields { get; init; } = [("key", "up/a.txt")];

    /// <summary>The conditions on the bucket and on <see cref="Fields"/>, as JSON.</summary>
    public string Conditions { get; init; } = """{"bucket": "my-space"}, ["starts-with", "$key", "up/"]""";

    public string Expiration { get; init; } = "\"2026-03-14T16:09:26.000Z\"";

    public string Algorithm { get; init; } = "AWS4-HMAC-SHA256";

    public string Credential { get; init; } = TestPresigner.AccessKeyId + "/20260314/nyc3/s3/aws4_request";

    public string Date { get; init; } = "20260314T150926Z";

    public string? Token { get; init; }

    public string SecretAccessKey { get; init; } = TestPresigner.SecretAccessKey;

    /// <summary>The whole policy, as JSON. The default contains the conditions above and the conditions on the signature.</summary>
    public string? Json { get; init; }

    /// <summary>The encoded policy. The default is the encoding of <see cref="Json"/>.</summary>
    public string? Policy { get; init; }

    public KeyValuePair<string, string>[] All
    {
        get
        {
            List<(string Name, string Value)> signing = [("x-amz-algorithm", Algorithm), ("x-amz-credential", Credential), ("x-amz-date", Date)];
            if (Token is not null)
            {
                signing.Add(("x-amz-security-token", Token));
            }

            string conditions = string.Join(", ", signing.Select(one => $$"""{"{{one.Name}}": "{{one.Value}}"}""").Prepend(Conditions));
            string policy = Policy ?? Base64(Json ?? $$"""{"expiration": {{Expiration}}, "conditions": [{{conditions}}]}""");
            return TestPresigner.Pairs([.. Fields, .. signing, ("policy", policy), ("x-amz-signature", Sign(policy))]);
        }
    }

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public static PresignedPostVerifier Verifier(PresignedPostVerifierOptions? options = null, DateTimeOffset? now = null, S3Credentials? credentials = null)
    {
        credentials ??= Received.Credentials;
        return new PresignedPostVerifier(id => id == credentials.AccessKeyId ? credentials : null, options, new FakeTimeProvider(now ?? TestPresigner.Now));
    }

    /// <summary>Returns the result for the form if it arrives as it was signed.</summary>
    public PresignedPostVerificationResult Verify(PresignedPostVerifierOptions? options = null, DateTimeOffset? now = null, S3Credentials? credentials = null) =>
        Verifier(options, now, credentials).Verify(Bucket, All, FileName);

    /// <summary>Returns the result for the form if its fields changed after it was signed.</summary>
    public PresignedPostVerificationResult VerifyChanged(Func<IEnumerable<KeyValuePair<string, string>>, IEnumerable<KeyValuePair<string, string>>> change) =>
        Verifier().Verify(Bucket, change(All), FileName);

    /// <summary>Returns the result for the form if a field is replaced, or removed if <paramref name="value"/> is <c>null</c>.</summary>
    public PresignedPostVerificationResult VerifyWith(string name, string? value) => VerifyChanged(fields => fields
        .Where(field => field.Key != name || value is not null)
        .Select(field => field.Key == name ? new(name, value!) : field));

    // The day key is derived from the specification, without any code of the library.
    private string Sign(string policy)
    {
        byte[] key = Credential.Split('/')[^4..].Aggregate(Encoding.UTF8.GetBytes("AWS4" + SecretAccessKey), (current, part) => HMACSHA256.HashData(current, Encoding.UTF8.GetBytes(part)));
        return Convert.ToHexString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(policy))).ToLowerInvariant();
    }
}
