using System.Globalization;
using Microsoft.Net.Http.Headers;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3;

/// <summary>The bytes that UploadPartCopy copies. Dispose the instance to release the source object.</summary>
internal sealed class CopySourceReader : IDisposable
{
    private readonly StoredObject _source;

    private CopySourceReader(StoredObject source, long offset, long length)
    {
        _source = source;
        Offset = offset;
        Length = length;
    }

    public StoredContent Content => _source.Content;

    public long Offset { get; }

    public long Length { get; }

    /// <exception cref="S3Exception">The source does not exist, or a header is not valid.</exception>
    public static CopySourceReader Open(S3Call call)
    {
        string header = call.Header("x-amz-copy-source")!;
        int question = header.IndexOf("?versionId=", StringComparison.Ordinal);
        if (question >= 0 && header[(question + 11)..] != "null")
        {
            throw new S3Exception(S3Errors.NotImplemented("versioning (versionId in x-amz-copy-source)"));
        }

        string? path = S3Query.Decode(question < 0 ? header : header[..question], plusIsSpace: false)?.TrimStart('/');
        int slash = path?.IndexOf('/') ?? -1;
        if (path is null || slash <= 0 || slash == path.Length - 1)
        {
            throw new S3Exception(S3Errors.InvalidArgument("Invalid copy source object key", "x-amz-copy-source", header));
        }

        string bucketName = path[..slash], key = path[(slash + 1)..];
        BucketStore bucket = call.Store.Objects.Find(bucketName) ?? throw new S3Exception(S3Errors.NoSuchBucket(bucketName));
        if (!bucket.TryOpen(key, out StoredObject? source))
        {
            throw new S3Exception(S3Errors.NoSuchKey(key));
        }

        try
        {
            CheckConditions(call, source);
            (long offset, long length) = ReadRange(call, source);
            return new CopySourceReader(source, offset, length);
        }
        catch
        {
            source.Content.Release();
            throw;
        }
    }

    public void Dispose() => _source.Content.Release();

    private static void CheckConditions(S3Call call, StoredObject source)
    {
        DateTimeOffset modified = new(source.LastModified.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
        string? ifMatch = call.Header("x-amz-copy-source-if-match"), ifNoneMatch = call.Header("x-amz-copy-source-if-none-match");
        if (ifMatch is not null && !ObjectOperations.MatchesAny(ifMatch, source.ETag))
        {
            throw Failed("x-amz-copy-source-If-Match");
        }

        if (ifMatch is null && HeaderUtilities.TryParseDate(call.Header("x-amz-copy-source-if-unmodified-since"), out DateTimeOffset until) && modified > until)
        {
            throw Failed("x-amz-copy-source-If-Unmodified-Since");
        }

        if (ifNoneMatch is not null && ObjectOperations.MatchesAny(ifNoneMatch, source.ETag))
        {
            throw Failed("x-amz-copy-source-If-None-Match");
        }

        if (ifNoneMatch is null && HeaderUtilities.TryParseDate(call.Header("x-amz-copy-source-if-modified-since"), out DateTimeOffset since) && modified <= since)
        {
            throw Failed("x-amz-copy-source-If-Modified-Since");
        }

        static S3Exception Failed(string condition) => new(S3Errors.PreconditionFailed(condition));
    }

    private static (long Offset, long Length) ReadRange(S3Call call, StoredObject source)
    {
        long size = source.Content.Length;
        if (call.Header("x-amz-copy-source-range") is not { } range)
        {
            return (0, size);
        }

        string[] limits = range.StartsWith("bytes=", StringComparison.Ordinal) ? range["bytes=".Length..].Split('-') : [];
        if (limits.Length != 2 || !TryParse(limits[0], out long first) || !TryParse(limits[1], out long last) || last < first)
        {
            throw new S3Exception(S3Errors.InvalidArgument(
                "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy", "x-amz-copy-source-range", range));
        }

        if (first >= size)
        {
            throw new S3Exception(S3Errors.InvalidRequest("The specified copy range is invalid for the source object size"));
        }

        return last < size
            ? (first, last - first + 1)
            : throw new S3Exception(S3Errors.InvalidArgument(FormattableString.Invariant($"Range specified is not valid for source object of size: {size}"), "x-amz-copy-source-range", range));

        static bool TryParse(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
