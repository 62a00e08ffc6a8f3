using System.Net;
using System.Text;

namespace PresignKit.LocalS3.Tests.Operations;

/// <summary>Requests that resemble an operation but are a different one, or none.</summary>
public sealed class RoutingTests : IAsyncLifetime
{
    private LocalS3Server _server = null!;
    private HttpClient _http = null!;
    private IPresigner _presigner = null!;

    public async Task InitializeAsync()
    {
        _server = await LocalS3Server.StartAsync(o => o.Buckets.Add("photos"));
        _http = _server.CreateHttpClient();
        _presigner = _server.CreatePresigner("photos");
        _server.Buckets["photos"].Put("a", "content"u8);
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    // DELETE /photos/a?acl must not delete the object.
    [Fact]
    public async Task Request_SubResourceOfADifferentMethod_IsRejectedAndChangesNothing()
    {
        HttpMethod[] methods = [HttpMethod.Get, HttpMethod.Head, HttpMethod.Put, HttpMethod.Post, HttpMethod.Delete];
        string[] subResources = [.. OperationTable.Routes.Select(route => route.SubResource).OfType<string>().Where(name => name is not ("uploadId" or "list-type")).Distinct()];
        List<string> accepted = [];
        foreach (HttpMethod method in methods)
        {
            foreach (string name in subResources)
            {
                foreach (S3Operation operation in new S3Operation[] { new S3Request(method, "a") { SubResource = name }, new S3BucketRequest(method) { SubResource = name } })
                {
                    ResourceKind kind = operation is S3Request ? ResourceKind.Object : ResourceKind.Bucket;
                    if (OperationTable.Routes.Any(route => route.Method == method.Method && route.Resource == kind && route.SubResource == name))
                    {
                        continue;
                    }

                    using HttpResponseMessage response = await _http.SendAsync(_presigner.Presign(operation).ToHttpRequestMessage(method == HttpMethod.Put ? new ByteArrayContent([]) : null));
                    if ((int)response.StatusCode < 400)
                    {
                        accepted.Add($"{method} {kind} ?{name}: {(int)response.StatusCode}");
                    }
                }
            }
        }

        accepted.Should().BeEmpty();
        Encoding.ASCII.GetString(_server.Buckets["photos"]["a"].Content.Span).Should().Be("content");
    }

    [Fact]
    public async Task PutObject_PartNumberWithoutUploadId_IsRejected()
    {
        using HttpResponseMessage response = await _http.SendAsync(_presigner.Presign(new S3Request(HttpMethod.Put, "a") { Query = [new("partNumber", "1")] }).ToHttpRequestMessage(new ByteArrayContent([])));

        response.StatusCode.Should().Be(HttpStatusCode.NotImplemented);
        _server.Requests[^1].Error!.Cause.Should().Be("LocalS3 does not support the parameter 'partNumber' in a PUT request for an object.");
    }

    [Fact]
    public async Task PutObject_HeaderTwiceInTheQuery_IsRejected()
    {
        string target = TestSigner.Sign(_server, "PUT", "/photos/b", DateTimeOffset.UtcNow, ("x-amz-meta-a", "1"), ("X-Amz-Meta-A", "2"));

        using HttpResponseMessage response = await _http.PutAsync(_server.Endpoint + target, new ByteArrayContent([]));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        _server.Requests[^1].Error!.Code.Should().Be("InvalidArgument");
    }

    [Theory]
    [InlineData("?Signature=a&AWSAccessKeyId=b&Expires=4000000000")]
    [InlineData("?X-Amz-Signature=a")]
    public async Task PostObject_SignatureInTheQueryAsWell_IsRejected(string query)
    {
        PresignedPost post = _presigner.PresignPost(new PostPolicy(PostKey.Exact("b")));

        using HttpResponseMessage response = await _http.PostAsync(post.Url + query, post.ToMultipartContent(new MemoryStream([1]), "f"));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        _server.Requests[^1].Error!.Message.Should().StartWith("Only one auth mechanism allowed");
        _server.Buckets["photos"].Contains("b").Should().BeFalse();
    }

    [Fact]
    public async Task PostObject_ManyFieldsWithoutValues_AreRejectedBeforeTheyFillTheMemory()
    {
        using MultipartFormDataContent form = [];
        for (int i = 0; i < 3000; i++)
        {
            form.Add(new ByteArrayContent([]), $"x-ignore-{i}");
        }

        using HttpResponseMessage response = await _http.PostAsync(_server.Endpoint + "/photos", form);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        _server.Requests[^1].Error!.Code.Should().Be("MaxPostPreDataLengthExceededError");
    }

    [Theory]
    [InlineData("<CORSConfiguration><CORSRule><ID>&#xD800;</ID><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>", "MalformedXML")]
    [InlineData("<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>&#xD800;</AllowedMethod></CORSRule></CORSConfiguration>", "MalformedXML")]
    [InlineData("<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><ExposeHeader>a b</ExposeHeader></CORSRule></CORSConfiguration>", "InvalidRequest")]
    public async Task PutBucketCors_TextThatAResponseCannotContain_IsRejected(string xml, string code)
    {
        (await PutCorsAsync(xml)).Should().Be(HttpStatusCode.BadRequest);
        _server.Requests[^1].Error!.Code.Should().Be(code);
    }

    [Fact]
    public async Task PutBucketCors_IndentedDocument_WorksAsTheSameDocumentInOneLine()
    {
        (await PutCorsAsync("<CORSConfiguration>\n <CORSRule>\n  <AllowedOrigin>\n http://page.example\n </AllowedOrigin>\n <AllowedMethod> GET </AllowedMethod>\n <ExposeHeader>\n  ETag\n </ExposeHeader>\n </CORSRule>\n</CORSConfiguration>"))
            .Should().Be(HttpStatusCode.OK);
        using HttpRequestMessage request = _presigner.Presign(new GetObject("a")).ToHttpRequestMessage();
        request.Headers.Add("Origin", "http://page.example");

        using HttpResponseMessage response = await _http.SendAsync(request);

        response.Headers.GetValues("Access-Control-Expose-Headers").Should().Equal("ETag");
    }

    [Theory]
    [InlineData("")]
    [InlineData("http://*.*.example")]
    [InlineData(null)]
    public void AllowCors_InvalidOrigin_Throws(string? origin) =>
        FluentActions.Invoking(() => _server.Buckets["photos"].AllowCors("http://a.example", origin!)).Should().Throw<ArgumentException>().WithParameterName("origins");

    [Theory]
    [InlineData("20260314", true)]
    [InlineData("1.2.3", true)]
    [InlineData("1.2.3.4", false)]
    public void Add_NameOfDigits_IsValidUnlessItIsAnAddress(string name, bool isValid) => BucketNameRules.IsValid(name).Should().Be(isValid);

    [Fact]
    public async Task Error_ControlCharactersFromTheClient_DoNotReachTheLog()
    {
        PresignedPost post = _presigner.PresignPost(new PostPolicy(PostKey.Exact("b")));
        using MultipartContent form = post.ToMultipartContent(new MemoryStream([1]), "f");
        string body = (await form.ReadAsStringAsync()).Replace("name=\"key\"", "name=\"a%0D%0Aforged\"\r\n\r\n1\r\n--" + Boundary(form) + "\r\nContent-Disposition: form-data; name=\"key\"", StringComparison.Ordinal);
        using StringContent changed = new(body);
        changed.Headers.ContentType = form.Headers.ContentType;

        using HttpResponseMessage response = await _http.PostAsync(post.Url, changed);

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        _server.Requests[^1].Error!.ToString().Should().Contain("forged").And.NotContain("\n");
    }

    private static string Boundary(MultipartContent form) => form.Headers.NonValidated["Content-Type"].ToString().Split("boundary=")[1];

    private async Task<HttpStatusCode> PutCorsAsync(string xml)
    {
        byte[] body = Encoding.UTF8.GetBytes(xml);
        PresignedUrl url = _presigner.Presign(new S3BucketRequest(HttpMethod.Put) { SubResource = "cors", Headers = [new("content-md5", Convert.ToBase64String(Sums.Md5(body)))] });
        using HttpResponseMessage response = await _http.SendAsync(url.ToHttpRequestMessage(new ByteArrayContent(body)));
        return response.StatusCode;
    }
}
