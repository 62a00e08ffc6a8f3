using System.Text.Json;

namespace PresignKit;

/// <summary>How the store encrypts an object with keys that it keeps itself, or that a key management service keeps. Immutable.</summary>
/// <remarks>
/// Sources: <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingServerSideEncryption.html">SSE-S3</see>,
/// <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html">SSE-KMS</see>. A key of one's own: <see cref="SseCustomerKey"/>.
/// </remarks>
/// <example><code>
/// new PutObject("a") { ServerSideEncryption = ServerSideEncryption.S3 }
/// new PutObject("a") { ServerSideEncryption = ServerSideEncryption.Kms("arn:aws:kms:…") with { BucketKeyEnabled = true } }
/// </code></example>
public sealed record ServerSideEncryption
{
    private ServerSideEncryption(string algorithm, string? keyId)
    {
        Algorithm = algorithm;
        KeyId = keyId;
    }

    /// <summary>SSE-S3: the store's own keys (<c>AES256</c>).</summary>
    public static ServerSideEncryption S3 { get; } = new("AES256", keyId: null);

    /// <summary>The value of <c>x-amz-server-side-encryption</c>: <c>AES256</c>, <c>aws:kms</c> or <c>aws:kms:dsse</c>.</summary>
    public string Algorithm { get; }

    /// <summary>The key of the key management service: an id, an ARN or an alias' ARN; <c>null</c> stands for the store's default key.</summary>
    public string? KeyId { get; }

    /// <summary>What the key management service binds the encryption to, and logs; ASCII text. With <see cref="Kms"/> or <see cref="KmsDualLayer"/> only.</summary>
    public IReadOnlyDictionary<string, string>? EncryptionContext { get; init; }

    /// <summary>Whether the bucket's key stands in for a call to the service each time; <c>null</c> leaves it to the bucket. With <see cref="Kms"/> only.</summary>
    public bool? BucketKeyEnabled { get; init; }

    private bool UsesKms => Algorithm != S3.Algorithm;

    /// <summary>SSE-KMS: a key of a key management service (<c>aws:kms</c>).</summary>
    /// <param name="keyId">The key (<see cref="KeyId"/>).</param>
    /// <returns>The encryption.</returns>
    public static ServerSideEncryption Kms(string? keyId = null) => new("aws:kms", keyId);

    /// <summary>DSSE-KMS: the same in two layers (<c>aws:kms:dsse</c>).</summary>
    /// <param name="keyId">The key (<see cref="KeyId"/>).</param>
    /// <returns>The encryption.</returns>
    public static ServerSideEncryption KmsDualLayer(string? keyId = null) => new("aws:kms:dsse", keyId);

    internal void Describe(RequestBuilder request)
    {
        RequestBuilder.RefuseIf(
            !UsesKms && (EncryptionContext is not null || BucketKeyEnabled is not null),
            "ServerSideEncryption.S3 has no encryption context and no bucket key: both belong to a key management service. Leave them out, or take ServerSideEncryption.Kms.",
            request.ParamName);
        request.AddHeader("x-amz-server-side-encryption", Algorithm);
        request.AddOptionalHeader("x-amz-server-side-encryption-aws-kms-key-id", KeyId);
        request.AddOptionalHeader("x-amz-server-side-encryption-context", EncryptionContext is null ? null : ContextText(EncryptionContext));
        request.AddOptionalHeader("x-amz-server-side-encryption-bucket-key-enabled", BucketKeyEnabled switch { true => "true", false => "false", null => null });
    }

    // The header holds a JSON object of texts, in base64. In order of names, so that equal contexts sign alike.
    private static string ContextText(IReadOnlyDictionary<string, string> context)
    {
        using MemoryStream json = new();
        using (Utf8JsonWriter writer = new(json))
        {
            writer.WriteStartObject();
            foreach (KeyValuePair<string, string> pair in context.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                writer.WriteString(pair.Key, pair.Value);
            }

            writer.WriteEndObject();
        }

        return Convert.ToBase64String(json.ToArray());
    }
}
