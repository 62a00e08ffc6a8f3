using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PresignKit.LiveTests.Strictness;

/// <summary>Rows about the URL: its signature, its parameters and its path.</summary>
internal static class UrlRows
{
    private const string Zeros = "0000000000000000000000000000000000000000000000000000000000000000";

    // The codes of AWS's messages about X-Amz-* parameters, which MinIO's table of errors repeats word for word.
    private const string Copied = Sources.Inferred + "the documented rule, with the code that MinIO copies from AWS";

    // A changed URL has a different canonical request, so its signature is wrong.
    private const string Signature = Sources.Canonical;

    public static IEnumerable<StrictnessRow> All => [.. Lifetime, .. Parameters, .. Signatures, .. Scope, .. Paths, .. OtherCredentials];

    private static IEnumerable<StrictnessRow> Lifetime =>
    [
        new("a GET URL, sent unchanged", "200", Sources.Query, a => a.Get()),
        new("the same URL, signed again by these tests", "200", Sources.Query, a => a.Get(r => r.Sign(a.Store))),
        new("expired", "403 AccessDenied", Sources.Recorded,
            a => a.Send(WireRequest.Of(a.At(TimeSpan.FromHours(-1)).Presign(new GetObject(a.Key) { ExpiresIn = TimeSpan.FromMinutes(59) })))),
        new("signed an hour ago, valid for two hours", "200", Sources.Query, async a =>
        {
            await a.Store.Put(a.Key, Attempt.Content);
            return await a.Send(WireRequest.Of(a.At(TimeSpan.FromHours(-1)).Presign(new GetObject(a.Key) { ExpiresIn = TimeSpan.FromHours(2) })));
        }),
        new("X-Amz-Expires=1, sent after 3 seconds", "403 AccessDenied", Sources.Recorded, async a =>
        {
            await a.Store.Put(a.Key, Attempt.Content);
            return await a.Send(WireRequest.Of(a.At(TimeSpan.FromSeconds(-3)).Presign(new GetObject(a.Key) { ExpiresIn = TimeSpan.FromSeconds(1) })));
        }),
        new("signed a minute ahead (the clocks of client and server differ)", "200", Sources.Inferred + "the clock skew of 15 minutes that AWS allows", async a =>
        {
            await a.Store.Put(a.Key, Attempt.Content);
            return await a.Send(WireRequest.Of(a.At(TimeSpan.FromMinutes(1)).Presign(new GetObject(a.Key))));
        }),
        new("signed an hour ahead", "403 AccessDenied", Copied, async a =>
        {
            await a.Store.Put(a.Key, Attempt.Content);
            return await a.Send(WireRequest.Of(a.At(TimeSpan.FromHours(1)).Presign(new GetObject(a.Key))));
        })
        {
            Rgw = ("200", "A date in the future is accepted."),
            Swift = ("200", "A date in the future is accepted."),
        },
        new("X-Amz-Expires=0, signed", "4xx", Sources.Inferred + "the documented minimum of 1 second", a => a.Get(r => r.Set("X-Amz-Expires", "0").Sign(a.Store))),
        new("X-Amz-Expires=-1, signed", "400 AuthorizationQueryParametersError", Copied, a => a.Get(r => r.Set("X-Amz-Expires", "-1").Sign(a.Store)))
        {
            Rgw = ("403 AccessDenied", "The response does not describe the problem."),
        },
        new("X-Amz-Expires=604800, signed", "200", Sources.Query, a => a.Get(r => r.Set("X-Amz-Expires", "604800").Sign(a.Store))),
        new("X-Amz-Expires=604801, signed", "400 AuthorizationQueryParametersError", Copied, a => a.Get(r => r.Set("X-Amz-Expires", "604801").Sign(a.Store)))
        {
            Rgw = ("403 AccessDenied", "The response does not describe the problem."),
        },
        new("X-Amz-Expires=abc, signed", "400 AuthorizationQueryParametersError", Copied, a => a.Get(r => r.Set("X-Amz-Expires", "abc").Sign(a.Store)))
        {
            Rgw = ("403 AccessDenied", "The response does not describe the problem."),
        },
        new("X-Amz-Expires larger than a 64-bit integer, signed", "4xx", Copied, a => a.Get(r => r.Set("X-Amz-Expires", "99999999999999999999").Sign(a.Store))),
        new("X-Amz-Expires changed", "403 SignatureDoesNotMatch", Signature, a => a.Get(r => r.Set("X-Amz-Expires", "7200"))),
    ];

    private static IEnumerable<StrictnessRow> Parameters
    {
        get
        {
            foreach ((string name, string swift) in ((string, string)[])
            [
                ("X-Amz-Algorithm", "400 InvalidArgument"), ("X-Amz-Credential", "400"), ("X-Amz-Date", "403 AccessDenied"), ("X-Amz-Expires", "403 AccessDenied"),
                ("X-Amz-SignedHeaders", "400 AuthorizationHeaderMalformed"), ("X-Amz-Signature", "403 AccessDenied"),
            ])
            {
                yield return new(name + " missing", "400 AuthorizationQueryParametersError", Sources.Recorded, a => a.Get(r => r.Without(name)))
                {
                    Rgw = ("403 AccessDenied", "It does not say which parameter is missing."),
                    Swift = (swift, "The check that fails first depends on the parameter."),
                };
                yield return new(name + " empty", "4xx", Sources.Inferred + "the recorded response to a missing parameter", a => a.Get(r => r.Set(name, "")));
                yield return new(name + " given twice, with the same value", "4xx", Sources.Inferred + "the canonical query, which contains each parameter",
                    a => a.Get(r => r.Append(name + '=' + Uri.EscapeDataString(r.Get(name)))))
                {
                    Rgw = ("200", "Two parameters with the same name and value count once."),
                    Swift = ("200", "Two parameters with the same name and value count once."),
                };
                yield return new(name + " in lowercase", "4xx", Sources.Inferred + "the canonical query, which is case-sensitive",
                    a => a.Get(r => r.Map(name, one => one.Replace(name, name.ToLowerInvariant(), StringComparison.Ordinal))))
                {
                    Rgw = name == "X-Amz-Signature" ? ("200", "The names of parameters that are not signed are not case-sensitive.") : null,
                };
            }

            yield return new("all X-Amz-* parameters missing (an anonymous GET)", "403 AccessDenied", Sources.Recorded,
                a => a.Get(r => r with { Target = r.Target.Split('?')[0] }))
            {
                Swift = ("400", "The request does not reach the S3 API, and Swift does not know its path."),
            };
            yield return new("an anonymous PUT", "403 AccessDenied", Sources.Recorded, a => a.Put(r => r with { Target = r.Target.Split('?')[0] }))
            {
                Swift = ("400", "The request does not reach the S3 API, and Swift does not know its path."),
            };
            yield return new("an anonymous GET with response-content-type", "400 InvalidRequest", "AWS, \"GetObject\" (Amazon S3 API Reference)",
                a => a.Get(r => r with { Target = r.Target.Split('?')[0] + "?response-content-type=text%2Fplain" }))
            {
                Rgw = ("403 AccessDenied", "The response to an anonymous request is always AccessDenied."),
                Swift = ("400", "The request does not reach the S3 API, and Swift does not know its path."),
            };
            yield return new("parameters in a different order", "200", Sources.Canonical, a => a.Get(r => r.MapQuery(all => all.Reverse())));
            yield return new("lowercase escapes in the query", "200", Sources.Inferred + "the canonical query, which is encoded after decoding",
                a => a.Get(r => r.Map("X-Amz-Credential", one => one.Replace("%2F", "%2f", StringComparison.Ordinal))));
            yield return new("response-content-type appended", "403 SignatureDoesNotMatch", Signature, a => a.Get(r => r.Append("response-content-type=text%2Fhtml")));
            yield return new("response-content-disposition signed", "200", "AWS, \"GetObject\" (Amazon S3 API Reference)",
                a => a.Get(r => r.Append("response-content-disposition=attachment").Sign(a.Store)));
            yield return new("unknown parameter appended", "403 SignatureDoesNotMatch", Signature, a => a.Get(r => r.Append("foo=bar")));
            yield return new("unknown parameter signed", "200", Sources.Inferred + "the documented use of x-* parameters for the caller's own purposes",
                a => a.Get(r => r.Append("x-own=1").Sign(a.Store)));
            yield return new("versionId appended", "403 SignatureDoesNotMatch", Signature, a => a.Get(r => r.Append("versionId=null")));
            yield return new("acl appended", "403 SignatureDoesNotMatch", Signature, a => a.Get(r => r.Append("acl")));
            yield return new("uploadId appended to a PUT URL", "403 SignatureDoesNotMatch", Signature, a => a.Put(r => r.Append("partNumber=1&uploadId=abc")));
            yield return new("signed parameter removed", "403 SignatureDoesNotMatch", Signature,
                a => a.Get(new GetObject(a.Key) { Query = [new("x-own", "1")] }, r => r.Without("x-own")));
            yield return new("signed parameter changed", "403 SignatureDoesNotMatch", Signature,
                a => a.Get(new GetObject(a.Key) { Query = [new("x-own", "1")] }, r => r.Set("x-own", "2")));
            yield return new("X-Amz-Algorithm unknown, signed", "400 AuthorizationQueryParametersError", Copied,
                a => a.Get(r => r.Set("X-Amz-Algorithm", "AWS4-HMAC-SHA512").Sign(a.Store)))
            {
                Rgw = ("403 AccessDenied", "The response does not describe the problem."),
                Swift = ("400 InvalidArgument", "The response has a different code."),
            };
            yield return new("X-Amz-Date in ISO 8601's extended format, signed", "400 AuthorizationQueryParametersError", Copied,
                a => a.Get(r => r.Set("X-Amz-Date", DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH'%3A'mm'%3A'ss'Z'", CultureInfo.InvariantCulture)).Sign(a.Store)))
            {
                Rgw = ("403 AccessDenied", "The response does not describe the problem."),
                Swift = ("403 AccessDenied", "The response does not describe the problem."),
            };
            yield return new("X-Amz-Date without a time, signed", "400 AuthorizationQueryParametersError", Copied,
                a => a.Get(r => r.Set("X-Amz-Date", r.Get("X-Amz-Date")[..8]).Sign(a.Store)))
            {
                Rgw = ("403 AccessDenied", "The response does not describe the problem."),
                Swift = ("403 AccessDenied", "The response does not describe the problem."),
            };
            yield return new("X-Amz-Date in month 13, signed", "4xx", Copied,
                a => a.Get(r => r.Set("X-Amz-Date", r.Get("X-Amz-Date")[..4] + "1301T000000Z").Sign(a.Store)));
            yield return new("X-Amz-Date changed by a second", "403 SignatureDoesNotMatch", Signature,
                a => a.Get(r => r.Set("X-Amz-Date", OtherDigit(r.Get("X-Amz-Date"), 14))));
        }
    }

    private static IEnumerable<StrictnessRow> Signatures =>
    [
        new("one digit of the signature changed", "403 SignatureDoesNotMatch", Signature,
            a => a.Get(r => r.Set("X-Amz-Signature", OtherDigit(r.Get("X-Amz-Signature"), 63)))),
        new("a signature of zeros", "403 SignatureDoesNotMatch", Signature, a => a.Get(r => r.Set("X-Amz-Signature", Zeros))),
        new("the signature in uppercase", "403 SignatureDoesNotMatch", Sources.Inferred + "the signature, which is lowercase",
            a => a.Get(r => r.Set("X-Amz-Signature", r.Get("X-Amz-Signature").ToUpperInvariant()))),
        new("a signature of 63 digits", "403 SignatureDoesNotMatch", Signature, a => a.Get(r => r.Set("X-Amz-Signature", r.Get("X-Amz-Signature")[..63]))),
        new("a signature of 65 digits", "403 SignatureDoesNotMatch", Signature, a => a.Get(r => r.Set("X-Amz-Signature", r.Get("X-Amz-Signature") + '0'))),
        new("a signature of one digit", "403 SignatureDoesNotMatch", Signature, a => a.Get(r => r.Set("X-Amz-Signature", r.Get("X-Amz-Signature")[..1]))),
        new("a signature that is not hexadecimal", "403 SignatureDoesNotMatch", Signature,
            a => a.Get(r => r.Set("X-Amz-Signature", "z" + r.Get("X-Amz-Signature")[1..]))),
        new("signed with a different secret", "403 SignatureDoesNotMatch", Sources.Errors,
            a => a.Send(WireRequest.Of(a.With(options => options.SecretAccessKey = "different/secret").Presign(new GetObject(a.Key))))),
        new("GET URL sent as HEAD", "403", Signature, a => a.Get(r => r with { Method = "HEAD" })),
        new("GET URL sent as PUT", "403 SignatureDoesNotMatch", Signature, a => a.Get(r => r with { Method = "PUT", Body = [1] })),
        new("GET URL sent as DELETE", "403 SignatureDoesNotMatch", Signature, a => a.Get(r => r with { Method = "DELETE" })),
        new("GET URL sent as POST", "403 SignatureDoesNotMatch", Signature, a => a.Get(r => r with { Method = "POST" }))
        {
            Swift = ("501 NotImplemented", "Swift does not support this request, and checks this first."),
        },
        new("HEAD URL sent as GET", "403 SignatureDoesNotMatch", Signature, a => a.Get(new HeadObject(a.Key), r => r with { Method = "GET" })),
        new("PUT URL sent as GET", "403 SignatureDoesNotMatch", Signature, a => a.Get(new PutObject(a.Key), r => r with { Method = "GET" })),
        new("DELETE URL sent as GET", "403 SignatureDoesNotMatch", Signature, a => a.Get(new DeleteObject(a.Key), r => r with { Method = "GET" })),
        new("GET URL sent with the method 'get'", "4xx", Sources.Rfc9110 + " § 9.1 (methods are case-sensitive)", a => a.Get(r => r with { Method = "get" })),
    ];

    private static IEnumerable<StrictnessRow> Scope =>
    [
        new("wrong region in the scope, signed", "400 AuthorizationQueryParametersError", Sources.Inferred + "the recorded response to an Authorization header with the wrong region (AuthorizationHeaderMalformed)",
            a => a.Get(r => ScopePart(r, 2, "ams3").Sign(a.Store)))
        {
            Rgw = ("200", "The region is not checked."),
        },
        new("wrong service in the scope, signed", "400 AuthorizationQueryParametersError", Copied, a => a.Get(r => ScopePart(r, 3, "iam").Sign(a.Store)))
        {
            Rgw = ("200", "The service is not checked."),
        },
        new("wrong end of the scope, signed", "400 AuthorizationQueryParametersError", Copied, a => a.Get(r => ScopePart(r, 4, "aws5_request").Sign(a.Store)))
        {
            Rgw = ("400 InvalidArgument", "The response has a different code."),
        },
        new("the scope's date is a day before X-Amz-Date, signed", "400 AuthorizationQueryParametersError", Copied,
            a => a.Get(r => ScopePart(r, 1, DateTimeOffset.UtcNow.AddDays(-1).ToString("yyyyMMdd", CultureInfo.InvariantCulture)).Sign(a.Store)))
        {
            Rgw = ("200", "The dates are not compared."),
        },
        new("a scope without the service, signed", "400 AuthorizationQueryParametersError", Sources.Recorded,
            a => a.Get(r => MapCredential(r, parts => [.. parts[..3], parts[4]]).Sign(a.Store)))
        {
            Rgw = ("400 InvalidArgument", "The response has a different code."),
            Swift = ("403 AccessDenied", "The response does not describe the problem."),
        },
        new("a scope with an additional part, signed", "4xx", Sources.Inferred + "the recorded response to a malformed credential",
            a => a.Get(r => MapCredential(r, parts => [.. parts, "more"]).Sign(a.Store))),
        new("the credential encoded twice", "400 AuthorizationQueryParametersError", Sources.Recorded,
            a => a.Get(r => r.Set("X-Amz-Credential", Uri.EscapeDataString(Uri.EscapeDataString(r.Get("X-Amz-Credential"))))))
        {
            Rgw = ("400 InvalidArgument", "The response has a different code."),
            Swift = ("403 AccessDenied", "The response does not describe the problem."),
        },
        new("unknown access key, signed", "403 InvalidAccessKeyId", Sources.Errors, a => a.Get(r => ScopePart(r, 0, "AKIAUNKNOWN000000000").Sign(a.Store)))
        {
            Swift = ("403 SignatureDoesNotMatch", "The response does not disclose which access keys exist."),
        },
        new("no access key, signed", "4xx", Sources.Errors, a => a.Get(r => ScopePart(r, 0, "").Sign(a.Store))),
    ];

    private static IEnumerable<StrictnessRow> Paths =>
    [
        new("the key changed", "403 SignatureDoesNotMatch", Signature, a => a.Get(r => r.Replace("txt?", "txx?"))),
        new("a slash appended to the key", "403 SignatureDoesNotMatch", Signature, a => a.Get(r => r.MapPath(path => path + '/'))),
        new("the slash in the key doubled", "403 SignatureDoesNotMatch", Signature, a => a.Get(r => r.Replace("/a%20b", "//a%20b"))),
        new("the slash in the key encoded", "200", Sources.Inferred + "the canonical URI, in which S3 does not encode the slashes of a key",
            a => a.Get(r => r.Replace("/a%20b", "%2Fa%20b"))),
        new("the slash between bucket and key encoded", "4xx", Sources.Inferred + "path style, in which the bucket ends at the first slash",
            a => a.Get(r => r.Replace(a.Store.Bucket + "/row", a.Store.Bucket + "%2Frow")))
        {
            Rgw = ("200", "The path is decoded before it is split."),
            Swift = ("200", "The path is decoded before it is split."),
        },
        new("a letter of the key encoded", "200", Sources.Inferred + "the canonical URI, which is encoded after decoding",
            a => a.Get(r => r.Replace("/a%20b", "/%61%20b"))),
        new("lowercase escapes in the key", "200", Sources.Inferred + "the canonical URI, which is encoded after decoding", a => a.Get(r => r.Replace("%2B", "%2b"))),
        new("the key encoded twice", "403 SignatureDoesNotMatch", Signature, a => a.Get(r => r.Replace("%20", "%2520"))),
        new("a different bucket", "4xx", Signature, a => a.Get(r => r.Replace(a.Store.Bucket, a.Store.Bucket + "x"))),
        new("the bucket removed from the path", "4xx", Signature, a => a.Get(r => r.Replace('/' + a.Store.Bucket, ""))),
        new("the bucket named twice", "403 SignatureDoesNotMatch", Signature,
            a => a.Get(r => r.Replace('/' + a.Store.Bucket, '/' + a.Store.Bucket + '/' + a.Store.Bucket))),
        new("dot segments that lead to the signed key", "4xx", Signature, a => a.Get(r => r.Replace("/a%20b", "/x/../a%20b"))),
        new("encoded dot segments that lead to the signed key", "4xx", Signature, a => a.Get(r => r.Replace("/a%20b", "/x/%2E%2E/a%20b"))),
        new("a dot segment before the bucket", "4xx", Signature, a => a.Get(r => r.MapPath(path => "/." + path))),
        new("a key with dot segments, signed: not the object that they lead to", "4xx", Sources.Inferred + "keys, which are not normalized",
            a => a.Get(r => r.Replace("/a%20b", "/x/../a%20b").Sign(a.Store))),
        new("a key of 1,025 bytes, signed", "400 KeyTooLongError", Sources.Errors,
            a => a.Put(r => r.MapPath(path => '/' + a.Store.Bucket + '/' + new string('k', 1025)).Sign(a.Store)))
        {
            Rgw = ("400 InvalidObjectName", "The response has a different code."),
        },
        new("a key of 1,024 bytes, signed", "200", "AWS, \"Naming Amazon S3 objects\"",
            a => a.Put(r => r.MapPath(path => '/' + a.Store.Bucket + '/' + new string('k', 1024)).Sign(a.Store))),
        new("an incomplete escape in the path", "4xx", "RFC 3986 § 2.1", a => a.Get(r => r.Replace("txt?", "tx%4?"))),
        new("a key that is not UTF-8, signed", "4xx", Sources.Inferred + "\"Naming Amazon S3 objects\" (keys are UTF-8)",
            a => a.Put(r => r.Replace("txt?", "tx%FF?").Sign(a.Store))),
    ];

    private static IEnumerable<StrictnessRow> OtherCredentials =>
    [
        new("a session token appended", "4xx", Sources.Inferred + "the canonical query, which contains the token", a => a.Get(r => r.Append("X-Amz-Security-Token=abc"))),
        new("a session token that does not exist, signed", "4xx", Sources.Errors + " (InvalidToken)", a => a.Get(r => r.Append("X-Amz-Security-Token=abc").Sign(a.Store)))
        {
            Rgw = ("200", "The token is ignored, because the access key is permanent."),
            Swift = ("200", "Swift does not support session tokens."),
        },
        new("a session token as a header", "4xx", Sources.Inferred + "the recorded response to unsigned x-amz-* headers",
            a => a.Get(r => r.With("x-amz-security-token", "abc")))
        {
            Rgw = ("200", "The header is ignored."),
            Swift = ("200", "Swift does not support session tokens."),
        },
        new("a SigV2 URL, correctly signed", "400 InvalidRequest", "AWS, \"Amazon S3 Signature Version 2 Turned Off (Deprecated)\"", async a =>
        {
            await a.Store.Put(a.Key, Attempt.Content);
            string path = $"/{a.Store.Bucket}/{a.EncodedKey}";
            string expires = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
#pragma warning disable CA5350 // SigV2 is HMAC-SHA1.
            string signature = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(a.Store.SecretAccessKey), Encoding.UTF8.GetBytes($"GET\n\n\n{expires}\n{path}")));
#pragma warning restore CA5350
            return await a.Send(new WireRequest(
                "GET", $"{path}?AWSAccessKeyId={Uri.EscapeDataString(a.Store.AccessKeyId)}&Expires={expires}&Signature={Uri.EscapeDataString(signature)}", [], []));
        })
        {
            Rgw = ("200", "SigV2 is supported."),
            Swift = ("200", "SigV2 is supported."),
            LocalS3 = ("501 NotImplemented", "The response says that SigV2 is not supported."),
        },
        new("a SigV2 URL without its signature", "403 AccessDenied", Sources.Recorded,
            a => a.Get(r => r with { Target = r.Target.Split('?')[0] + $"?AWSAccessKeyId={Uri.EscapeDataString(a.Store.AccessKeyId)}&Expires=4000000000" }))
        {
            Rgw = ("400 InvalidArgument", "The response has a different status."),
        },
        new("the parameters of SigV2 appended to a SigV4 URL", "4xx", Sources.Inferred + "the rule that only one authentication mechanism is allowed",
            a => a.Get(r => r.Append($"AWSAccessKeyId={Uri.EscapeDataString(a.Store.AccessKeyId)}&Expires=4000000000&Signature=AAAA"))),
        new("an Authorization header in addition (Bearer)", "400 InvalidArgument", Sources.Inferred + "reports of \"Only one auth mechanism allowed\"",
            a => a.Get(r => r.With("Authorization", "Bearer abc")))
        {
            Swift = ("200", "The header is ignored."),
        },
        new("an Authorization header in addition (AWS4-HMAC-SHA256)", "400 InvalidArgument", Sources.Inferred + "reports of \"Only one auth mechanism allowed\"",
            a => a.Get(r => r.With(
            "Authorization", $"AWS4-HMAC-SHA256 Credential={r.Get("X-Amz-Credential")}, SignedHeaders=host, Signature={r.Get("X-Amz-Signature")}")))
        {
            Rgw = ("403 AccessDenied", "The header is used instead of the URL."),
            Swift = ("200", "The header is ignored."),
        },
    ];

    private static string OtherDigit(string text, int index) => string.Concat(text.AsSpan(0, index), text[index] == '0' ? "1" : "0", text.AsSpan(index + 1));

    private static WireRequest ScopePart(WireRequest request, int index, string value) => MapCredential(request, parts =>
    {
        parts[index] = value;
        return parts;
    });

    private static WireRequest MapCredential(WireRequest request, Func<string[], string[]> map) =>
        request.Set("X-Amz-Credential", Uri.EscapeDataString(string.Join('/', map(request.Get("X-Amz-Credential").Split('/')))));
}
