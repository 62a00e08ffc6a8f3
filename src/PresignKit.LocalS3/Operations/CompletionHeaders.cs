using System.Globalization;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3;

/// <summary>The headers of CompleteMultipartUpload that describe the whole object.</summary>
internal sealed record CompletionHeaders(long? ObjectSize, byte[]? Checksum)
{
    /// <exception cref="S3Exception">A header is not valid or does not match the upload.</exception>
    public static CompletionHeaders Read(S3Call call, MultipartUpload upload)
    {
        long? size = null;
        if (call.Header("x-amz-mp-object-size") is { } text)
        {
            size = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                ? number
                : throw new S3Exception(S3Errors.InvalidRequest("Value for x-amz-mp-object-size header is invalid."));
        }

        string mode = upload.ChecksumType is { } type ? MultipartOperations.NameOf(type) : "null";
        if (call.Header("x-amz-checksum-type") is { } stated && stated != mode)
        {
            throw new S3Exception(S3Errors.InvalidRequest($"The upload was created using the {mode} checksum mode. The complete request must use the same checksum mode."));
        }

        return new CompletionHeaders(size, ReadChecksum(call, upload));
    }

    // The header of a composite checksum can end with the number of parts, as in 'AAAAAA==-3'.
    private static byte[]? ReadChecksum(S3Call call, MultipartUpload upload)
    {
        KeyValuePair<string, string>[] stated = [.. call.AmzHeaders().Where(header => RequestBody.FindAlgorithm(header.Key["x-amz-".Length..].Replace("checksum-", "", StringComparison.Ordinal)) is not null)];
        if (stated.Length == 0)
        {
            return null;
        }

        string name = stated[0].Key["x-amz-checksum-".Length..];
        if (stated.Length > 1)
        {
            throw new S3Exception(S3Errors.InvalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."));
        }

        if (upload.ChecksumAlgorithm is not { } algorithm || RequestBody.NameOf(algorithm) != name)
        {
            string expected = upload.ChecksumAlgorithm is { } known ? RequestBody.NameOf(known) : "null";
            throw new S3Exception(S3Errors.InvalidRequest($"Checksum Type mismatch occurred, expected checksum Type: {expected}, actual checksum Type: {name}"));
        }

        string value = stated[0].Value;
        int hyphen = upload.ChecksumType == ChecksumType.Composite ? value.LastIndexOf('-') : -1;
        return RequestBody.TryDecode(hyphen < 0 ? value : value[..hyphen], Checksums.Size(algorithm), out byte[]? checksum)
            ? checksum
            : throw new S3Exception(S3Errors.InvalidRequest($"Value for x-amz-checksum-{name} header is invalid."));
    }
}
