using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3;

/// <summary>PostObject, which uploads a file with a form.</summary>
internal static class FormOperations
{
    // AWS's limit for everything before the file.
    private const int MaxFieldBytes = 20_480;
    private const int MaxHeadersLength = 16 << 10;

    // RFC 2046, section 5.1.1
    private const int MaxBoundary = 70;

    private static LocalS3Error Malformed => new(400, "MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data.");

    public static async Task PostAsync(S3Call call)
    {
        if (!MediaTypeHeaderValue.TryParse(call.Request.ContentType, out MediaTypeHeaderValue? type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            throw new S3Exception(S3Errors.PreconditionFailed("Bucket POST must be of the enclosure-type multipart/form-data"));
        }

        if (HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= MaxBoundary } boundary)
        {
            throw new S3Exception(Malformed);
        }

        RequestBody.RequireLength(call);
        MultipartReader reader = new(boundary, call.Request.Body) { HeadersLengthLimit = MaxHeadersLength, BodyLengthLimit = null };
        ReceivedForm form;
        try
        {
            form = await ReceivedForm.ReadAsync(reader, MaxFieldBytes, call.Canceled);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new S3Exception(Malformed);
        }

        // AWS looks for the key first.
        if (form["key"] is null)
        {
            throw new S3Exception(FormErrors.Missing("key"));
        }

        PresignedPostVerificationResult result = await call.Store.PostVerifier.VerifyAsync(call.BucketName, form.Fields, form.FileName, call.Canceled);
        if (!result.IsValid)
        {
            throw new S3Exception(FormErrors.Describe(result, form.Fields, call.Store.Region));
        }

        call.KeyOrNull = result.Key;
        call.Bucket = call.Store.Objects.Find(call.BucketName) ?? throw new S3Exception(S3Errors.NoSuchBucket(call.BucketName));
        if (form.File is null)
        {
            throw new S3Exception(S3Errors.InvalidArgument("POST requires exactly one file upload per request.", "file", "0"));
        }

        StoredObject created = await StoreAsync(call, form, result);
        await RespondAsync(call, form, created);
    }

    private static async Task<StoredObject> StoreAsync(S3Call call, ReceivedForm form, PresignedPostVerificationResult result)
    {
        (ChecksumAlgorithm Algorithm, byte[] Value)? checksum = ReadChecksum(form);
        IReadOnlyList<KeyValuePair<string, string>> headers = ReadHeaders(form);
        byte[]? md5 = form["content-md5"] is not { } text ? null : RequestBody.TryDecode(text, 16, out byte[]? decoded) ? decoded : throw new S3Exception(S3Errors.InvalidDigest(text));
        await using ContentWriter writer = call.Store.Objects.CreateWriter(checksum is { } known ? [known.Algorithm] : []);
        await CopyAsync(call, form.File!, writer, result.ContentLength);
        StoredContent content = await writer.CompleteAsync();
        try
        {
            if (md5 is not null && !content.Md5.AsSpan().SequenceEqual(md5))
            {
                throw new S3Exception(S3Errors.BadDigest(Convert.ToBase64String(md5), Convert.ToBase64String(content.Md5)));
            }

            if (checksum is { } stated && !content.Checksums[stated.Algorithm].AsSpan().SequenceEqual(stated.Value))
            {
                throw new S3Exception(S3Errors.BadChecksum(RequestBody.NameOf(stated.Algorithm).ToUpperInvariant()));
            }
        }
        catch
        {
            content.Release();
            throw;
        }

        StoredObject created = new()
        {
            Key = call.Key,
            Content = content,
            ETag = StoredObject.ETagOf(content.Md5),
            LastModified = call.Now,
            ContentType = form["content-type"],
            Headers = headers,
            Checksums = content.Checksums,
            ChecksumType = checksum is null ? null : ChecksumType.FullObject,
        };
        ObjectOperations.Store(call, created);
        ObjectOperations.AddEncryption(call, headers);
        return created;
    }

    // The range applies to the file and not to the form, so the length of the request does not reveal whether the file is too large.
    private static async Task CopyAsync(S3Call call, Stream file, ContentWriter writer, ContentLengthRange? range)
    {
        long max = Math.Min(range?.Max ?? RequestBody.MaxObjectSize, RequestBody.MaxObjectSize);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
        try
        {
            while (true)
            {
                int count = await ReadAsync(file, buffer, call.Canceled);
                if (count == 0)
                {
                    break;
                }

                if (call.CutAfterBytes is { } limit && writer.Length + count > limit)
                {
                    throw new ConnectionCutException();
                }

                if (writer.Length + count > max)
                {
                    // As on AWS, the error contains the number of bytes received so far. The rest of the file is not read.
                    throw new S3Exception(S3Errors.EntityTooLarge(writer.Length + count, max));
                }

                await writer.WriteAsync(buffer.AsMemory(0, count), call.Canceled);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (range is not null && writer.Length < range.Min)
        {
            throw new S3Exception(S3Errors.EntityTooSmall(writer.Length, range.Min));
        }
    }

    private static async Task<int> ReadAsync(Stream file, byte[] buffer, CancellationToken canceled)
    {
        try
        {
            return await file.ReadAsync(buffer, canceled);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new S3Exception(S3Errors.IncompleteBody);
        }
    }

    private static (ChecksumAlgorithm Algorithm, byte[] Value)? ReadChecksum(ReceivedForm form)
    {
        (ChecksumAlgorithm, byte[])? found = null;
        foreach (KeyValuePair<string, string> field in form.Fields)
        {
            string name = field.Key.ToLowerInvariant();
            if (!name.StartsWith("x-amz-checksum-", StringComparison.Ordinal) || RequestBody.FindAlgorithm(name["x-amz-checksum-".Length..]) is not { } algorithm)
            {
                continue;
            }

            if (found is not null)
            {
                throw new S3Exception(S3Errors.InvalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."));
            }

            found = RequestBody.TryDecode(field.Value, Checksums.Size(algorithm), out byte[]? value)
                ? (algorithm, value!)
                : throw new S3Exception(S3Errors.InvalidRequest($"Value for {name} header is invalid."));
        }

        return found;
    }

    // The policy allows these fields, so LocalS3 responds with 501 to a field that it does not support instead of ignoring it.
    private static List<KeyValuePair<string, string>> ReadHeaders(ReceivedForm form)
    {
        List<KeyValuePair<string, string>> headers = [];
        int size = 0;
        foreach (KeyValuePair<string, string> field in form.Fields)
        {
            string name = field.Key.ToLowerInvariant();
            if (name.StartsWith("x-amz-meta-", StringComparison.Ordinal))
            {
                size += name.Length - "x-amz-meta-".Length + Encoding.UTF8.GetByteCount(field.Value);
                headers.Add(new KeyValuePair<string, string>(name, field.Value));
            }
            else if (ObjectOperations.StoredHeaders.Contains(name))
            {
                headers.Add(new KeyValuePair<string, string>(name, field.Value));
            }
        }

        HeaderRules.CheckForm(form.Fields);
        return size <= ObjectOperations.MaxMetadataBytes ? headers : throw ObjectOperations.MetadataTooLarge(size);
    }

    private static async Task RespondAsync(S3Call call, ReceivedForm form, StoredObject created)
    {
        string location = $"{call.Request.Scheme}://{call.Host}{call.Target.Path.TrimEnd('/')}/{Uri.EscapeDataString(created.Key)}";
        call.Response.Headers.ETag = created.ETag;
        call.Response.Headers.Location = location;
        ObjectOperations.AddChecksums(call, created);
        // As on S3, a value that is not a URL is ignored. A URL with characters that it should contain only in encoded form is not a URL either.
        if ((form["success_action_redirect"] ?? form["redirect"]) is { } redirect && redirect.All(c => c is > ' ' and <= '~')
            && Uri.TryCreate(redirect, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https")
        {
            string url = UrlQuery.Append(redirect, [new("bucket", call.BucketName), new("key", created.Key), new("etag", created.ETag)]);
            call.Response.StatusCode = 303;
            call.Response.Headers.Location = url;
            call.Response.ContentLength = 0;
            return;
        }

        switch (form["success_action_status"])
        {
            case "200":
                call.Response.ContentLength = 0;
                break;
            case "201":
                await call.WriteXmlAsync(201, xml =>
                {
                    xml.WriteStartElement("PostResponse");
                    xml.WriteElementString("Location", location);
                    xml.WriteElementString("Bucket", call.BucketName);
                    xml.WriteElementString("Key", created.Key);
                    xml.WriteElementString("ETag", created.ETag);
                    xml.WriteEndElement();
                });
                break;
            default:
                call.Response.StatusCode = 204;
                break;
        }
    }
}
