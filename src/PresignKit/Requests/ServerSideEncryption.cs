using System.Text.Json;

namespace PresignKit;

/// <summary>Server-side encryption with keys that are managed by the store or by a key management service.</summary>
/// <remarks>
/// For keys that you provide, use <see cref="SseCustomerKey"/>. Instances are immutable and thread-safe. Sources:
/// <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingServerSideEncryption.html">SSE-S3</see>,
/// <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html">SSE-KMS</see>.
/// </remarks>
/// <example><code>
/// new PutObject("a") { ServerSideEncryption = ServerSideEncryption.S3 }
/// new PutObject("a") { ServerSideEncryption = ServerSideEncryption.Kms("arn:aws:kms:…") with { BucketKeyEnabled = true } }
/// </code></example>
public sealed record ServerSideEncryption
{
    private readonly ValueDictionary? _encryptionContext;

    private ServerSideEncryption(string algorithm, string? keyId)
    {
        Algorithm = algorithm;
        KeyId = keyId;
    }

    /// <summary>Gets an instance that selects encryption with the store's keys (SSE-S3, <c>AES256</c>).</summary>
    public static ServerSideEncryption S3 { get; } = new("AES256", keyId: null);

    /// <summary>Gets the value of <c>x-amz-server-side-encryption</c>.</summary>
    /// <value><c>AES256</c>, <c>aws:kms</c> or <c>aws:kms:dsse</c>.</value>
    public string Algorithm { get; }

    /// <summary>Gets the ID or ARN of the key in the key management service.</summary>
    /// <value>A key ID, a key ARN or an alias ARN, or <c>null</c> for the store's default key.</value>
    public string? KeyId { get; }

    /// <summary>Gets the encryption context, which the key management service binds to the ciphertext and records in its logs.</summary>
    /// <value>Names and values in ASCII. The default is <c>null</c>. Any other value is valid only for instances created by <see cref="Kms"/> or
    /// <see cref="KmsDualLayer"/>.</value>
    public IReadOnlyDictionary<string, string>? EncryptionContext
    {
        get => _encryptionContext;
        init => _encryptionContext = ValueDictionary.CopyOf(value, nameof(EncryptionContext));
    }

    /// <summary>Gets a value that indicates whether an S3 Bucket Key is used, which reduces the number of calls to the key management service.</summary>
    /// <value>The default is <c>null</c>, which uses the bucket's setting. Any other value is valid only for instances created by <see cref="Kms"/>.</value>
    public bool? BucketKeyEnabled { get; init; }

    private bool UsesKms => Algorithm != S3.Algorithm;

    /// <summary>Creates an instance that selects encryption with a key from a key management service (SSE-KMS, <c>aws:kms</c>).</summary>
    /// <param name="keyId">A key ID, a key ARN or an alias ARN, or <c>null</c> for the store's default key.</param>
    /// <returns>An instance whose other properties can be set in a <c>with</c> expression.</returns>
    public static ServerSideEncryption Kms(string? keyId = null) => new("aws:kms", keyId);

    /// <summary>Creates an instance that selects dual-layer encryption with a key from a key management service (DSSE-KMS, <c>aws:kms:dsse</c>).</summary>
    /// <param name="keyId">A key ID, a key ARN or an alias ARN, or <c>null</c> for the store's default key.</param>
    /// <returns>An instance whose other properties can be set in a <c>with</c> expression.</returns>
    public static ServerSideEncryption KmsDualLayer(string? keyId = null) => new("aws:kms:dsse", keyId);

    internal void AddTo(RequestBuilder request)
    {
        request.ThrowIf(
            !UsesKms && (EncryptionContext is not null || BucketKeyEnabled is not null),
            "ServerSideEncryption.S3 does not support EncryptionContext and BucketKeyEnabled, which apply only to encryption with KMS keys. Remove them, or use ServerSideEncryption.Kms.");
        request.AddHeader("x-amz-server-side-encryption", Algorithm);
        request.AddOptionalHeader("x-amz-server-side-encryption-aws-kms-key-id", KeyId);
        request.AddOptionalHeader("x-amz-server-side-encryption-context", _encryptionContext is null ? null : ContextText(_encryptionContext, request));
        request.AddOptionalHeader("x-amz-server-side-encryption-bucket-key-enabled", BucketKeyEnabled switch { true => "true", false => "false", null => null });
    }

    // The header value is a base64-encoded JSON object with string values. Entries are ordered by name so that equal contexts produce the same signature.
    private static string ContextText(ValueDictionary context, RequestBuilder request)
    {
        using MemoryStream json = new();
        using (Utf8JsonWriter writer = new(json))
        {
            writer.WriteStartObject();
            foreach (KeyValuePair<string, string> entry in context.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                if (entry.Value is null)
                {
                    throw new ArgumentException(
                        $"The value of the encryption context entry '{Printable.Text(entry.Key)}' is null. Specify a value, or remove the entry.", request.ParamName);
                }

                writer.WriteString(entry.Key, entry.Value);
            }

            writer.WriteEndObject();
        }

        return Convert.ToBase64String(json.ToArray());
    }
}
