using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PresignKit.AspNetCore.Tests.Receiving;

public class ResponseHeaderTests
{
    private static readonly ResponseHeaderOverrides AllOverrides = new()
    {
        ContentType = "text/csv; charset=utf-8",
        ContentDisposition = "attachment; filename=\"report.csv\"",
        ContentEncoding = "identity",
        ContentLanguage = "de",
        CacheControl = "public, max-age=60",
        Expires = ReceivingApp.Now,
    };

    [Theory]
    [InlineData(null, "private")]
    [InlineData("private", "private")]
    [InlineData("no-store", "no-store")]
    [InlineData("private, max-age=60", "private, max-age=60")]
    [InlineData("no-cache, no-store, must-revalidate", "no-cache, no-store, must-revalidate")]
    [InlineData("public", "private")]
    [InlineData("public, max-age=3600, immutable", "max-age=3600, private, immutable")]
    [InlineData("s-maxage=60, max-age=5", "max-age=5, private")]
    [InlineData("private, s-maxage=60", "private")]
    [InlineData("no-store, public", "no-store, private")]
    [InlineData("no-cache", "no-cache, private")]
    [InlineData("private=\"x-user\"", "private")]
    [InlineData("max-age", "private")]
    public async Task CacheControl_OfTheEndpoint_IsMadePrivate(string? value, string sent)
    {
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync(app => app.MapGet("/files/{**key}", (HttpResponse response) =>
        {
            response.Headers.CacheControl = value;
            return "content";
        }).RequirePresignedUrl());

        using HttpResponseMessage response = await app.SendAsync(new GetObject("k"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        Header(response, "Cache-Control").Split(", ").Should().BeEquivalentTo(sent.Split(", "));
        Header(response, "Referrer-Policy").Should().Be("no-referrer");
        Header(response, "X-Content-Type-Options").Should().Be("nosniff");
    }

    [Fact]
    public async Task Headers_OfTheEndpointThatAreWeaker_AreReplaced()
    {
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync(app => app.MapGet("/files/{**key}", (HttpResponse response) =>
        {
            response.Headers["Referrer-Policy"] = "unsafe-url";
            response.Headers.Append("Cache-Control", "public");
            response.Headers.Append("Cache-Control", "max-age=60");
        }).RequirePresignedUrl());

        using HttpResponseMessage response = await app.SendAsync(new GetObject("k"));

        Header(response, "Referrer-Policy").Should().Be("no-referrer");
        Header(response, "Cache-Control").Should().Be("max-age=60, private");
    }

    [Fact]
    public async Task Rejection_HasTheHeadersAndABodyWithoutDetails()
    {
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync();
        PresignedUrl url = ReceivingApp.Presign(new GetObject("secret-key"));
        app.Clock.Advance(TimeSpan.FromHours(1));

        using HttpResponseMessage response = await app.SendAsync(url.ToHttpRequestMessage());

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        Header(response, "Referrer-Policy").Should().Be("no-referrer");
        Header(response, "X-Content-Type-Options").Should().Be("nosniff");
        Header(response, "Cache-Control").Should().Be("private");
        Header(response, "Content-Type").Should().Be("application/problem+json");
        (await response.Content.ReadAsStringAsync()).Should().Be("""{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.4","title":"Forbidden","status":403}""");
    }

    [Theory]
    [InlineData(200)]
    [InlineData(206)]
    public async Task Overrides_SuccessfulResponse_WinOverTheEndpoint(int status)
    {
        await using ReceivingApp app = await StartWithOwnHeadersAsync(status);

        using HttpResponseMessage response = await app.SendAsync(new GetObject("k") { ResponseHeaders = AllOverrides });

        ((int)response.StatusCode).Should().Be(status);
        Header(response, "Content-Type").Should().Be("text/csv; charset=utf-8");
        Header(response, "Content-Disposition").Should().Be("attachment; filename=\"report.csv\"");
        Header(response, "Content-Encoding").Should().Be("identity");
        Header(response, "Content-Language").Should().Be("de");
        Header(response, "Cache-Control").Should().Be("public, max-age=60");
        Header(response, "Expires").Should().Be("Sat, 14 Mar 2026 15:09:26 GMT");
    }

    [Theory]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Overrides_ErrorOrRedirect_AreNotApplied(int status)
    {
        await using ReceivingApp app = await StartWithOwnHeadersAsync(status);

        using HttpResponseMessage response = await app.SendAsync(new GetObject("k") { ResponseHeaders = AllOverrides });

        ((int)response.StatusCode).Should().Be(status);
        Header(response, "Content-Type").Should().Be("text/html");
        Header(response, "Content-Disposition").Should().Be("inline");
        Header(response, "Content-Encoding").Should().BeEmpty();
        Header(response, "Content-Language").Should().Be("en");
        Header(response, "Cache-Control").Should().Be("private");
        Header(response, "Expires").Should().BeEmpty();
    }

    // Otherwise, a revalidation would replace the freshness of the stored response.
    [Fact]
    public async Task Overrides_NotModified_AppliesThoseForCaches()
    {
        await using ReceivingApp app = await StartWithOwnHeadersAsync(304);

        using HttpResponseMessage response = await app.SendAsync(new GetObject("k") { ResponseHeaders = AllOverrides });

        Header(response, "Cache-Control").Should().Be("public, max-age=60");
        Header(response, "Expires").Should().Be("Sat, 14 Mar 2026 15:09:26 GMT");
        Header(response, "Content-Type").Should().Be("text/html");
    }

    [Fact]
    public async Task Overrides_EndpointThrows_AreNotApplied()
    {
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync(app =>
        {
            app.UseExceptionHandler(handler => handler.Run(context => context.Response.WriteAsync("failed")));
            app.MapGet("/files/{**key}", string () => throw new IOException("The disk is on fire.")).RequirePresignedUrl();
        });

        using HttpResponseMessage response = await app.SendAsync(new GetObject("k") { ResponseHeaders = AllOverrides });

        response.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        Header(response, "Content-Type").Should().BeEmpty();
        Header(response, "Content-Encoding").Should().BeEmpty();
        Header(response, "Cache-Control").Should().Contain("no-store").And.NotContain("public");
        Header(response, "Referrer-Policy").Should().Be("no-referrer");
    }

    [Fact]
    public async Task ContentEncoding_Overridden_IsNotCompressedAgain()
    {
        byte[] stored = Gzip(new string('a', 10_000));
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync(
            app =>
            {
                app.UseResponseCompression();
                app.MapGet("/files/{**key}", () => Results.Bytes(stored, "text/plain")).RequirePresignedUrl();
            },
            build: builder => builder.Services.AddResponseCompression());
        using HttpRequestMessage request = ReceivingApp.Presign(new GetObject("k") { ResponseHeaders = new() { ContentEncoding = "gzip" } }).ToHttpRequestMessage();
        request.Headers.AcceptEncoding.ParseAdd("br, gzip");

        using HttpResponseMessage response = await app.SendAsync(request);

        Header(response, "Content-Encoding").Should().Be("gzip");
        (await response.Content.ReadAsByteArrayAsync()).Should().Equal(stored);
    }

    [Fact]
    public async Task Overrides_Head_AreApplied()
    {
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync();

        using HttpResponseMessage response = await app.SendAsync(new HeadObject("k") { ResponseHeaders = new() { ContentType = "text/csv" } });

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        Header(response, "Content-Type").Should().Be("text/csv");
    }

    // A response without a body can be sent without an endpoint that writes anything.
    [Fact]
    public async Task Overrides_OnKestrel_AreSentAsSigned()
    {
        await using ReceivingApp app = await ReceivingApp.StartOnKestrelAsync();
        string target = new TestSigner { Parameters = [("response-content-disposition", "attachment; filename=\"a b.txt\"; filename*=UTF-8''%C3%A4.txt")] }.Target("/files/k");

        string response = await app.SendRawAsync($"GET {target} HTTP/1.1\r\nHost: {ReceivingApp.Host}\r\n");

        response.Should().StartWith("HTTP/1.1 200 ").And.Contain("\r\nContent-Disposition: attachment; filename=\"a b.txt\"; filename*=UTF-8''%C3%A4.txt\r\n");
    }

    private static Task<ReceivingApp> StartWithOwnHeadersAsync(int status) => ReceivingApp.StartInMemoryAsync(app => app.MapGet("/files/{**key}", (HttpResponse response) =>
    {
        response.StatusCode = status;
        response.ContentType = "text/html";
        response.Headers.ContentDisposition = "inline";
        response.Headers.ContentLanguage = "en";
        response.Headers.Location = status == 302 ? "/elsewhere" : default;
    }).RequirePresignedUrl());

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out System.Net.Http.Headers.HeaderStringValues values) || response.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? values.ToString()
            : "";

    private static byte[] Gzip(string text)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }
}
