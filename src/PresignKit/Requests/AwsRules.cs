namespace PresignKit;

/// <summary>The rules that AWS S3 enforces but other stores do not.</summary>
internal static class AwsRules
{
    private const string ChecksumPrefix = "x-amz-checksum-";
    private const string LockPrefix = "x-amz-object-lock-";
    private const int MaxMetadata = 2048;

    /// <summary>Describes why AWS would reject a request, or returns <c>null</c> if it would not.</summary>
    public static string? FindProblem(RequestBuilder request)
    {
        int metadata = 0;
        string? locked = null, checksum = null, algorithm = null, type = null;
        bool isCopy = false;
        foreach (KeyValuePair<string, string> header in request.Headers)
        {
            if (header.Value is null)
            {
                continue;
            }

            if (StartsWith(header.Key, HeaderRules.MetadataPrefix))
            {
                metadata += header.Key.Length - HeaderRules.MetadataPrefix.Length + header.Value.Length;
            }
            else if (StartsWith(header.Key, LockPrefix))
            {
                locked ??= header.Key;
            }
            else if (Is(header.Key, "x-amz-checksum-algorithm"))
            {
                algorithm = header.Value;
            }
            else if (Is(header.Key, "x-amz-checksum-type"))
            {
                type = header.Value;
            }
            else if (StartsWith(header.Key, ChecksumPrefix))
            {
                checksum = header.Key;
                algorithm ??= header.Key[ChecksumPrefix.Length..];
            }
            else if (Is(header.Key, "content-md5") || Is(header.Key, "x-amz-sdk-checksum-algorithm"))
            {
                checksum = header.Key;
            }

            isCopy |= Is(header.Key, "x-amz-copy-source");
        }

        return FindProblemOfMetadata(metadata) ?? (locked is not null && checksum is null && !isCopy && request.Method == HttpMethod.Put && request.Query.IsEmpty
                ? $"The request signs '{locked}' without a checksum of the body, which AWS rejects with 400. Set Checksum or ContentMD5 as well."
            : FindContradiction(algorithm, type));
    }

    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
    private static string? FindContradiction(string? algorithm, string? type) => type is not null && algorithm is not null && (
            (Is(algorithm, "CRC64NVME") && Is(type, "COMPOSITE"))
            || (Is(type, "FULL_OBJECT") && (Is(algorithm, "SHA1") || Is(algorithm, "SHA256"))))
        ? $"AWS does not support the checksum type {Printable.Text(type)} with {Printable.Text(algorithm.ToUpperInvariant())}. Use {(Is(type, "COMPOSITE") ? "FullObject, or a CRC32, CRC32C, SHA-1 or SHA-256 checksum" : "Composite, or a CRC32, CRC32C or CRC64NVME checksum")}."
        : null;

    /// <summary>Describes why AWS would reject metadata of the specified size, or returns <c>null</c> if it would not.</summary>
    /// <remarks>The size is the total number of bytes in the names, without the prefix, and in the values.</remarks>
    public static string? FindProblemOfMetadata(int bytes) => bytes <= MaxMetadata ? null :
        FormattableString.Invariant($"The names and values of the metadata total {bytes} bytes, but AWS accepts at most {MaxMetadata}. Shorten them, or store the metadata in a separate object.");

    private static bool StartsWith(string name, string prefix) => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    private static bool Is(string text, string other) => text.Equals(other, StringComparison.OrdinalIgnoreCase);
}
