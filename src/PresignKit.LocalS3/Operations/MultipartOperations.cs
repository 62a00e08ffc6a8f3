using System.Globalization;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3;

/// <summary>The operations of a multipart upload.</summary>
internal static class MultipartOperations
{
    private const int MaxBody = 2 << 20;
    private const int MaxPartNumber = 10_000;
    private const int UploadIdLength = 40;

    public static LocalS3Error InvalidPartNumber(string text) => S3Errors.InvalidArgument("Part number must be an integer between 1 and 10000, inclusive", "partNumber", text);

    public static async Task CreateAsync(S3Call call)
    {
        HeaderRules.Check(call, createsObject: true, others: ["x-amz-checksum-algorithm", "x-amz-checksum-type"]);
        ObjectOperations.CheckKey(call.Key);
        ChecksumAlgorithm? algorithm = ReadAlgorithm(call);
        ChecksumType? type = ReadType(call, algorithm);
        MultipartUpload upload = call.Bucket.CreateUpload(call.Key, call.Now, call.Request.ContentType, ObjectOperations.ReadHeaders(call), algorithm, type);
        if (algorithm is { } known)
        {
            call.Response.Headers["x-amz-checksum-algorithm"] = RequestBody.NameOf(known).ToUpperInvariant();
            call.Response.Headers["x-amz-checksum-type"] = NameOf(type!.Value);
        }

        ObjectOperations.AddEncryption(call, upload.Headers);
        await call.WriteXmlAsync(200, xml =>
        {
            xml.StartResult("InitiateMultipartUploadResult");
            xml.WriteElementString("Bucket", call.BucketName);
            xml.WriteElementString("Key", call.Key);
            xml.WriteElementString("UploadId", upload.UploadId);
            xml.WriteEndElement();
        });
    }

    public static async Task UploadPartAsync(S3Call call)
    {
        HeaderRules.Check(call, hasBody: true);
        int number = ReadPartNumber(call);
        MultipartUpload upload = FindUpload(call);
        RequestBody body = RequestBody.Describe(call);
        CheckAlgorithm(upload, body);
        StoredContent content = await body.ReceiveAsync(RequestBody.MaxObjectSize, also: upload.ChecksumAlgorithm);
        StoredPart part = AddPart(call, upload, number, content);
        call.Response.Headers.ETag = part.ETag;
        AddChecksums(call, content);
        call.Response.ContentLength = 0;
    }

    public static async Task CopyPartAsync(S3Call call)
    {
        HeaderRules.Check(call, others: ["x-amz-copy-source", "x-amz-copy-source-range", "x-amz-copy-source-if-match", "x-amz-copy-source-if-none-match", "x-amz-copy-source-if-modified-since", "x-amz-copy-source-if-unmodified-since"]);
        int number = ReadPartNumber(call);
        MultipartUpload upload = FindUpload(call);
        using CopySourceReader source = CopySourceReader.Open(call);
        await using ContentWriter writer = call.Store.Objects.CreateWriter([.. new[] { upload.ChecksumAlgorithm }.OfType<ChecksumAlgorithm>()]);
        await source.Content.CopyToAsync(writer, source.Offset, source.Length, call.Canceled);
        StoredContent content = await writer.CompleteAsync();
        StoredPart part = AddPart(call, upload, number, content);
        await call.WriteXmlAsync(200, xml =>
        {
            xml.StartResult("CopyPartResult");
            xml.WriteElementString("LastModified", S3Call.Iso(part.LastModified));
            xml.WriteElementString("ETag", part.ETag);
            foreach ((ChecksumAlgorithm algorithm, byte[] checksum) in content.Checksums)
            {
                xml.WriteElementString("Checksum" + RequestBody.NameOf(algorithm).ToUpperInvariant(), Convert.ToBase64String(checksum));
            }

            xml.WriteEndElement();
        });
    }

    public static async Task CompleteAsync(S3Call call)
    {
        HeaderRules.Check(call, hasBody: true, others: ["x-amz-checksum-type", "x-amz-mp-object-size"]);
        MultipartUpload upload = FindUpload(call);
        CompletionHeaders headers = CompletionHeaders.Read(call, upload);
        CompleteRequest request = CompleteRequest.Read(await RequestBody.Describe(call, isChecksumOfBody: false).ReceiveSmallAsync(MaxBody), upload);
        LocalS3Error? precondition = null;
        UploadCompletionResult result = call.Bucket.Complete(upload, new UploadCompletion
        {
            Parts = request.Parts,
            LastModified = call.Now,
            ExpectedLength = headers.ObjectSize,
            ExpectedChecksum = headers.Checksum,
            Precondition = existing => (precondition = FindFailure(call, upload, existing)) is null,
        });
        if (result.Status != UploadCompletionStatus.Completed)
        {
            long length = result.Status != UploadCompletionStatus.UnexpectedLength ? 0
                : call.Bucket.ListParts(upload, 0, MaxPartNumber)?.Parts.Where(part => request.Parts.Any(one => one.Number == part.Number)).Sum(part => part.Content.Length) ?? 0;
            throw new S3Exception(precondition ?? DescribeFailure(upload, request, headers, result, length));
        }

        StoredObject created = result.Object!;
        ObjectOperations.AddEncryption(call, created.Headers);
        await call.WriteXmlAsync(200, xml =>
        {
            xml.StartResult("CompleteMultipartUploadResult");
            xml.WriteElementString("Location", $"{call.Request.Scheme}://{call.Host}{call.Target.Path}");
            xml.WriteElementString("Bucket", call.BucketName);
            xml.WriteElementString("Key", call.Key);
            xml.WriteElementString("ETag", created.ETag);
            foreach ((ChecksumAlgorithm algorithm, byte[] checksum) in created.Checksums)
            {
                string suffix = created.ChecksumType == ChecksumType.Composite ? "-" + S3Call.Text(created.Parts!.Count) : "";
                xml.WriteElementString("Checksum" + RequestBody.NameOf(algorithm).ToUpperInvariant(), Convert.ToBase64String(checksum) + suffix);
            }

            if (created.ChecksumType is { } type)
            {
                xml.WriteElementString("ChecksumType", NameOf(type));
            }

            xml.WriteEndElement();
        });
    }

    public static Task AbortAsync(S3Call call)
    {
        HeaderRules.Check(call);
        if (!call.Bucket.Abort(FindUpload(call)))
        {
            throw NoSuchUpload(call);
        }

        call.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    public static async Task ListPartsAsync(S3Call call)
    {
        HeaderRules.Check(call);
        MultipartUpload upload = FindUpload(call);
        int max = ListOperations.ReadMax(call.Query, "max-parts");
        int marker = call.Query["part-number-marker"] is not { Length: > 0 } text ? 0
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
            : throw new S3Exception(S3Errors.InvalidArgument("Provided part-number-marker not an integer or within integer range", "part-number-marker", text));
        PartPage page = call.Bucket.ListParts(upload, marker, max) ?? throw NoSuchUpload(call);
        await call.WriteXmlAsync(200, xml =>
        {
            xml.StartResult("ListPartsResult");
            xml.WriteElementString("Bucket", call.BucketName);
            xml.WriteElementString("Key", call.Key);
            xml.WriteElementString("UploadId", upload.UploadId);
            xml.WriteOwner("Initiator");
            xml.WriteOwner("Owner");
            xml.WriteStorageClass(upload.Headers);
            xml.WriteElementString("PartNumberMarker", S3Call.Text(marker));
            xml.WriteElementString("NextPartNumberMarker", S3Call.Text(page.NextPartNumberMarker));
            xml.WriteElementString("MaxParts", S3Call.Text(max));
            xml.WriteElementString("IsTruncated", page.IsTruncated ? "true" : "false");
            if (upload.ChecksumAlgorithm is { } algorithm)
            {
                xml.WriteElementString("ChecksumAlgorithm", RequestBody.NameOf(algorithm).ToUpperInvariant());
                xml.WriteElementString("ChecksumType", NameOf(upload.ChecksumType!.Value));
            }

            foreach (StoredPart part in page.Parts)
            {
                xml.WriteStartElement("Part");
                xml.WriteElementString("PartNumber", S3Call.Text(part.Number));
                xml.WriteElementString("LastModified", S3Call.Iso(part.LastModified));
                xml.WriteElementString("ETag", part.ETag);
                xml.WriteElementString("Size", S3Call.Text(part.Content.Length));
                foreach ((ChecksumAlgorithm one, byte[] checksum) in part.Content.Checksums)
                {
                    xml.WriteElementString("Checksum" + RequestBody.NameOf(one).ToUpperInvariant(), Convert.ToBase64String(checksum));
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        });
    }

    public static async Task ListUploadsAsync(S3Call call)
    {
        HeaderRules.Check(call);
        S3Query query = call.Query;
        int max = ListOperations.ReadMax(query, "max-uploads");
        bool isEncoded = ListOperations.ReadEncoding(query);
        string? prefix = ListOperations.NullIfEmpty(query["prefix"]), delimiter = ListOperations.NullIfEmpty(query["delimiter"]);
        string? keyMarker = ListOperations.NullIfEmpty(query["key-marker"]), uploadIdMarker = ListOperations.NullIfEmpty(query["upload-id-marker"]);
        if (uploadIdMarker is not null && !(uploadIdMarker.Length == UploadIdLength && uploadIdMarker.All(char.IsAsciiHexDigitLower)))
        {
            throw new S3Exception(S3Errors.InvalidArgument("Invalid uploadId marker", "upload-id-marker", uploadIdMarker));
        }

        UploadPage page = call.Bucket.ListUploads(prefix, delimiter, keyMarker, uploadIdMarker, max);
        await call.WriteXmlAsync(200, xml =>
        {
            xml.StartResult("ListMultipartUploadsResult");
            xml.WriteElementString("Bucket", call.BucketName);
            xml.WriteElementString("KeyMarker", Encode(keyMarker ?? ""));
            xml.WriteElementString("UploadIdMarker", uploadIdMarker ?? "");
            if (page.IsTruncated)
            {
                xml.WriteElementString("NextKeyMarker", Encode(page.NextKeyMarker ?? ""));
                xml.WriteElementString("NextUploadIdMarker", page.NextUploadIdMarker ?? "");
            }

            xml.WriteElementString("Prefix", Encode(prefix ?? ""));
            xml.WriteOptional("Delimiter", delimiter is null ? null : Encode(delimiter));
            xml.WriteOptional("EncodingType", isEncoded ? "url" : null);
            xml.WriteElementString("MaxUploads", S3Call.Text(max));
            xml.WriteElementString("IsTruncated", page.IsTruncated ? "true" : "false");
            foreach (MultipartUpload upload in page.Uploads)
            {
                xml.WriteStartElement("Upload");
                xml.WriteElementString("Key", Encode(upload.Key));
                xml.WriteElementString("UploadId", upload.UploadId);
                xml.WriteOwner("Initiator");
                xml.WriteOwner("Owner");
                xml.WriteStorageClass(upload.Headers);
                xml.WriteElementString("Initiated", S3Call.Iso(upload.Initiated));
                xml.WriteOptional("ChecksumAlgorithm", upload.ChecksumAlgorithm is { } algorithm ? RequestBody.NameOf(algorithm).ToUpperInvariant() : null);
                xml.WriteOptional("ChecksumType", upload.ChecksumType is { } type ? NameOf(type) : null);
                xml.WriteEndElement();
            }

            foreach (string common in page.CommonPrefixes)
            {
                xml.WriteStartElement("CommonPrefixes");
                xml.WriteElementString("Prefix", Encode(common));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        });

        string Encode(string text) => isEncoded ? XmlResult.UrlEncode(text) : text;
    }

    public static string NameOf(ChecksumType type) => type == ChecksumType.Composite ? "COMPOSITE" : "FULL_OBJECT";

    private static StoredPart AddPart(S3Call call, MultipartUpload upload, int number, StoredContent content)
    {
        StoredPart part = new(number, content, StoredObject.ETagOf(content.Md5), call.Now);
        if (!call.Bucket.PutPart(upload, part))
        {
            content.Release();
            throw NoSuchUpload(call);
        }

        return part;
    }

    private static void AddChecksums(S3Call call, StoredContent content)
    {
        foreach ((ChecksumAlgorithm algorithm, byte[] checksum) in content.Checksums)
        {
            call.Response.Headers["x-amz-checksum-" + RequestBody.NameOf(algorithm)] = Convert.ToBase64String(checksum);
        }
    }

    // An object that was written after the upload was created is a conflict even if it matches, because the client based the condition on an earlier object.
    // Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
    private static LocalS3Error? FindFailure(S3Call call, MultipartUpload upload, StoredObject? existing) =>
        ObjectOperations.FindFailureOfWrite(call, existing?.ETag)
        ?? (call.Request.Headers.IfMatch.Count > 0 && existing?.LastModified > upload.Initiated ? S3Errors.ConditionalRequestConflict("If-Match", call.Key) : null);

    private static MultipartUpload FindUpload(S3Call call) =>
        call.Bucket.TryGetUpload(call.Query["uploadId"]!, call.Key, out MultipartUpload? upload) ? upload : throw NoSuchUpload(call);

    private static S3Exception NoSuchUpload(S3Call call) => new(S3Errors.NoSuchUpload(call.Query["uploadId"]!));

    private static int ReadPartNumber(S3Call call) => call.Target.PartNumber is >= 1 and <= MaxPartNumber and int number
        ? number
        : throw new S3Exception(InvalidPartNumber(call.Query["partNumber"] ?? ""));

    private static ChecksumAlgorithm? ReadAlgorithm(S3Call call)
    {
        if (call.Header("x-amz-checksum-algorithm") is not { } name)
        {
            return call.Header("x-amz-checksum-type") is null
                ? null
                : throw new S3Exception(S3Errors.InvalidRequest("The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header."));
        }

        return RequestBody.FindAlgorithm(name)
            ?? throw new S3Exception(S3Errors.InvalidRequest("Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]"));
    }

    private static ChecksumType? ReadType(S3Call call, ChecksumAlgorithm? algorithm)
    {
        if (algorithm is not { } known)
        {
            return null;
        }

        bool isCrc = Checksums.CanCombine(known);
        string name = RequestBody.NameOf(known);
        return call.Header("x-amz-checksum-type") switch
        {
            null => known == ChecksumAlgorithm.Crc64Nvme ? ChecksumType.FullObject : ChecksumType.Composite,
            "FULL_OBJECT" when isCrc => ChecksumType.FullObject,
            "FULL_OBJECT" => throw new S3Exception(S3Errors.InvalidRequest($"The FULL_OBJECT checksum type cannot be used with the {name} checksum algorithm.")),
            "COMPOSITE" when known != ChecksumAlgorithm.Crc64Nvme => ChecksumType.Composite,
            "COMPOSITE" => throw new S3Exception(S3Errors.InvalidRequest($"The COMPOSITE checksum type cannot be used with the {name} checksum algorithm.")),
            { } other => throw new S3Exception(S3Errors.InvalidArgument("Value for x-amz-checksum-type header is invalid.", "x-amz-checksum-type", other)),
        };
    }

    private static void CheckAlgorithm(MultipartUpload upload, RequestBody body)
    {
        // For a full-object checksum, a client can let the store compute the checksums of the parts. For a composite checksum, the client must send them, here and when it completes the upload.
        bool isOptional = upload.ChecksumAlgorithm is null || upload.ChecksumType == ChecksumType.FullObject;
        if (body.Algorithm != upload.ChecksumAlgorithm && !(body.Algorithm is null && isOptional) && upload.ChecksumAlgorithm is { } expected)
        {
            string actual = body.Algorithm is { } sent ? RequestBody.NameOf(sent) : "null";
            throw new S3Exception(S3Errors.InvalidRequest($"Checksum Type mismatch occurred, expected checksum Type: {RequestBody.NameOf(expected)}, actual checksum Type: {actual}"));
        }
    }

    private static LocalS3Error DescribeFailure(MultipartUpload upload, CompleteRequest request, CompletionHeaders headers, UploadCompletionResult result, long length)
    {
        string etag = request.Parts.FirstOrDefault(part => part.Number == result.PartNumber)?.ETag.Trim('"') ?? "";
        string number = S3Call.Text(result.PartNumber);
        return result.Status switch
        {
            UploadCompletionStatus.NoSuchUpload => S3Errors.NoSuchUpload(upload.UploadId),
            UploadCompletionStatus.InvalidPartOrder => new LocalS3Error(400, "InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number.", ("UploadId", upload.UploadId)),
            UploadCompletionStatus.InvalidPart when result.Part is { } part && part.ETag.Trim('"') == etag => S3Errors.BadChecksumOfPart(RequestBody.NameOf(upload.ChecksumAlgorithm!.Value), result.PartNumber),
            UploadCompletionStatus.InvalidPart => new LocalS3Error(
                400, "InvalidPart",
                "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
                ("UploadId", upload.UploadId), ("PartNumber", number), ("ETag", etag)),
            UploadCompletionStatus.EntityTooSmall => new LocalS3Error(
                400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size",
                ("ETag", etag), ("MinSizeAllowed", S3Call.Text(UploadCompletion.S3MinimumPartLength)), ("PartNumber", number), ("ProposedSize", S3Call.Text(result.Part!.Content.Length))),
            UploadCompletionStatus.UnexpectedLength => S3Errors.InvalidRequest(FormattableString.Invariant(
                $"The provided 'x-amz-mp-object-size' header value {headers.ObjectSize} does not match what was computed: {length}")),
            UploadCompletionStatus.BadChecksum => S3Errors.BadChecksum(RequestBody.NameOf(upload.ChecksumAlgorithm!.Value)),
            _ => S3Errors.MalformedXml,
        };
    }
}
