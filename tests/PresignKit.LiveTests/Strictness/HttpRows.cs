using System.Text;

namespace PresignKit.LiveTests.Strictness;

/// <summary>Rows that most HTTP clients cannot send: the form of the request itself.</summary>
internal static class HttpRows
{
    public static IEnumerable<StrictnessRow> All =>
    [
        new("two Host headers", "400", Sources.Rfc9112 + " § 3.2",
            a => a.Get(r => r.WithAnother("Host", new Uri(a.Store.Endpoint).Authority).WithAnother("Host", "evil.example")))
        {
            Rgw = ("403 SignatureDoesNotMatch", "The second header is not rejected, but the host does not match the signature."),
            Swift = ("403 SignatureDoesNotMatch", "The second header is not rejected, but the host does not match the signature."),
        },
        new("no Host header", "400", Sources.Rfc9112 + " § 3.2", a => a.Get(r => r.WithAnother("Host", WireRequest.Absent)))
        {
            Rgw = ("403 SignatureDoesNotMatch", "The header is not required, but the host is part of the signature."),
            Swift = ("403 SignatureDoesNotMatch", "The header is not required, but the host is part of the signature."),
        },
        new("the target in absolute form", "200", Sources.Rfc9112 + " § 3.2.2 (servers must accept it)",
            a => a.Get(r => r with { Target = a.Store.Endpoint.TrimEnd('/') + r.Target }))
        {
            Swift = ("500 InternalError", "The target is not handled."),
        },
        new("a space in the target", "400", Sources.Rfc9112 + " § 3", a => a.Get(r => r.Replace("%20", " "))),
        new("white space before the colon of a header", "400", Sources.Rfc9112 + " § 5.1", a => a.Get(r => r.With("x-own ", "1")))
        {
            Swift = ("200", "The line is accepted."),
        },
        new("two different Content-Length headers", "400", Sources.Rfc9112 + " § 6.3",
            a => a.Put(r => r.WithAnother("Content-Length", "10").WithAnother("Content-Length", "3")))
        {
            Swift = ("200", "It uses one of them."),
        },
        new("a Content-Length that is not a number", "400", Sources.Rfc9112 + " § 6.3", a => a.Put(r => r.With("Content-Length", "ten"))),
        new("an upload without a Content-Length", "411 MissingContentLength", Sources.Errors,
            a => a.Put(r => r.WithAnother("Content-Length", WireRequest.Absent) with { Body = [] })),
        new("a chunked upload without a Content-Length", "501 NotImplemented", Sources.Inferred + "reports of \"A header you provided implies functionality that is not implemented\" for Transfer-Encoding",
            a => a.Put(r => r.With("Transfer-Encoding", "chunked") with { Body = Encoding.ASCII.GetBytes("a\r\n0123456789\r\n0\r\n\r\n") }))
        {
            Rgw = ("411 MissingContentLength", "The response has a different status."),
            Swift = ("200", "Chunked uploads are supported."),
        },
        new("Expect: 100-continue with a valid URL", "100", Sources.Rfc9110 + " § 10.1.1", a => Head(a, r => r)),
        new("Expect: 100-continue with a wrong signature is rejected before the body is sent", "403 SignatureDoesNotMatch", Sources.Inferred + "\"Protecting data with Expect: 100-continue\" in \"PutObject\"",
            a => Head(a, r => r.Append("foo=bar"))),
        new("Expect: 100-continue with an expired URL is rejected before the body is sent", "403 AccessDenied", Sources.Inferred + "\"PutObject\"",
            a => WireClient.SendHead(
            a.Store, WireRequest.Of(a.At(TimeSpan.FromHours(-1)).Presign(new PutObject(a.Key) { ExpiresIn = TimeSpan.FromMinutes(1) }), Attempt.Content))),
        new("Expect: 100-continue with an unsigned x-amz-acl is rejected before the body is sent", "403 AccessDenied", Sources.Inferred + "\"PutObject\"",
            a => Head(a, r => r.With("x-amz-acl", "public-read")))
        {
            Rgw = ("100", "Headers that are not signed are accepted."),
        },
        new("an unknown method", "4xx", Sources.Errors + " (MethodNotAllowed)", a => a.Get(r => (r with { Method = "PATCH" }).Sign(a.Store))),
    ];

    private static Task<Observed> Head(Attempt attempt, Func<WireRequest, WireRequest> change) =>
        WireClient.SendHead(attempt.Store, change(WireRequest.Of(attempt.Presigner.Presign(new PutObject(attempt.Key)), Attempt.Content)));
}
