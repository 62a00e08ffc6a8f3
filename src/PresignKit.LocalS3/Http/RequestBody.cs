using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3;

/// <summary>The checksums that a request contains for its body.</summary>
internal sealed class RequestBody
{
    public const long MaxObjectSize = 5L << 30;

    private static readonly (string Suffix, ChecksumAlgorithm Algorithm)[] Algorithms =
    [
        ("crc32", ChecksumAlgorithm.Crc32), ("crc32c", ChecksumAlgorithm.Crc32C), ("crc64nvme", ChecksumAlgorithm.Crc64Nvme), ("sha1", ChecksumAlgorithm.Sha1), ("sha256", ChecksumAlgorithm.Sha256),
    ];

    private readonly S3Call _call;
    private readonly byte[]? _md5;
    private readonly string? _contentSha256;

    private RequestBody(S3Call call, byte[]? md5, string? contentSha256, ChecksumAlgorithm? algorithm, byte[]? checksum)
    {
        _call = call;
        _md5 = md5;
        _contentSha256 = contentSha256;
        Algorithm = algorithm;
        Checksum = checksum;
    }

    /// <summary>Gets the algorithm of the <c>x-amz-checksum-*</c> header, or <c>null</c> if there is none.</summary>
    public ChecksumAlgorithm? Algorithm { get; }

    public byte[]? Checksum { get; }

    /// <summary>Gets a value that indicates whether the request contains a checksum of any kind.</summary>
    public bool HasIntegrityCheck => _md5 is not null || Algorithm is not null;

    /// <summary>Reads the headers that describe the body.</summary>
    /// <exception cref="S3Exception">A header is not valid.</exception>
    /// <param name="call">The request.</param>
    /// <param name="isChecksumOfBody"><c>false</c> if <c>x-amz-checksum-*</c> headers describe something other than the body.</param>
    public static RequestBody Describe(S3Call call, bool isChecksumOfBody = true)
    {
        RequireLength(call);
        string? contentSha256 = call.Header("x-amz-content-sha256");
        if (contentSha256?.StartsWith("STREAMING-", StringComparison.Ordinal) == true)
        {
            throw new S3Exception(S3Errors.HeaderNotImplemented("x-amz-content-sha256", "bodies in the encoding aws-chunked"));
        }

        if (call.Request.Headers.ContentEncoding.ToString().Contains("aws-chunked", StringComparison.OrdinalIgnoreCase))
        {
            throw new S3Exception(S3Errors.HeaderNotImplemented("Content-Encoding", "bodies in the encoding aws-chunked"));
        }

        // If the header is not signed, it does not prove anything.
        contentSha256 = call.SignedHeaders.Contains("x-amz-content-sha256") && contentSha256 != "UNSIGNED-PAYLOAD" ? contentSha256 : null;
        if (contentSha256 is not null && !(contentSha256.Length == 64 && contentSha256.All(char.IsAsciiHexDigit)))
        {
            throw new S3Exception(S3Errors.InvalidArgument(
                "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD or a valid sha256 value.", "x-amz-content-sha256", contentSha256));
        }

        byte[]? md5 = null;
        if (call.Request.Headers.ContentMD5.Count > 0 && !TryDecode(call.Request.Headers.ContentMD5.ToString(), MD5.HashSizeInBytes, out md5))
        {
            throw new S3Exception(S3Errors.InvalidDigest(call.Request.Headers.ContentMD5.ToString()));
        }

        ChecksumAlgorithm? algorithm = null;
        byte[]? checksum = null;
        foreach ((string suffix, ChecksumAlgorithm candidate) in Algorithms)
        {
            if (!isChecksumOfBody || call.Header("x-amz-checksum-" + suffix) is not { } value)
            {
                continue;
            }

            if (algorithm is not null)
            {
                throw new S3Exception(S3Errors.InvalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."));
            }

            algorithm = candidate;
            if (!TryDecode(value, Checksums.Size(candidate), out checksum))
            {
                throw new S3Exception(S3Errors.InvalidRequest($"Value for x-amz-checksum-{suffix} header is invalid."));
            }
        }

        if (isChecksumOfBody && algorithm is null && call.Header("x-amz-sdk-checksum-algorithm") is not null)
        {
            throw new S3Exception(S3Errors.InvalidRequest("x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found."));
        }

        return new RequestBody(call, md5, contentSha256, algorithm, checksum);
    }

    /// <summary>Throws an exception if a request with a body does not specify its length.</summary>
    public static void RequireLength(S3Call call)
    {
        if (call.Request.Headers.TransferEncoding.Count > 0)
        {
            throw new S3Exception(S3Errors.HeaderNotImplemented("Transfer-Encoding", "chunked request bodies, and neither does S3. Send a Content-Length header"));
        }

        if (call.Request.ContentLength is null)
        {
            throw new S3Exception(S3Errors.MissingContentLength);
        }
    }

    public static string NameOf(ChecksumAlgorithm algorithm) => Array.Find(Algorithms, row => row.Algorithm == algorithm).Suffix;

    /// <summary>Returns the algorithm with the name that S3 uses, such as <c>CRC32C</c>, or <c>null</c> if there is none.</summary>
    public static ChecksumAlgorithm? FindAlgorithm(string name) =>
        Array.FindIndex(Algorithms, row => row.Suffix.Equals(name, StringComparison.OrdinalIgnoreCase)) is >= 0 and int index ? Algorithms[index].Algorithm : null;

    /// <summary>Receives the body and checks it against the headers.</summary>
    /// <param name="maxLength">The maximum length in bytes.</param>
    /// <param name="also">A checksum to compute in addition to the one in the headers.</param>
    /// <exception cref="S3Exception">The body is too large or does not match a header.</exception>
    public async Task<StoredContent> ReceiveAsync(long maxLength, ChecksumAlgorithm? also = null)
    {
        if (_call.Request.ContentLength > maxLength)
        {
            throw new S3Exception(S3Errors.EntityTooLarge(_call.Request.ContentLength.Value, maxLength));
        }

        ChecksumAlgorithm[] algorithms = [.. new[] { Algorithm, also }.OfType<ChecksumAlgorithm>().Distinct()];
        await using ContentWriter writer = _call.Store.Objects.CreateWriter(algorithms, sha256OfContent: _contentSha256 is not null);
        await CopyToAsync(writer);
        StoredContent content = await writer.CompleteAsync();
        try
        {
            Check(content, writer.Sha256);
            return content;
        }
        catch
        {
            content.Release();
            throw;
        }
    }

    /// <summary>Receives a small body, such as an XML document.</summary>
    public async Task<byte[]> ReceiveSmallAsync(int maxLength)
    {
        if (_call.Request.ContentLength > maxLength)
        {
            throw new S3Exception(S3Errors.MessageTooLong(maxLength));
        }

        StoredContent content = await ReceiveAsync(maxLength);
        try
        {
            return content.ToArray();
        }
        finally
        {
            content.Release();
        }
    }

    private void Check(StoredContent content, byte[]? sha256)
    {
        if (_md5 is not null && !content.Md5.AsSpan().SequenceEqual(_md5))
        {
            throw new S3Exception(S3Errors.BadDigest(Convert.ToBase64String(_md5), Convert.ToBase64String(content.Md5)));
        }

        if (Algorithm is { } algorithm && !content.Checksums[algorithm].AsSpan().SequenceEqual(Checksum))
        {
            throw new S3Exception(S3Errors.BadChecksum(NameOf(algorithm).ToUpperInvariant()));
        }

        if (_contentSha256 is not null && Convert.ToHexString(sha256!).ToLowerInvariant() is { } computed && !computed.Equals(_contentSha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new S3Exception(new LocalS3Error(
                400, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.",
                ("ClientComputedContentSHA256", _contentSha256), ("S3ComputedContentSHA256", computed)));
        }
    }

    private async Task CopyToAsync(ContentWriter writer)
    {
        PipeReader body = _call.Request.BodyReader;
        while (true)
        {
            ReadResult result;
            try
            {
                result = await body.ReadAsync(_call.Canceled);
            }
            catch (Exception e) when (e is BadHttpRequestException or IOException)
            {
                // The client closed the connection or sent fewer bytes than it announced.
                throw new S3Exception(S3Errors.IncompleteBody);
            }

            ReadOnlySequence<byte> buffer = result.Buffer;
            try
            {
                if (_call.CutAfterBytes is { } limit && writer.Length + buffer.Length > limit)
                {
                    throw new ConnectionCutException();
                }

                await writer.WriteAsync(buffer, _call.Canceled);
            }
            finally
            {
                // This is necessary after an error too, because the server reads the rest of the body, and the reader throws an exception if it was not advanced.
                body.AdvanceTo(buffer.End);
            }

            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    public static bool TryDecode(string base64, int size, out byte[]? bytes)
    {
        byte[] decoded = new byte[size];
        bool isValid = base64.Length == (size + 2) / 3 * 4 && Convert.TryFromBase64String(base64, decoded, out int written) && written == size;
        bytes = isValid ? decoded : null;
        return isValid;
    }
}
