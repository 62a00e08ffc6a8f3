using Microsoft.AspNetCore.Builder;

namespace PresignKit.AspNetCore.Tests.Receiving;

public class LogTests
{
    private const string Prefix = "PresignKit.AspNetCore.RequirePresignedUrl Information RequestRejected A request to 'HTTP: GET, HEAD, PUT /{**key} => Echo' was rejected with 403 ";

    public static TheoryData<string, string> Requests => new()
    {
        { "GET /files/k HTTP/1.1\r\nHost: app.example.com\r\n", "(NotPresigned). The query does not contain a signature." },
        { "GET {0} HTTP/1.1\r\nHost: app.example.com\r\nx-amz-acl: private\r\nx-amz-a!b: 1\r\n", "(UnsignedHeader). These headers must be signed, but are not: (not shown), x-amz-acl. If a proxy adds them, add them to AllowedUnsignedHeaders." },
        { "GET {0} HTTP/1.1\r\nHost: internal:5000\r\n", "(WrongOrigin). The endpoint is 'http://app.example.com', but the request was received for 'http://internal:5000'. Behind a proxy, use the forwarded headers middleware and configure its known proxies." },
        { "GET {0} HTTP/1.0\r\n", "(WrongOrigin). The endpoint is 'http://app.example.com', but the request was received for 'http://(none)'. *" },
        { "GET {0}%zz HTTP/1.1\r\nHost: app.example.com\r\n", "(Malformed). The request cannot be parsed." },
        { "GET {0}0 HTTP/1.1\r\nHost: app.example.com\r\n", "(SignatureMismatch). The signature does not match: *" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Rejection_IsLoggedWithItsReason(string request, string line)
    {
        await using ReceivingApp app = await ReceivingApp.StartOnKestrelAsync();

        string response = await app.SendRawAsync(request.Replace("{0}", new TestSigner().Target("/files/k"), StringComparison.Ordinal));

        response.Should().StartWith("HTTP/1.1 403 ");
        app.Log.Lines.Should().ContainSingle().Which.Should().Match(Prefix + line);
    }

    [Fact]
    public async Task Acceptance_IsNotLogged()
    {
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync();

        using HttpResponseMessage response = await app.SendAsync(new GetObject("k"));

        response.IsSuccessStatusCode.Should().BeTrue();
        app.Log.Lines.Should().BeEmpty();
    }

    // The marker is in every part of the request that a client can choose. Hosts and header names are shown only if they are short and consist of harmless characters.
    [Fact]
    public async Task Log_DoesNotContainTextFromTheRequest()
    {
        const string Marker = "forged";
        string lineBreak = $"%0D%0A{Marker}";
        string longName = "x-amz-" + Marker + new string('a', 200);
        await using ReceivingApp app = await ReceivingApp.StartOnKestrelAsync(app => app.Map("/{**key}", (string key) => key).RequirePresignedUrl());
        string[] requests =
        [
            $"GET {new TestSigner().Target($"/files/{lineBreak}")} HTTP/1.1\r\nHost: app.example.com\r\n",
            $"GET {new TestSigner().Target($"/{Marker}/k")} HTTP/1.1\r\nHost: app.example.com\r\n",
            $"GET {new TestSigner { Parameters = [(Marker, $"\r\n{Marker}")] }.Target("/files/k")} HTTP/1.1\r\nHost: app.example.com\r\n",
            $"GET {new TestSigner { Parameters = [("response-content-type", $"\r\n{Marker}")] }.Target("/files/k")} HTTP/1.1\r\nHost: app.example.com\r\n",
            $"GET {new TestSigner { AccessKeyId = $"{Marker}\r\n" }.Target("/files/k")} HTTP/1.1\r\nHost: app.example.com\r\n",
            $"GET {new TestSigner().Target("/files/k")} HTTP/1.1\r\nHost: app.example.com\r\n{longName}: {Marker}\r\n",
            $"GET {new TestSigner().Target("/files/k")} HTTP/1.1\r\nHost: {Marker}{new string('a', 200)}\r\n",
            $"{Marker.ToUpperInvariant()} {new TestSigner().Target("/files/k")} HTTP/1.1\r\nHost: app.example.com\r\n",
            $"GET https://{Marker}@app.example.com{new TestSigner().Target("/files/k")} HTTP/1.1\r\nHost: app.example.com\r\n",
        ];

        foreach (string request in requests)
        {
            (await app.SendRawAsync(request)).Should().StartWith("HTTP/1.1 403 ", "the request is {0}", request);
        }

        app.Log.Lines.Should().HaveCount(requests.Length);
        app.Log.Lines.Should().AllSatisfy(line => line.ToUpperInvariant().Should().NotContain(Marker.ToUpperInvariant()).And.NotContainAny("X-AMZ-SIGNATURE", "X-AMZ-CREDENTIAL", "\r", "\n"));
        app.Log.Lines.Should().AllSatisfy(line => line.Should().NotContainAny(ReceivingApp.AccessKeyId, ReceivingApp.SecretAccessKey));
    }

    [Theory]
    [InlineData("a\r\nb")]
    [InlineData("a b")]
    [InlineData("a'b")]
    [InlineData("\u2028")]
    [InlineData("{0}")]
    public void WrongOrigin_HostThatCouldForgeAnEntry_IsNotShown(string text)
    {
        S3Endpoint endpoint = S3Endpoint.Create("http://app.example.com", "us-east-1");

        Rejection.WrongOrigin(endpoint, text, text).Explanation.Should().Contain("'(not shown)://(not shown)'");
    }
}
