using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PresignKit.AspNetCore.Tests.Receiving;

/// <summary>Requests that are sent to Kestrel through a socket, because <see cref="HttpClient"/> would rewrite their targets.</summary>
public class RawRequestTests
{
    // The keys that the endpoint receives, for targets that are correctly signed.
    public static TheoryData<string, string> Accepted => new()
    {
        { "/files/reports/2026.pdf", "reports/2026.pdf" },
        { "/files/a%2Fb", "a/b" },
        { "/files/a%2fb", "a/b" },
        { "/files%2Fkey", "key" },
        { "/files%2Fdir%2Fk", "dir/k" },
        { "/%66iles/k", "k" },
        { "/files/a%252Fb", "a%2Fb" },
        { "/files/%252e%252e/k", "%2e%2e/k" },
        { "/files/M%C3%A4rz%20%F0%9F%99%82", "März 🙂" },
        { "/files/a+b%2Bc", "a+b+c" },
        { "/files/a//b/", "a//b/" },
        { "/files/...", "..." },
        { "/files/.hidden/a..b", ".hidden/a..b" },
        { "/files/k%3Fversion%23x", "k?version#x" },
        { "/files/files/k", "files/k" },
    };

    public static TheoryData<string, string> Rejected => new()
    {
        { "/files/..", "UnsafeKey" },
        { "/files/.", "UnsafeKey" },
        { "/files/a/../b", "UnsafeKey" },
        { "/files/a/./b", "UnsafeKey" },
        { "/files/%2e%2e/other/k", "UnsafeKey" },
        { "/files/%2E%2E%2Fother%2Fk", "UnsafeKey" },
        { "/files/a/.%2e", "UnsafeKey" },
        { "/files/..%5C..%5Cwindows", "UnsafeKey" },
        { "/files/a%5Cb", "UnsafeKey" },
        { "/files//etc/passwd", "UnsafeKey" },
        { "/files/%2Fetc/passwd", "UnsafeKey" },
        { "/files/a%0D%0AX-Injected:%201", "UnsafeKey" },
        { "/files/a%09b", "UnsafeKey" },
        { "/files/a%7Fb", "UnsafeKey" },
        { "/files/a%C2%85b", "UnsafeKey" },
        { "/files/" + new string('k', 1025), "UnsafeKey" },
        { "/files/a%FFb", "WrongLocation" },
        { "/files/", "MissingKey" },
        { "/files", "MissingKey" },
        { "/", "WrongLocation" },
        { "//files/k", "WrongLocation" },
        { "/other/k", "WrongLocation" },
        { "/Files/k", "WrongLocation" },
        { "/other/../files/k", "WrongLocation" },
        { "/files%00/k", "400" },
        { "/files/a%00b", "400" },
    };

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task Target_RightlySigned_EndpointReceivesTheVerifiedKey(string path, string key)
    {
        await using ReceivingApp app = await ReceivingApp.StartOnKestrelAsync();

        string response = await app.SendRawAsync($"GET {new TestSigner().Target(path)} HTTP/1.1\r\nHost: {ReceivingApp.Host}\r\n");

        response.Should().StartWith("HTTP/1.1 200 ").And.Contain(ReceivingApp.Json(key, "files", key));
    }

    [Theory]
    [MemberData(nameof(Rejected))]
    public async Task Target_RightlySignedButUnsafe_IsRejected(string path, string reason)
    {
        await using ReceivingApp app = await ReceivingApp.StartOnKestrelAsync();

        string response = await app.SendRawAsync($"GET {new TestSigner().Target(path)} HTTP/1.1\r\nHost: {ReceivingApp.Host}\r\n");

        if (reason == "400")
        {
            response.Should().StartWith("HTTP/1.1 400 ", "Kestrel rejects the target itself");
            app.Log.Lines.Should().BeEmpty();
        }
        else
        {
            response.Should().StartWith("HTTP/1.1 403 ");
            app.Log.Lines.Should().ContainSingle().Which.Should().Contain($"({reason})");
        }
    }

    // ASP.NET Core does not decode %2F, so it finds only a bucket, 'files%2Fdir%2Fk%2F'.
    [Theory]
    [InlineData("/{bucket}/{**key}")]
    [InlineData("/{bucket}/{key?}")]
    [InlineData("/{*bucket}")]
    public async Task RouteValues_BucketAndKey_AreReplaced(string pattern)
    {
        await using ReceivingApp app = await ReceivingApp.StartOnKestrelAsync(app => app.MapGet(
            pattern, (HttpContext context) => context.Response.WriteAsync(ReceivingApp.Json([.. context.Request.RouteValues.Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal)])))
            .RequirePresignedUrl());

        string response = await app.SendRawAsync($"GET {new TestSigner().Target("/files%2Fdir%2Fk%252F")} HTTP/1.1\r\nHost: {ReceivingApp.Host}\r\n");

        response.Should().StartWith("HTTP/1.1 200 ").And.Contain(pattern.Contains("key", StringComparison.Ordinal) ? """["bucket=files","key=dir/k%2F"]""" : """["bucket=files"]""");
    }

    [Fact]
    public async Task RouteValues_SetByMiddleware_AreReplaced()
    {
        await using ReceivingApp app = await ReceivingApp.StartOnKestrelAsync(app =>
        {
            app.UseRouting();
            app.Use((context, next) =>
            {
                context.Request.RouteValues["key"] = "other";
                return next(context);
            });
            app.MapGet("/files/{*path}", (HttpContext context) => context.Response.WriteAsync((string)context.Request.RouteValues["key"]!)).RequirePresignedUrl();
        });

        string response = await app.SendRawAsync($"GET {new TestSigner().Target("/files/k")} HTTP/1.1\r\nHost: {ReceivingApp.Host}\r\n");

        response.Should().StartWith("HTTP/1.1 200 ").And.Contain("\r\nk\r\n");
    }

    // {0} is a target that is signed for the endpoint's host. Requests with status 400 are rejected by Kestrel.
    [Theory]
    [InlineData("GET {0} HTTP/1.1\r\nHost: app.example.com\r\n", "200")]
    [InlineData("GET {0} HTTP/1.0\r\nHost: app.example.com\r\n", "200")]
    [InlineData("GET {0} HTTP/1.1\r\nHost: APP.example.com:80\r\n", "200")]
    [InlineData("GET http://app.example.com{0} HTTP/1.1\r\nHost: app.example.com\r\n", "200")]
    [InlineData("GET HTTP://app.example.com{0} HTTP/1.1\r\nHost: app.example.com\r\n", "400")]
    [InlineData("GET http://app.example.com:80{0} HTTP/1.1\r\nHost: app.example.com:80\r\n", "200")]
    [InlineData("GET http://app.example.com:80{0} HTTP/1.1\r\nHost: app.example.com\r\n", "200")]
    [InlineData("GET http://app.example.com:8080{0} HTTP/1.1\r\nHost: app.example.com\r\n", "400")]
    [InlineData("GET https://app.example.com{0} HTTP/1.1\r\nHost: app.example.com\r\n", "403")]
    [InlineData("GET http://other.example.com{0} HTTP/1.1\r\nHost: app.example.com\r\n", "400")]
    [InlineData("GET http://app.example.com{0} HTTP/1.1\r\nHost: other.example.com\r\n", "400")]
    [InlineData("GET http://user@app.example.com{0} HTTP/1.1\r\nHost: app.example.com\r\n", "403")]
    [InlineData("GET {0} HTTP/1.1\r\nHost: app.example.com\r\nHost: app.example.com\r\n", "400")]
    [InlineData("GET {0} HTTP/1.1\r\nHost: app.example.com\r\nHost: other.example.com\r\n", "400")]
    [InlineData("GET {0} HTTP/1.1\r\n", "400")]
    [InlineData("GET {0} HTTP/1.0\r\n", "403")]
    [InlineData("GET {0} HTTP/1.1\r\nHost: \r\n", "403")]
    [InlineData("GET {0} HTTP/1.1\r\nHost: app.example.com:8080\r\n", "403")]
    [InlineData("GET {0} HTTP/1.1\r\nHost: app.example.com.\r\n", "403")]
    [InlineData("GET {0} HTTP/1.1\r\nHost: other.example.com\r\n", "403")]
    [InlineData("GET {0} HTTP/1.1\r\nHost: files.app.example.com\r\n", "403")]
    [InlineData("GET {0} HTTP/1.1\r\nHost: other.example.com\r\nX-Forwarded-Host: app.example.com\r\nForwarded: host=app.example.com\r\n", "403")]
    [InlineData("GET {0} HTTP/1.1\r\nHost: app.example.com\r\nX-Forwarded-Host: other.example.com\r\n", "200")]
    [InlineData("GET {0} HTTP/1.1\r\nHost: app.example.com\r\nx-amz-acl: public-read\r\n", "403")]
    [InlineData("GET {0} HTTP/1.1\r\nHost: app.example.com\r\nAuthorization: Bearer x\r\n", "403")]
    [InlineData("GET {0}#x HTTP/1.1\r\nHost: app.example.com\r\n", "403")]
    [InlineData("GET {0}&a=b HTTP/1.1\r\nHost: app.example.com\r\n", "403")]
    [InlineData("HEAD {0} HTTP/1.1\r\nHost: app.example.com\r\n", "403")]
    [InlineData("PUT {0} HTTP/1.1\r\nHost: app.example.com\r\nContent-Length: 0\r\n", "403")]
    public async Task Request_ForASignedTarget_HasTheStatus(string request, string status)
    {
        await using ReceivingApp app = await ReceivingApp.StartOnKestrelAsync();
        string target = new TestSigner().Target("/files/a/b");

        string response = await app.SendRawAsync(request.Replace("{0}", target, StringComparison.Ordinal));

        response.Should().Match($"HTTP/1.1 {status} *");
    }

    [Theory]
    [InlineData("other.example.com")]
    [InlineData("127.0.0.1")]
    [InlineData("files.app.example.com")]
    public async Task Host_RightlySignedButDifferent_IsRejected(string host)
    {
        await using ReceivingApp app = await ReceivingApp.StartOnKestrelAsync();

        string response = await app.SendRawAsync($"GET {new TestSigner { Host = host }.Target("/files/k")} HTTP/1.1\r\nHost: {host}\r\n");

        response.Should().StartWith("HTTP/1.1 403 ");
        app.Log.Lines.Should().ContainSingle().Which.Should().Contain("(WrongOrigin)").And.Contain($"'http://{host}'");
    }

    [Fact]
    public async Task SignedHeader_SentTwice_IsVerifiedInOrder()
    {
        await using ReceivingApp app = await ReceivingApp.StartOnKestrelAsync();
        string target = new TestSigner { Headers = [("x-amz-meta-a", "1,2")] }.Target("/files/k");

        string same = await app.SendRawAsync($"GET {target} HTTP/1.1\r\nHost: {ReceivingApp.Host}\r\nx-amz-meta-a: 1\r\nx-amz-meta-a: 2\r\n");
        string reversed = await app.SendRawAsync($"GET {target} HTTP/1.1\r\nHost: {ReceivingApp.Host}\r\nx-amz-meta-a: 2\r\nx-amz-meta-a: 1\r\n");

        same.Should().StartWith("HTTP/1.1 200 ");
        reversed.Should().StartWith("HTTP/1.1 403 ");
    }

    [Fact]
    public async Task Rejection_Head_DoesNotHaveABody()
    {
        await using ReceivingApp app = await ReceivingApp.StartOnKestrelAsync();

        string response = await app.SendRawAsync($"HEAD /files/k HTTP/1.1\r\nHost: {ReceivingApp.Host}\r\n");

        response.Should().StartWith("HTTP/1.1 403 ").And.EndWith("\r\n\r\n");
    }

    // Routing sees '/admin/k', but the signature covers '/files/%2e%2e/admin/k'.
    [Fact]
    public async Task DotSegments_ThatLeadToADifferentEndpoint_AreRejected()
    {
        await using ReceivingApp app = await ReceivingApp.StartOnKestrelAsync(app =>
        {
            app.MapGet("/files/{**key}", (string key) => key).RequirePresignedUrl();
            app.MapGet("/admin/{**key}", (string key) => "admin " + key).RequirePresignedUrl();
        });

        string response = await app.SendRawAsync($"GET {new TestSigner().Target("/files/%2e%2e/admin/k")} HTTP/1.1\r\nHost: {ReceivingApp.Host}\r\n");

        response.Should().StartWith("HTTP/1.1 403 ");
        app.Log.Lines.Should().ContainSingle().Which.Should().Contain("/admin/{**key}").And.Contain("(UnsafeKey)");
    }
}
