using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace DirectUpload.Tests;

public sealed class SignInTests(Application app) : IClassFixture<Application>
{
    [Fact]
    public async Task Page_NotSignedIn_RedirectsToTheSignIn()
    {
        using HttpClient client = app.CreatePageClient();

        using HttpResponseMessage response = await client.GetAsync("/");

        response.StatusCode.Should().Be(HttpStatusCode.Redirect);
        response.Headers.Location!.ToString().Should().Be("/sign-in.html");
    }

    [Fact]
    public async Task IndexHtml_NotSignedIn_DoesNotShowThePage()
    {
        using HttpClient client = app.CreatePageClient();

        using HttpResponseMessage response = await client.GetAsync("/index.html");

        response.StatusCode.Should().Be(HttpStatusCode.Redirect);
        response.Headers.Location!.ToString().Should().Be("/");
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:5090", HttpStatusCode.OK)]
    [InlineData("[::1]:5090", HttpStatusCode.OK)]
    [InlineData("rebound.example", HttpStatusCode.BadRequest)]
    [InlineData("localhost.rebound.example:5090", HttpStatusCode.BadRequest)]
    public async Task Host_OfADifferentSite_IsABadRequest(string host, HttpStatusCode expected)
    {
        using HttpClient client = app.CreatePageClient();
        client.DefaultRequestHeaders.Host = host;

        using HttpResponseMessage response = await client.GetAsync("/sign-in.html");

        response.StatusCode.Should().Be(expected);
    }

    [Theory]
    [InlineData("http://localhost:5090", "http://localhost:5090")]
    [InlineData("http://192.0.2.1:5090/", "http://192.0.2.1:5090")]
    [InlineData("http://0.0.0.0:5090", "http://localhost:5090 http://127.0.0.1:5090")]
    [InlineData("http://[::]:5090", "http://localhost:5090 http://127.0.0.1:5090")]
    [InlineData("http://+:5090", "http://localhost:5090 http://127.0.0.1:5090")]
    [InlineData("https://*:5090", "https://localhost:5090 https://127.0.0.1:5090")]
    public void OriginsOf_ServerAddress_AreTheOriginsOfPages(string address, string expected) => LocalStore.OriginsOf(address).Should().Equal(expected.Split(' '));

    [Theory]
    [InlineData("GET", "/session")]
    [InlineData("GET", "/files")]
    [InlineData("GET", "/files/link?key=users/ada/1/a.txt")]
    [InlineData("GET", "/files/download?key=users/ada/1/a.txt")]
    [InlineData("GET", "/files/preview?key=users/ada/1/a.txt")]
    [InlineData("DELETE", "/files?key=users/ada/1/a.txt")]
    [InlineData("POST", "/clock")]
    [InlineData("POST", "/uploads")]
    [InlineData("POST", "/uploads/parts")]
    [InlineData("POST", "/uploads/finish")]
    [InlineData("POST", "/uploads/done")]
    public async Task Endpoint_NotSignedIn_IsUnauthorized(string method, string path)
    {
        using HttpClient client = app.CreatePageClient();
        using HttpRequestMessage request = new(new HttpMethod(method), path) { Content = method == "POST" ? JsonContent.Create(new { }) : null };

        using HttpResponseMessage response = await client.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Session_SignedIn_DescribesTheUserAndTheRules()
    {
        using HttpClient client = await app.SignInAsync("grace");

        JsonElement session = await client.GetFromJsonAsync<JsonElement>("/session");

        session.GetProperty("userId").GetString().Should().Be("grace");
        session.GetProperty("userName").GetString().Should().Be("Grace");
        session.GetProperty("store").GetString().Should().Be(app.S3.Endpoint);
        session.GetProperty("isLocal").GetBoolean().Should().BeTrue();
        session.GetProperty("maxBytes").GetInt64().Should().Be(UploadRules.MaxBytes);
    }

    [Theory]
    [InlineData("eve")]
    [InlineData("")]
    public async Task SignIn_UnknownUser_IsABadRequest(string user)
    {
        using HttpClient client = app.CreatePageClient();

        using HttpResponseMessage response = await client.PostAsync("/sign-in", new FormUrlEncodedContent([new("user", user)]));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        response.Headers.Contains("Set-Cookie").Should().BeFalse();
    }

    [Fact]
    public async Task SignOut_SignedIn_EndsTheSession()
    {
        using HttpClient client = await app.SignInAsync("ada");

        using HttpResponseMessage response = await client.PostAsync("/sign-out", content: null);

        response.StatusCode.Should().Be(HttpStatusCode.Redirect);
        (await client.GetAsync("/session")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("X-Nothing", "1")]
    public async Task SignIn_FromADifferentSite_IsForbidden(string header, string value)
    {
        using HttpClient client = app.CreateClient();
        client.DefaultRequestHeaders.Add(header, value);

        using HttpResponseMessage response = await client.PostAsync("/sign-in", new FormUrlEncodedContent([new("user", "ada")]));

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        response.Headers.Contains("Set-Cookie").Should().BeFalse();
    }

    [Fact]
    public async Task Page_AnyResponse_LimitsScriptsAndConnections()
    {
        using HttpClient client = await app.SignInAsync("ada");

        using HttpResponseMessage response = await client.GetAsync("/");

        string policy = response.Headers.GetValues("Content-Security-Policy").Should().ContainSingle().Subject;
        policy.Split("; ").Should().Contain(["default-src 'none'", "script-src 'self'", $"connect-src 'self' {app.S3.Endpoint}", $"img-src 'self' {app.S3.Endpoint}"]);
        policy.Should().NotContain("unsafe");
        (await response.Content.ReadAsStringAsync()).Should().NotMatchRegex("<script(?![^>]* src=)", "the policy does not allow inline scripts");
    }
}
