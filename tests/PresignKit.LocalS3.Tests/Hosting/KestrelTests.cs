namespace PresignKit.LocalS3.Tests.Hosting;

/// <summary>Requests to which Kestrel itself responds, with an empty body. They do not reach LocalS3, so they are not recorded, and the responses do not contain an S3 error code.</summary>
public class KestrelTests
{
    public static TheoryData<string, string, string> Requests() => new()
    {
        { "NUL in the target", "GET /photos/a\0b HTTP/1.1\r\nHost: a", "400" },
        { "%00 in the target", "GET /photos/a%00b HTTP/1.1\r\nHost: a", "400" },
        { "A character beyond ASCII in the target", "GET /photos/\u00E9 HTTP/1.1\r\nHost: a", "400" },
        { "A request line of more than 64 KiB", $"GET /photos/{new string('k', 66_000)} HTTP/1.1\r\nHost: a", "414" },
        { "Headers of more than 64 KiB", $"GET /photos/a HTTP/1.1\r\nHost: a\r\nx-long: {new string('v', 66_000)}", "431" },
        { "More than 100 headers", $"GET /photos/a HTTP/1.1\r\nHost: a\r\n{string.Join("\r\n", Enumerable.Range(1, 101).Select(i => $"x-{i}: 1"))}", "431" },
        { "No Host header", "GET /photos/a HTTP/1.1", "400" },
        { "Two Host headers", "GET /photos/a HTTP/1.1\r\nHost: a\r\nHost: b", "400" },
        { "A malformed Host header", "GET /photos/a HTTP/1.1\r\nHost: a b", "400" },
        { "A Host header that differs from an absolute target", "GET http://a/photos/a HTTP/1.1\r\nHost: b", "400" },
        { "A target without a leading slash", "GET photos/a HTTP/1.1\r\nHost: a", "400" },
        { "The target * with a method other than OPTIONS", "GET * HTTP/1.1\r\nHost: a", "405" },
        { "A method that is not a token", "G(T /photos/a HTTP/1.1\r\nHost: a", "400" },
        { "An unknown HTTP version", "GET /photos/a HTTP/1.2\r\nHost: a", "505" },
        { "A header name with a space", "GET /photos/a HTTP/1.1\r\nHost: a\r\na b: 1", "400" },
        { "A header name beyond ASCII", "GET /photos/a HTTP/1.1\r\nHost: a\r\n\u00E9: 1", "400" },
        { "A header line without a colon", "GET /photos/a HTTP/1.1\r\nHost: a\r\nabc", "400" },
        { "A header value with NUL", "GET /photos/a HTTP/1.1\r\nHost: a\r\nx-a: \0", "400" },
        { "A header value that is not UTF-8", "GET /photos/a HTTP/1.1\r\nHost: a\r\nx-a: \u00E9", "400" },
        { "A line that starts with a space (folding)", "GET /photos/a HTTP/1.1\r\nHost: a\r\nx-a: 1\r\n 2", "400" },
        { "A Content-Length that is not a number", "PUT /photos/a HTTP/1.1\r\nHost: a\r\nContent-Length: x", "400" },
        { "A negative Content-Length", "PUT /photos/a HTTP/1.1\r\nHost: a\r\nContent-Length: -1", "400" },
        { "Two Content-Length headers", "PUT /photos/a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2", "400" },
        { "A Transfer-Encoding other than chunked", "PUT /photos/a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip", "400" },
        { "PUT or POST over HTTP/1.0 without Content-Length", "PUT /photos/a HTTP/1.0\r\nHost: a", "400" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Request_ThatKestrelRejects_DoesNotReachTheEndpoint(string description, string request, string status)
    {
        await using LocalS3Server server = await LocalS3Server.StartAsync(o => o.Buckets.Add("photos"));

        string response = await RawHttp.SendAsync(server, request + "\r\nConnection: close\r\n\r\n");

        response.Should().StartWith($"HTTP/1.1 {status} ", description).And.EndWith("\r\n\r\n").And.NotContain("x-amz-request-id");
        server.Requests.Should().BeEmpty();
    }

    // Kestrel sends a frame that requests HTTP/1.1 (GOAWAY).
    [Fact]
    public async Task Request_Http2_IsRejectedByKestrel()
    {
        await using LocalS3Server server = await LocalS3Server.StartAsync();

        string response = await RawHttp.SendAsync(server, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

        response.Should().NotBeEmpty().And.NotContain("HTTP/1.1");
        server.Requests.Should().BeEmpty();
    }

    // PUT without a length does reach the endpoint over HTTP/1.1, where it means an empty body.
    [Theory]
    [InlineData("GET /photos/a?%00 HTTP/1.1\r\nHost: a", "403")]
    [InlineData("GET /photos//../../x HTTP/1.1\r\nHost: a", "403")]
    [InlineData("PUT /photos/a HTTP/1.1\r\nHost: a", "403")]
    [InlineData("PUT /photos/a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked", "403")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: a", "400")]
    [InlineData("CONNECT /photos HTTP/1.1\r\nHost: a", "403")]
    [InlineData("GET /photos/a HTTP/1.1\r\nHost: a\r\nx-a: \u00C3\u00A9", "403")]
    public async Task Request_ThatKestrelAccepts_IsRecorded(string request, string status)
    {
        await using LocalS3Server server = await LocalS3Server.StartAsync(o => o.Buckets.Add("photos"));

        string response = await RawHttp.SendAsync(server, request + "\r\nConnection: close\r\n\r\n");

        response.Should().StartWith($"HTTP/1.1 {status} ").And.Contain("x-amz-request-id").And.Contain("<Error><Code>");
        server.Requests.Should().ContainSingle();
    }
}
