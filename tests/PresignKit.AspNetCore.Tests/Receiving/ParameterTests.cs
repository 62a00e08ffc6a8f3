using System.Net;

namespace PresignKit.AspNetCore.Tests.Receiving;

public class ParameterTests
{
    [Theory]
    [InlineData("GET", "x-id", "GetObject")]
    [InlineData("PUT", "x-id", "PutObject")]
    [InlineData("HEAD", "x-id", "HeadObject")]
    [InlineData("GET", "response-content-type", "text/plain")]
    [InlineData("HEAD", "response-expires", "Sat, 14 Mar 2026 15:09:26 GMT")]
    public async Task SignedParameter_ThatIsHandled_IsAccepted(string method, string name, string value)
    {
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync();

        (await StatusAsync(app, method, (name, value))).Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("GET", "versionId", "1", "UnknownParameter")]
    [InlineData("GET", "partNumber", "1", "UnknownParameter")]
    [InlineData("GET", "acl", "", "UnknownParameter")]
    [InlineData("GET", "tagging", "", "UnknownParameter")]
    [InlineData("PUT", "uploadId", "1", "UnknownParameter")]
    [InlineData("PUT", "x-amz-acl", "public-read", "UnknownParameter")]
    [InlineData("GET", "x-id", "PutObject", "UnknownParameter")]
    [InlineData("PUT", "x-id", "GetObject", "UnknownParameter")]
    [InlineData("GET", "x-id", "", "UnknownParameter")]
    [InlineData("GET", "X-Id", "GetObject", "UnknownParameter")]
    [InlineData("GET", "response-x-frame-options", "none", "UnknownParameter")]
    [InlineData("GET", "Response-Content-Type", "text/html", "UnknownParameter")]
    [InlineData("GET", "response-expires", "tomorrow", "UnknownParameter")]
    [InlineData("GET", "response-content-type", "", "InvalidOverride")]
    [InlineData("GET", "response-content-type", "text/html\r\nSet-Cookie: a=b", "InvalidOverride")]
    [InlineData("GET", "response-content-disposition", "attachment; filename=\"März.pdf\"", "InvalidOverride")]
    [InlineData("GET", "response-cache-control", "private\n", "InvalidOverride")]
    [InlineData("GET", "response-content-language", "de\0", "InvalidOverride")]
    [InlineData("GET", "response-content-encoding", "gzip\u007F", "InvalidOverride")]
    [InlineData("PUT", "response-content-type", "text/plain", "InvalidOverride")]
    public async Task SignedParameter_ThatIsNotHandled_IsRejected(string method, string name, string value, string reason)
    {
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync();

        (await StatusAsync(app, method, (name, value))).Should().Be(HttpStatusCode.Forbidden);

        app.Log.Lines.Should().ContainSingle().Which.Should().Contain($"({reason})");
    }

    [Theory]
    [InlineData("versionId", HttpStatusCode.OK)]
    [InlineData("VERSIONID", HttpStatusCode.Forbidden)]
    public async Task SignedParameter_Allowed_IsAcceptedInTheSameLetterCase(string name, HttpStatusCode status)
    {
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync(configure: o => o.AllowedParameters.Add("versionId"));

        (await StatusAsync(app, "GET", (name, "1"))).Should().Be(status);
    }

    [Fact]
    public async Task CopySource_Signed_IsRejected()
    {
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync();

        using HttpResponseMessage response = await app.SendAsync(new CopyObject("k", new CopySource(ReceivingApp.Bucket, "other")));

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        app.Log.Lines.Should().ContainSingle().Which.Should().Contain("(CopyRequest)");
    }

    private static async Task<HttpStatusCode> StatusAsync(ReceivingApp app, string method, params (string Name, string Value)[] parameters)
    {
        string target = new TestSigner { Method = method, Parameters = parameters }.Target("/files/k");
        using HttpRequestMessage request = new(new HttpMethod(method), $"http://{ReceivingApp.Host}{target}");
        using HttpResponseMessage response = await app.SendAsync(request);
        return response.StatusCode;
    }
}
