using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3;

/// <summary>GetObject, HeadObject, PutObject and DeleteObject.</summary>
internal static class ObjectOperations
{
    public const int MaxKeyBytes = 1024;
    public const int MaxMetadataBytes = 2048;

    // These headers are stored with an object and sent back as they were received.
    public static readonly string[] StoredHeaders = ["cache-control", "content-disposition", "content-encoding", "content-language", "expires", "x-amz-storage-class", "x-amz-server-side-encryption"];

    private const string EncryptionHeader = "x-amz-server-side-encryption";

    private static readonly (string Parameter, string Header)[] Overrides =
    [
        ("response-content-type", "Content-Type"), ("response-content-language", "Content-Language"), ("response-expires", "Expires"), ("response-cache-control", "Cache-Control"),
        ("response-content-disposition", "Content-Disposition"), ("response-content-encoding", "Content-Encoding"),
    ];

    public static async Task GetAsync(S3Call call)
    {
        HeaderRules.Check(call);
        if (!call.Bucket.TryOpen(call.Key, out StoredObject? found))
        {
            throw new S3Exception(S3Errors.NoSuchKey(call.Key));
        }

        try
        {
            AddHeaders(call, found);
            ThrowIfReadConditionFails(call, found);
            (long offset, long length) = SelectBytes(call, found);
            call.Response.ContentLength = length;
            if (!HttpMethods.IsHead(call.Request.Method))
            {
                await SendAsync(call, found.Content, offset, length);
            }
        }
        finally
        {
            found.Content.Release();
        }
    }

    public static async Task PutAsync(S3Call call)
    {
        HeaderRules.Check(call, hasBody: true, createsObject: true);
        CheckKey(call.Key);
        RequestBody body = RequestBody.Describe(call);
        IReadOnlyList<KeyValuePair<string, string>> headers = ReadHeaders(call);
        ThrowIfConditionFails(call, call.Bucket.Find(call.Key)?.ETag);
        StoredContent content = await body.ReceiveAsync(RequestBody.MaxObjectSize);
        StoredObject created = new()
        {
            Key = call.Key,
            Content = content,
            ETag = StoredObject.ETagOf(content.Md5),
            LastModified = call.Now,
            ContentType = call.Request.ContentType,
            Headers = headers,
            Checksums = content.Checksums,
            ChecksumType = body.Algorithm is null ? null : ChecksumType.FullObject,
        };
        Store(call, created);
        AddChecksums(call, created);
        AddEncryption(call, headers);
        call.Response.Headers.ETag = created.ETag;
        call.Response.ContentLength = 0;
    }

    public static Task DeleteAsync(S3Call call)
    {
        HeaderRules.Check(call);
        string? ifMatch = call.Request.Headers.IfMatch.Count > 0 ? call.Request.Headers.IfMatch.ToString() : null;
        DeleteObjectResult result = call.Bucket.Delete(call.Key, existing => ifMatch is null || existing is null || MatchesAny(ifMatch, existing.ETag));
        if (result == DeleteObjectResult.PreconditionFailed || (result == DeleteObjectResult.NotFound && ifMatch is not null))
        {
            throw new S3Exception(result == DeleteObjectResult.NotFound ? S3Errors.NoSuchKey(call.Key) : S3Errors.PreconditionFailed("If-Match"));
        }

        call.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    /// <summary>Throws an exception if a key is too long.</summary>
    public static void CheckKey(string key)
    {
        int bytes = Encoding.UTF8.GetByteCount(key);
        if (bytes > MaxKeyBytes)
        {
            throw new S3Exception(S3Errors.KeyTooLong(bytes, MaxKeyBytes));
        }
    }

    /// <summary>Stores a new object if the conditions of the request are still satisfied. Otherwise, releases its content.</summary>
    public static void Store(S3Call call, StoredObject created)
    {
        LocalS3Error? failure = null;
        bool isStored = false;
        try
        {
            isStored = call.Bucket.TryPut(created, existing => (failure = FindFailureOfWrite(call, existing?.ETag)) is null);
        }
        finally
        {
            // The bucket may have been deleted in the meantime, in which case TryPut throws an exception.
            if (!isStored)
            {
                created.Content.Release();
            }
        }

        if (!isStored)
        {
            throw new S3Exception(failure!);
        }
    }

    /// <summary>Throws an exception if the conditions of a write are not satisfied. This saves the client from sending a body that would be discarded.</summary>
    public static void ThrowIfConditionFails(S3Call call, string? existingETag)
    {
        if (FindFailureOfWrite(call, existingETag) is { } failure)
        {
            throw new S3Exception(failure);
        }
    }

    /// <summary>Returns the headers that are stored with a new object.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> ReadHeaders(S3Call call)
    {
        List<KeyValuePair<string, string>> headers = [];
        foreach (string name in StoredHeaders)
        {
            if (call.Header(name) is { Length: > 0 } value)
            {
                headers.Add(new KeyValuePair<string, string>(name, value));
            }
        }

        int size = 0;
        foreach (KeyValuePair<string, string> header in call.AmzHeaders().Where(header => header.Key.StartsWith("x-amz-meta-", StringComparison.Ordinal)))
        {
            size += header.Key.Length - "x-amz-meta-".Length + Encoding.UTF8.GetByteCount(header.Value);
            headers.Add(header);
        }

        return size <= MaxMetadataBytes ? headers : throw MetadataTooLarge(size);
    }

    public static S3Exception MetadataTooLarge(int size) => new(new LocalS3Error(
        400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size", ("Size", S3Call.Text(size)), ("MaxSizeAllowed", S3Call.Text(MaxMetadataBytes))));

    public static void AddChecksums(S3Call call, StoredObject stored)
    {
        foreach ((ChecksumAlgorithm algorithm, byte[] checksum) in stored.Checksums)
        {
            string suffix = stored.ChecksumType == ChecksumType.Composite ? "-" + S3Call.Text(stored.Parts!.Count) : "";
            call.Response.Headers["x-amz-checksum-" + RequestBody.NameOf(algorithm)] = Convert.ToBase64String(checksum) + suffix;
        }

        if (stored.ChecksumType is { } type)
        {
            call.Response.Headers["x-amz-checksum-type"] = MultipartOperations.NameOf(type);
        }
    }

    /// <summary>Adds the header that confirms the requested encryption, as S3 does for every operation that writes an object.</summary>
    public static void AddEncryption(S3Call call, IReadOnlyList<KeyValuePair<string, string>> stored)
    {
        if (stored.FirstOrDefault(header => header.Key == EncryptionHeader).Value is { } encryption)
        {
            call.Response.Headers[EncryptionHeader] = encryption;
        }
    }

    private static void AddHeaders(S3Call call, StoredObject found)
    {
        IHeaderDictionary headers = call.Response.Headers;
        headers.ETag = found.ETag;
        headers.LastModified = found.LastModified.ToString("R", CultureInfo.InvariantCulture);
        headers.AcceptRanges = "bytes";
        headers.ContentType = found.ContentType is { Length: > 0 } type ? StoredHeader.Encode(type) : "binary/octet-stream";
        int missing = 0;
        foreach (KeyValuePair<string, string> header in found.Headers)
        {
            if (!StoredHeader.IsName(header.Key))
            {
                missing++;
            }
            else if (header.Key != "x-amz-storage-class" || header.Value != "STANDARD")
            {
                // AWS does not send the default storage class.
                headers[header.Key] = StoredHeader.Encode(header.Value);
            }
        }

        if (missing > 0)
        {
            headers["x-amz-missing-meta"] = S3Call.Text(missing);
        }

        if (call.Header("x-amz-checksum-mode") is { } mode && mode.Equals("ENABLED", StringComparison.OrdinalIgnoreCase))
        {
            AddChecksums(call, found);
        }

        foreach ((string parameter, string name) in Overrides)
        {
            if (call.Query[parameter] is { } value)
            {
                Override(headers, parameter, name, value);
            }
        }
    }

    private static void Override(IHeaderDictionary headers, string parameter, string name, string value)
    {
        try
        {
            // Kestrel checks the characters when the header is set. In an application, it may allow only ASCII.
            headers[name] = value.All(c => c <= '\xFF') ? value : throw new InvalidOperationException();
        }
        catch (InvalidOperationException)
        {
            throw new S3Exception(S3Errors.InvalidArgument("Header value cannot be represented using ISO-8859-1.", parameter, value));
        }
    }

    // AWS's page about GetObject describes the precedence of the conditions.
    private static void ThrowIfReadConditionFails(S3Call call, StoredObject found)
    {
        IHeaderDictionary headers = call.Request.Headers;
        DateTimeOffset modified = new(found.LastModified.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
        if (headers.IfMatch.Count > 0)
        {
            if (!MatchesAny(headers.IfMatch.ToString(), found.ETag))
            {
                throw Failed("If-Match");
            }
        }
        else if (TryReadDate(headers.IfUnmodifiedSince, out DateTimeOffset unmodifiedSince) && modified > unmodifiedSince)
        {
            throw Failed("If-Unmodified-Since");
        }

        // A date in the future is not valid (RFC 2616, section 14.25). AWS ignores it.
        bool isKnown = headers.IfNoneMatch.Count > 0
            ? MatchesAny(headers.IfNoneMatch.ToString(), found.ETag)
            : TryReadDate(headers.IfModifiedSince, out DateTimeOffset modifiedSince) && modified <= modifiedSince && modifiedSince <= call.Now;
        if (isKnown)
        {
            throw new S3Exception(S3Errors.NotModified);
        }

        static S3Exception Failed(string condition) => new(S3Errors.PreconditionFailed(condition));
    }

    /// <summary>Returns the error if a condition of a write is not satisfied. S3 supports only an ETag in If-Match and only an asterisk in If-None-Match.</summary>
    public static LocalS3Error? FindFailureOfWrite(S3Call call, string? existingETag)
    {
        IHeaderDictionary headers = call.Request.Headers;
        if (headers.IfNoneMatch.Count > 0)
        {
            return headers.IfMatch.Count > 0 ? S3Errors.ConditionNotImplemented("If-Match,If-None-Match", "Multiple conditional request headers present in the request")
                : headers.IfNoneMatch.ToString() != "*" ? S3Errors.ConditionNotImplemented("If-None-Match")
                : existingETag is not null ? S3Errors.PreconditionFailed("If-None-Match")
                : null;
        }

        return headers.IfMatch.Count == 0 ? null
            : headers.IfMatch.ToString() == "*" ? S3Errors.ConditionNotImplemented("If-Match")
            : existingETag is null ? S3Errors.NoSuchKey(call.Key)
            : MatchesAny(headers.IfMatch.ToString(), existingETag) ? null
            : S3Errors.PreconditionFailed("If-Match");
    }

    public static bool MatchesAny(string condition, string etag) =>
        condition == "*" || condition.Split(',', StringSplitOptions.TrimEntries).Any(one => one == etag || one == etag.Trim('"'));

    private static bool TryReadDate(Microsoft.Extensions.Primitives.StringValues header, out DateTimeOffset date)
    {
        date = default;
        return header.Count > 0 && HeaderUtilities.TryParseDate(header.ToString(), out date);
    }

    // As on AWS, a range that cannot be parsed, or several ranges, select the whole object.
    private static (long Offset, long Length) SelectBytes(S3Call call, StoredObject found)
    {
        long size = found.Content.Length;
        string range = call.Request.Headers.Range.ToString();
        if (call.Query["partNumber"] is { } part)
        {
            return range.Length > 0
                ? throw new S3Exception(S3Errors.InvalidRequest("Cannot specify both Range header and partNumber query parameter"))
                : SelectPart(call, found, part);
        }

        bool isRange = range.Length > 0 && RangeHeaderValue.TryParse(range, out RangeHeaderValue? parsed) && parsed.Unit == "bytes" && parsed.Ranges.Count == 1 && HasIfRange(call, found);
        if (!isRange)
        {
            return (0, size);
        }

        RangeItemHeaderValue item = RangeHeaderValue.Parse(range).Ranges.First();
        long from = item.From ?? Math.Max(0, size - item.To!.Value);
        long to = item.From is null ? size - 1 : Math.Min(item.To ?? long.MaxValue, size - 1);
        if (from >= size || (item.From is null && item.To == 0))
        {
            throw new S3Exception(S3Errors.InvalidRange(range, size));
        }

        call.Response.StatusCode = 206;
        call.Response.Headers.ContentRange = FormattableString.Invariant($"bytes {from}-{to}/{size}");
        return (from, to - from + 1);
    }

    private static bool HasIfRange(S3Call call, StoredObject found) =>
        call.Request.Headers.IfRange.ToString() is not { Length: > 0 } condition || condition == found.ETag
        || (HeaderUtilities.TryParseDate(condition, out DateTimeOffset date) && date.UtcDateTime == found.LastModified.UtcDateTime.AddTicks(-(found.LastModified.UtcTicks % TimeSpan.TicksPerSecond)));

    private static (long Offset, long Length) SelectPart(S3Call call, StoredObject found, string text)
    {
        if (call.Target.PartNumber is not (>= 1 and <= 10_000) || call.Target.PartNumber is not { } number)
        {
            throw new S3Exception(MultipartOperations.InvalidPartNumber(text));
        }

        long size = found.Content.Length;
        if (found.Parts is null)
        {
            if (number > 1)
            {
                throw NotSatisfiable(1);
            }

            call.Response.StatusCode = 206;
            if (size > 0)
            {
                call.Response.Headers.ContentRange = FormattableString.Invariant($"bytes 0-{size - 1}/{size}");
            }

            return (0, size);
        }

        if (number > found.Parts.Count)
        {
            throw NotSatisfiable(found.Parts.Count);
        }

        long offset = found.Parts.Take(number - 1).Sum(part => part.Content.Length);
        long length = found.Parts[number - 1].Content.Length;
        call.Response.StatusCode = 206;
        if (length > 0)
        {
            call.Response.Headers.ContentRange = FormattableString.Invariant($"bytes {offset}-{offset + length - 1}/{size}");
        }

        call.Response.Headers["x-amz-mp-parts-count"] = S3Call.Text(found.Parts.Count);
        return (offset, length);

        S3Exception NotSatisfiable(int count) => new(new LocalS3Error(
            416, "InvalidPartNumber", "The requested partnumber is not satisfiable", ("PartNumberRequested", S3Call.Text(number)), ("ActualPartCount", S3Call.Text(count))));
    }

    private static async Task SendAsync(S3Call call, StoredContent content, long offset, long length)
    {
        if (call.CutAfterBytes is { } limit && length > limit)
        {
            await content.CopyToAsync(call.Response.Body, offset, limit, call.Canceled);
            await call.Response.Body.FlushAsync(call.Canceled);
            throw new ConnectionCutException();
        }

        await content.CopyToAsync(call.Response.Body, offset, length, call.Canceled);
    }
}
