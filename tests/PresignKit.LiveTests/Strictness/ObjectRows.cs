using System.Text;

namespace PresignKit.LiveTests.Strictness;

/// <summary>Rows whose signature is correct, but that S3 rejects because of the bucket, the object or the upload.</summary>
internal static class ObjectRows
{
    private const string WrongETag = "\"00000000000000000000000000000000\"";

    public static IEnumerable<StrictnessRow> All => [.. Objects, .. Conditions, .. Multipart];

    private static IEnumerable<StrictnessRow> Objects =>
    [
        new("GET of an object that does not exist", "404 NoSuchKey", Sources.Recorded, a => a.Send(new GetObject(a.Key), null)),
        new("HEAD of an object that does not exist", "404", Sources.Recorded, a => a.Send(new HeadObject(a.Key), null)),
        new("DELETE of an object that does not exist", "204", "AWS, \"DeleteObject\" (Amazon S3 API Reference)", a => a.Send(new DeleteObject(a.Key), null)),
        new("GET from a bucket that does not exist", "404 NoSuchBucket", Sources.Recorded, a => a.Send(new GetObject(a.Key) { Bucket = a.Store.Bucket + "-none" }, null)),
        new("PUT into a bucket that does not exist", "404 NoSuchBucket", Sources.Recorded, a => a.Put(new PutObject(a.Key) { Bucket = a.Store.Bucket + "-none" })),
        new("wrong signature for a bucket that does not exist", "4xx", Sources.Inferred + "the order of the checks, which is not documented",
            a => a.Put(new PutObject(a.Key) { Bucket = a.Store.Bucket + "-none" }, r => r.Append("foo=bar"))),
        new("wrong signature for an object that does not exist", "403 SignatureDoesNotMatch", Sources.Canonical,
            a => a.Send(new GetObject(a.Key), null, r => r.Append("foo=bar"))),
        new("a versionId that is not valid, signed", "400 InvalidArgument", Sources.Recorded,
            a => a.Get(new GetObject(a.Key) { Query = [new("versionId", "not a version")] }))
        {
            LocalS3 = ("501 NotImplemented", "Versioning is not implemented."),
            Rgw = ("404 NoSuchKey", "It is the ID of a version that does not exist."),
            Swift = ("501 NotImplemented", "This Swift does not support versions."),
        },
        new("DELETE of a bucket that is not empty", "409 BucketNotEmpty", Sources.Recorded, async a =>
        {
            await a.Store.Put(a.Key, Attempt.Content);
            return await a.Send(new S3BucketRequest(HttpMethod.Delete), null);
        }),
        new("an encoding-type that is not url, signed", "400 InvalidArgument", Sources.Recorded,
            a => a.Send(new S3BucketRequest(HttpMethod.Get) { Query = [new("list-type", "2"), new("encoding-type", "base64")] }, null))
        {
            Rgw = ("200", "Unknown values are ignored."),
        },
        new("a max-keys that is not a number, signed", "400 InvalidArgument", Sources.Inferred + "\"ListObjectsV2\" (max-keys is an integer)",
            a => a.Send(new S3BucketRequest(HttpMethod.Get) { Query = [new("list-type", "2"), new("max-keys", "abc")] }, null)),
        new("a copy of an object that does not exist", "404 NoSuchKey", "AWS, \"CopyObject\" (Amazon S3 API Reference)",
            a => a.Send(new CopyObject(a.Key, new CopySource(a.Store.Bucket, "none")), null))
        {
            LocalS3 = ("501 NotImplemented", "CopyObject is not implemented."),
        },
        new("a copy of an object to itself without a change", "400 InvalidRequest", Sources.Recorded,
            a => a.Get(new CopyObject(a.Key, new CopySource(a.Store.Bucket, a.Key))))
        {
            LocalS3 = ("501 NotImplemented", "CopyObject is not implemented."),
        },
        new("a copy source without a key, signed", "400 InvalidArgument", Sources.Recorded,
            a => a.Send(new PutObject(a.Key), null, r => r.Sign(a.Store, "x-amz-copy-source", a.Store.Bucket)))
        {
            LocalS3 = ("501 NotImplemented", "CopyObject is not implemented."),
        },
        new("x-amz-tagging with the same key twice, signed", "400 InvalidArgument", Sources.Recorded, a => a.Put(r => r.Sign(a.Store, "x-amz-tagging", "a=1&a=2")))
        {
            LocalS3 = ("501 NotImplemented", "Tagging is not implemented."),
            Rgw = ("200", "Both tags are accepted."),
            Swift = ("501 NotImplemented", "Swift does not support tags."),
        },
        new("an unknown storage class, signed", "400 InvalidStorageClass", Sources.Recorded, a => a.Put(r => r.Sign(a.Store, "x-amz-storage-class", "UNKNOWN")))
        {
            Rgw = ("400 InvalidArgument", "The response has a different code."),
        },
        new("an unknown canned ACL, signed", "400 InvalidArgument", Sources.Recorded, a => a.Put(r => r.Sign(a.Store, "x-amz-acl", "unknown"))),
        new("more than 2 KB of metadata, signed", "400 MetadataTooLarge", Sources.Errors, a => a.Put(r => r.Sign(a.Store, "x-amz-meta-long", new string('m', 2100))))
        {
            Rgw = ("200", "Metadata of this size is accepted."),
            Swift = ("500 InternalError", "The value exceeds a limit of the server, and Swift does not handle the error."),
        },
    ];

    private static IEnumerable<StrictnessRow> Conditions =>
    [
        new("If-None-Match: * and the object does not exist", "200", "AWS, \"PutObject\" (Amazon S3 API Reference)",
            a => a.Put(new PutObject(a.Key) { IfNoneMatch = "*" }))
        {
            Swift = ("501 NotImplemented", "Swift does not support conditional uploads."),
        },
        new("If-None-Match: * and the object exists", "412 PreconditionFailed", Sources.Recorded, async a =>
        {
            await a.Store.Put(a.Key, Attempt.Content);
            return await a.Put(new PutObject(a.Key) { IfNoneMatch = "*" });
        })
        {
            Swift = ("501 NotImplemented", "Swift does not support conditional uploads."),
        },
        new("If-None-Match with an ETag on a PUT", "501 NotImplemented", Sources.Recorded, a => a.Put(r => r.Sign(a.Store, "if-none-match", WrongETag)))
        {
            Rgw = ("412 PreconditionFailed", "The condition is evaluated, and an object that does not exist does not meet it."),
        },
        new("If-Match with a different ETag on a PUT", "412 PreconditionFailed", Sources.Recorded, async a =>
        {
            await a.Store.Put(a.Key, Attempt.Content);
            return await a.Put(new PutObject(a.Key) { IfMatch = WrongETag });
        })
        {
            Swift = ("501 NotImplemented", "Swift does not support conditional uploads."),
        },
        new("If-Match on a PUT and the object does not exist", "404 NoSuchKey", "AWS, \"PutObject\" (Amazon S3 API Reference)",
            a => a.Put(new PutObject(a.Key) { IfMatch = WrongETag }))
        {
            Rgw = ("412 PreconditionFailed", "The response has a different status."),
            Swift = ("501 NotImplemented", "Swift does not support conditional uploads."),
        },
        new("If-Match with a different ETag on a GET", "412 PreconditionFailed", Sources.Recorded, a => a.Get(r => r.With("If-Match", WrongETag))),
        new("If-None-Match with the ETag on a GET", "304", Sources.Recorded, async a =>
        {
            Observed got = await a.Get();
            return await a.Send(new GetObject(a.Key), null, r => r.With("If-None-Match", got.Header("ETag")!));
        }),
        new("If-Modified-Since with the time of the upload on a GET", "304", Sources.Rfc9110 + " § 13.1.3", async a =>
        {
            Observed got = await a.Get();
            return await a.Send(new GetObject(a.Key), null, r => r.With("If-Modified-Since", got.Header("Last-Modified")!));
        }),
        new("If-Unmodified-Since in the past on a GET", "412 PreconditionFailed", Sources.Recorded,
            a => a.Get(r => r.With("If-Unmodified-Since", "Sat, 01 Jan 2000 00:00:00 GMT"))),
        new("Range within the object", "206", "AWS, \"GetObject\" (Amazon S3 API Reference)", a => a.Get(r => r.With("Range", "bytes=2-5"))),
        new("Range after the end of the object", "416 InvalidRange", Sources.Recorded, a => a.Get(r => r.With("Range", "bytes=10-20"))),
        new("Range of the last 0 bytes", "416 InvalidRange", Sources.Rfc9110 + " § 14.1.2", a => a.Get(r => r.With("Range", "bytes=-0")))
        {
            Rgw = ("206", "A range of 0 bytes is not rejected."),
        },
        new("Range that is malformed is ignored", "200", Sources.Inferred + "RFC 9110 § 14.2, which also allows a server to reject it",
            a => a.Get(r => r.With("Range", "bytes=5-2")))
        {
            Rgw = ("416 InvalidRange", "A malformed range is rejected, which RFC 9110 allows."),
        },
        new("Range in an unknown unit is ignored", "200", Sources.Rfc9110 + " § 14.2", a => a.Get(r => r.With("Range", "lines=0-1"))),
    ];

    private static IEnumerable<StrictnessRow> Multipart =>
    [
        new("an upload of one part", "200", "AWS, \"CompleteMultipartUpload\" (Amazon S3 API Reference)", async a =>
        {
            string id = await a.CreateUpload();
            return await a.Complete(id, await a.UploadPart(id, 1, Attempt.Content));
        }),
        new("CompleteMultipartUpload with a wrong ETag", "400 InvalidPart", Sources.Recorded, async a =>
        {
            string id = await a.CreateUpload();
            await a.UploadPart(id, 1, Attempt.Content);
            return await a.Complete(id, new CompletedPart(1, WrongETag));
        }),
        new("CompleteMultipartUpload with a part that was not uploaded", "400 InvalidPart", Sources.Recorded, async a =>
        {
            string id = await a.CreateUpload();
            CompletedPart part = await a.UploadPart(id, 1, Attempt.Content);
            return await a.Complete(id, new CompletedPart(2, part.ETag));
        }),
        new("CompleteMultipartUpload with the parts in the wrong order", "400 InvalidPartOrder", Sources.Recorded, async a =>
        {
            string id = await a.CreateUpload();
            CompletedPart first = await a.UploadPart(id, 1, Attempt.Content);
            CompletedPart second = await a.UploadPart(id, 2, Attempt.Content);
            return await a.Send(new CompleteMultipartUpload(a.Key, id), PartList((2, second.ETag), (1, first.ETag)));
        })
        {
            Rgw = ("400 EntityTooSmall", "The sizes are checked first."),
        },
        new("CompleteMultipartUpload with a part below 5 MiB that is not the last", "400 EntityTooSmall", Sources.Recorded, async a =>
        {
            string id = await a.CreateUpload();
            return await a.Complete(id, await a.UploadPart(id, 1, Attempt.Content), await a.UploadPart(id, 2, Attempt.Content));
        }),
        new("CompleteMultipartUpload without parts", "400", Sources.Recorded, async a => await a.Send(new CompleteMultipartUpload(a.Key, await a.CreateUpload()), PartList())),
        new("CompleteMultipartUpload with text that is not XML", "400 MalformedXML", Sources.Recorded, async a => await a.Send(new CompleteMultipartUpload(a.Key, await a.CreateUpload()), Attempt.Content)),
        new("CompleteMultipartUpload of an unknown upload", "404 NoSuchUpload", Sources.Recorded, a => a.Complete("unknown", new CompletedPart(1, WrongETag)))
        {
            Rgw = ("500 InternalError", "The missing upload is not handled."),
        },
        new("CompleteMultipartUpload of a different key", "404 NoSuchUpload", Sources.Errors, async a =>
        {
            string id = await a.CreateUpload();
            CompletedPart part = await a.UploadPart(id, 1, Attempt.Content);
            return await a.Send(new CompleteMultipartUpload(a.Key + "x", id), CompleteMultipartUpload.CreateBody([part]));
        })
        {
            Rgw = ("500 InternalError", "The missing upload is not handled."),
        },
        new("UploadPart of an unknown upload", "404 NoSuchUpload", Sources.Recorded, a => a.Put(new UploadPart(a.Key, "unknown", 1))),
        new("ListParts of an unknown upload", "404 NoSuchUpload", Sources.Recorded, a => a.Send(new ListParts(a.Key, "unknown"), null))
        {
            Rgw = ("404 NoSuchKey", "The response has a different code."),
        },
        new("AbortMultipartUpload of an unknown upload", "404 NoSuchUpload", Sources.Errors, a => a.Send(new AbortMultipartUpload(a.Key, "unknown"), null)),
        new("UploadPart with the part number 0, signed", "400 InvalidArgument", Sources.Recorded, async a => await a.Put(new UploadPart(a.Key, await a.CreateUpload(), 1), r => r.Set("partNumber", "0").Sign(a.Store)))
        {
            Rgw = ("200", "The number is not checked."),
        },
        new("UploadPart with the part number 10,000", "200", "AWS, \"UploadPart\" (Amazon S3 API Reference)", async a => await a.Put(new UploadPart(a.Key, await a.CreateUpload(), 10000)))
        {
            Swift = ("400 InvalidArgument", "Swift allows 1,000 parts, unless it is configured differently."),
        },
        new("UploadPart with the part number 10,001, signed", "400 InvalidArgument", Sources.Recorded, async a => await a.Put(new UploadPart(a.Key, await a.CreateUpload(), 1), r => r.Set("partNumber", "10001").Sign(a.Store)))
        {
            Rgw = ("200", "The number is not checked."),
        },
        new("UploadPart with a part number that is not a number, signed", "400 InvalidArgument", Sources.Recorded, async a => await a.Put(new UploadPart(a.Key, await a.CreateUpload(), 1), r => r.Set("partNumber", "abc").Sign(a.Store))),
        new("the part number changed", "403 SignatureDoesNotMatch", Sources.Canonical, async a => await a.Put(new UploadPart(a.Key, await a.CreateUpload(), 1), r => r.Set("partNumber", "2"))),
        new("UploadPart with the Content-MD5 of a different body", "400 BadDigest", Sources.Recorded, async a => await a.Put(new UploadPart(a.Key, await a.CreateUpload(), 1), r => r.With("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA=="))),
    ];

    // CompleteMultipartUpload.CreateBody sorts the parts and requires at least one.
    private static byte[] PartList(params (int Number, string ETag)[] parts) => Encoding.UTF8.GetBytes(
        "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
        + string.Concat(parts.Select(part => $"<Part><PartNumber>{part.Number}</PartNumber><ETag>{part.ETag}</ETag></Part>"))
        + "</CompleteMultipartUpload>");
}
