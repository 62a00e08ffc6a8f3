using System.Security.Cryptography;

namespace PresignKit.LiveTests.Strictness;

/// <summary>Rows about headers: signed ones that are missing or changed, unsigned ones that are added, and those that describe the body.</summary>
internal static class HeaderRows
{
    private const string EmptyBodyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string ContentHash = "84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882";

#pragma warning disable CA5351 // The Content-MD5 header requires MD5.
    private static readonly string ContentMD5 = Convert.ToBase64String(MD5.HashData(Attempt.Content));
    private static readonly string OtherMD5 = Convert.ToBase64String(MD5.HashData([1]));
#pragma warning restore CA5351

    public static IEnumerable<StrictnessRow> All => [.. Signed, .. Unsigned, .. Body];

    private static IEnumerable<StrictnessRow> Signed =>
    [
        new("signed Content-Type sent", "200", Sources.Canonical, a => a.Put(Typed(a))),
        new("signed Content-Type not sent", "403 SignatureDoesNotMatch", Sources.Canonical, a => a.Put(Typed(a), r => r.WithoutHeader("content-type"))),
        new("signed Content-Type changed", "403 SignatureDoesNotMatch", Sources.Canonical, a => a.Put(Typed(a), r => r.With("Content-Type", "text/html"))),
        new("signed Content-Type with a charset appended", "403 SignatureDoesNotMatch", Sources.Canonical,
            a => a.Put(Typed(a), r => r.With("Content-Type", "text/plain; charset=utf-8"))),
        new("signed Content-Type in uppercase", "403 SignatureDoesNotMatch", Sources.Canonical, a => a.Put(Typed(a), r => r.With("Content-Type", "TEXT/PLAIN"))),
        new("signed x-amz-meta header not sent", "403 SignatureDoesNotMatch", Sources.Canonical, a => a.Put(WithMeta(a), r => r.WithoutHeader("x-amz-meta-note"))),
        new("signed x-amz-meta header changed", "403 SignatureDoesNotMatch", Sources.Canonical, a => a.Put(WithMeta(a), r => r.With("x-amz-meta-note", "one three"))),
        new("signed x-amz-meta header with additional white space", "200", Sources.Canonical, a => a.Put(WithMeta(a), r => r.With("x-amz-meta-note", "  one   two "))),
        new("signed x-amz-meta header with its name in uppercase", "200", Sources.Canonical,
            a => a.Put(WithMeta(a), r => r.WithoutHeader("x-amz-meta-note").With("X-AMZ-META-NOTE", "one two"))),
        new("signed x-amz-meta header sent twice", "403 SignatureDoesNotMatch", Sources.Canonical,
            a => a.Put(WithMeta(a), r => r.WithAnother("x-amz-meta-note", "one two")))
        {
            Rgw = ("200", "Only one of the two headers is signed."),
        },
        new("signed x-amz-acl changed", "403 SignatureDoesNotMatch", Sources.Canonical,
            a => a.Put(new PutObject(a.Key) { Acl = "private" }, r => r.With("x-amz-acl", "public-read"))),
        new("signed Content-Length, body of that length", "200", Sources.Canonical, a => a.Put(new PutObject(a.Key) { ContentLength = Attempt.Content.Length })),
        new("signed Content-Length, longer body", "403 SignatureDoesNotMatch", Sources.Canonical,
            a => a.Put(new PutObject(a.Key) { ContentLength = Attempt.Content.Length }, r => (r with { Body = [.. r.Body, 1] }).WithoutHeader("content-length"))),
        new("signed Content-Length, shorter body", "403 SignatureDoesNotMatch", Sources.Canonical,
            a => a.Put(new PutObject(a.Key) { ContentLength = Attempt.Content.Length }, r => (r with { Body = r.Body[1..] }).WithoutHeader("content-length"))),
        new("signed Content-Length, empty body", "403 SignatureDoesNotMatch", Sources.Canonical,
            a => a.Put(new PutObject(a.Key) { ContentLength = Attempt.Content.Length }, r => (r with { Body = [] }).WithoutHeader("content-length"))),
        new("signed Range changed", "403 SignatureDoesNotMatch", Sources.Canonical, a => a.Get(r => r.Sign(a.Store, "range", "bytes=0-1").With("range", "bytes=0-9"))),
        new("host not signed", "403 AccessDenied", Sources.Inferred + "reports of HeadersNotSigned with the value host",
            a => a.Get(r => r.Set("X-Amz-SignedHeaders", "").Sign(a.Store)))
        {
            Swift = ("403 SignatureDoesNotMatch", "The host is always part of the signature."),
            LocalS3 = ("400 AuthorizationQueryParametersError", "An empty parameter counts as a missing one."),
        },
        new("SignedHeaders with an additional name", "403 SignatureDoesNotMatch", Sources.Canonical, a => a.Get(r => r.Set("X-Amz-SignedHeaders", "host%3Bx-own"))),
        new("SignedHeaders in uppercase, signed", "4xx", Sources.Inferred + "the signed names, which are lowercase",
            a => a.Get(r => r.Set("X-Amz-SignedHeaders", "HOST").Sign(a.Store))),
        new("a different host", "403 SignatureDoesNotMatch", Sources.Canonical, a => a.Get(r => r.With("Host", "localhost:1"))),
        new("the port removed from the host", "403 SignatureDoesNotMatch", Sources.Canonical, a => a.Get(r => r.With("Host", new Uri(a.Store.Endpoint).Host)))
        {
            Rgw = ("200", "The server adds its own port."),
        },
        new("X-Forwarded-Host with a different host", "200", Sources.Inferred + "the signature, which contains the Host header only",
            a => a.Get(r => r.With("X-Forwarded-Host", "evil.example"))),
    ];

    private static IEnumerable<StrictnessRow> Unsigned
    {
        get
        {
            foreach ((string name, string value, string? swift) in ((string, string, string?)[])
            [
                ("x-amz-acl", "public-read", null), ("x-amz-grant-read", "uri=\"http://acs.amazonaws.com/groups/global/AllUsers\"", null), ("x-amz-meta-owner", "somebody", null),
                ("x-amz-tagging", "a=b", "501 NotImplemented"), ("x-amz-storage-class", "STANDARD", "200"), ("x-amz-server-side-encryption", "AES256", "501 NotImplemented"),
                ("x-amz-website-redirect-location", "/other", "501 NotImplemented"),
                ("x-amz-checksum-crc32", "AAAAAA==", "200"), ("x-amz-unknown", "1", "200"),
            ])
            {
                yield return new($"unsigned {name} added to a PUT URL", "403 AccessDenied", Sources.Recorded, a => a.Put(r => r.With(name, value)))
                {
                    Rgw = ("200", "Headers that are not signed are accepted."),
                    Swift = swift is null ? null : (swift, swift[0] == '2' ? "Only some x-amz-* headers must be signed." : "Swift does not support the header, and checks this first."),
                };
            }

            yield return new("unsigned x-amz-copy-source added to a PUT URL", "403 AccessDenied", Sources.Recorded, async a =>
            {
                await a.Store.Put("source", Attempt.Content);
                return await a.Put(r => r.With("x-amz-copy-source", $"/{a.Store.Bucket}/source") with { Body = [] });
            })
            {
                Rgw = ("200", "Headers that are not signed are accepted: the object is copied."),
            };
            yield return new("unsigned x-amz-meta header added to a GET URL", "403 AccessDenied", Sources.Recorded,
                a => a.Get(r => r.With("x-amz-meta-owner", "somebody")))
            {
                Rgw = ("200", "Headers that are not signed are accepted."),
            };
            yield return new("unsigned x-amz-content-sha256: UNSIGNED-PAYLOAD", "200", Sources.Inferred + "the recorded HeadersNotSigned, which omit this header",
                a => a.Put(r => r.With("x-amz-content-sha256", "UNSIGNED-PAYLOAD")));
            yield return new("unsigned Content-Type added to a PUT URL", "200", Sources.Recorded, a => a.Put(r => r.With("Content-Type", "text/html")));
            yield return new("unsigned Cache-Control added to a PUT URL", "200", Sources.Inferred + "the rule that only x-amz-* headers must be signed",
                a => a.Put(r => r.With("Cache-Control", "no-store")));
            yield return new("unsigned Range added to a GET URL", "206", Sources.Inferred + "the rule that only x-amz-* headers must be signed",
                a => a.Get(r => r.With("Range", "bytes=0-3")));
            yield return new("unsigned User-Agent and X-Request-Id", "200", Sources.Inferred + "the rule that only x-amz-* headers must be signed",
                a => a.Get(r => r.With("User-Agent", "test/1").With("X-Request-Id", "1")));
        }
    }

    private static IEnumerable<StrictnessRow> Body =>
    [
        new("signed Content-MD5 of the body", "200", Sources.Recorded, a => a.Put(new PutObject(a.Key) { ContentMD5 = ContentMD5 })),
        new("signed Content-MD5 of a different body", "400 BadDigest", Sources.Recorded, a => a.Put(new PutObject(a.Key) { ContentMD5 = OtherMD5 })),
        new("unsigned Content-MD5 of a different body", "400 BadDigest", Sources.Recorded, a => a.Put(r => r.With("Content-MD5", OtherMD5))),
        new("signed Content-MD5 that is not base64", "400 InvalidDigest", Sources.Recorded, a => a.Put(r => r.Sign(a.Store, "content-md5", "!!!!")))
        {
            Rgw = ("403 AccessDenied", "The response has a different status."),
        },
        new("signed Content-MD5 of the wrong length", "400 InvalidDigest", Sources.Recorded, a => a.Put(r => r.Sign(a.Store, "content-md5", "AAAA"))),
        new("signed Content-MD5 that is empty", "400 InvalidDigest", Sources.Inferred + "the recorded response to a malformed Content-MD5",
            a => a.Put(r => r.Sign(a.Store, "content-md5", ""))),
        new("signed x-amz-content-sha256 of the body", "200", Sources.Canonical, a => a.Put(r => r.Sign(a.Store, "x-amz-content-sha256", ContentHash)))
        {
            Swift = ("403 SignatureDoesNotMatch", "The hash is not part of the signature of a URL."),
        },
        new("signed x-amz-content-sha256 of a different body", "400 XAmzContentSHA256Mismatch", Sources.Errors,
            a => a.Put(r => r.Sign(a.Store, "x-amz-content-sha256", EmptyBodyHash)))
        {
            Swift = ("403 SignatureDoesNotMatch", "The hash is not part of the signature of a URL."),
        },
        new("signed x-amz-content-sha256, empty body", "400 XAmzContentSHA256Mismatch", Sources.Errors,
            a => a.Put(r => r.Sign(a.Store, "x-amz-content-sha256", ContentHash) with { Body = [] }))
        {
            Rgw = ("200", "The hash of an empty body is not compared."),
            Swift = ("403 SignatureDoesNotMatch", "The hash is not part of the signature of a URL."),
        },
        new("signed x-amz-content-sha256 that is not a hash", "4xx", Sources.Inferred + "the documented values of x-amz-content-sha256",
            a => a.Put(r => r.Sign(a.Store, "x-amz-content-sha256", "abc"))),
        new("signed x-amz-content-sha256 changed to UNSIGNED-PAYLOAD", "403 SignatureDoesNotMatch", Sources.Canonical,
            a => a.Put(r => r.Sign(a.Store, "x-amz-content-sha256", ContentHash).With("x-amz-content-sha256", "UNSIGNED-PAYLOAD"))),
        new("signed x-amz-checksum-crc32 of the body", "200", Sources.Recorded,
            a => a.Put(new PutObject(a.Key) { Checksum = new Checksum(ChecksumAlgorithm.Crc32, Crc32(Attempt.Content)) })),
        new("signed x-amz-checksum-crc32 of a different body", "400 BadDigest", Sources.Recorded,
            a => a.Put(new PutObject(a.Key) { Checksum = new Checksum(ChecksumAlgorithm.Crc32, Crc32([1])) }))
        {
            Rgw = ("200", "Checksums are ignored."),
            Swift = ("200", "Checksums are ignored."),
        },
        new("signed x-amz-checksum-sha256 of the body", "200", Sources.Recorded,
            a => a.Put(new PutObject(a.Key) { Checksum = new Checksum(ChecksumAlgorithm.Sha256, SHA256.HashData(Attempt.Content)) })),
        new("signed x-amz-checksum-sha256 of a different body", "400 BadDigest", Sources.Recorded,
            a => a.Put(new PutObject(a.Key) { Checksum = new Checksum(ChecksumAlgorithm.Sha256, SHA256.HashData([1])) }))
        {
            Rgw = ("200", "Checksums are ignored."),
            Swift = ("200", "Checksums are ignored."),
        },
        new("signed x-amz-checksum-sha256 of the wrong length", "400 InvalidRequest", Sources.Recorded,
            a => a.Put(r => r.Sign(a.Store, "x-amz-checksum-sha256", "AAAAAA==")))
        {
            Rgw = ("200", "Checksums are ignored."),
            Swift = ("200", "Checksums are ignored."),
        },
        new("two signed checksum headers", "400 InvalidRequest", Sources.Recorded, a => a.Put(r => r
            .Sign(a.Store, "x-amz-checksum-crc32", Convert.ToBase64String(Crc32(Attempt.Content))).Sign(a.Store, "x-amz-checksum-sha256", Convert.ToBase64String(SHA256.HashData(Attempt.Content)))))
        {
            Rgw = ("200", "Checksums are ignored."),
            Swift = ("200", "Checksums are ignored."),
        },
        new("a checksum signed as a query parameter is not a header", "200", Sources.Inferred + "reports that S3 ignores the checksum that the AWS SDK for JavaScript puts into the query",
            a => a.Put(r => r.Append("x-amz-checksum-crc32=AAAAAA%3D%3D").Sign(a.Store))),
    ];

    private static PutObject Typed(Attempt attempt) => new(attempt.Key) { ContentType = "text/plain" };

    private static PutObject WithMeta(Attempt attempt) => new(attempt.Key) { Metadata = new Dictionary<string, string> { ["note"] = "one two" } };

    /// <summary>Returns the CRC-32 of ISO 3309 as 4 bytes in big-endian order, which is the form of x-amz-checksum-crc32.</summary>
    private static byte[] Crc32(byte[] content)
    {
        uint crc = uint.MaxValue;
        foreach (byte one in content)
        {
            crc ^= one;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        byte[] bytes = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, ~crc);
        return bytes;
    }
}
