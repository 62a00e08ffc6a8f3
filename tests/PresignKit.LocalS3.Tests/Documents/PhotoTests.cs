using System.Net;
using System.Text;

namespace PresignKit.LocalS3.Tests.Documents;

/// <summary>The tests in docs/local-s3.md that share a server.</summary>
public sealed class PhotoTests(PhotoStore store) : IClassFixture<PhotoStore>, IDisposable
{
    private readonly HttpClient _http = store.S3.CreateHttpClient();

    [Fact]
    public async Task Upload_OfASignedType_IsStored()
    {
        LocalS3Bucket photos = store.S3.Buckets["photos"];
        IPresigner presigner = store.S3.CreatePresigner("photos");

        PresignedUrl upload = presigner.Presign(new PutObject("cat.png") { ContentType = "image/png" });
        HttpResponseMessage response = await _http.SendAsync(upload.ToHttpRequestMessage(new StringContent("meow")));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        photos["cat.png"].ContentType.Should().Be("image/png");
        Encoding.UTF8.GetString(photos["cat.png"].Content.Span).Should().Be("meow");
    }

    [Fact]
    public async Task Upload_OfADifferentType_IsRejectedWithItsCause()
    {
        IPresigner presigner = store.S3.CreatePresigner("photos");

        PresignedUrl upload = presigner.Presign(new PutObject("dog.png") { ContentType = "image/png" });
        HttpRequestMessage request = upload.ToHttpRequestMessage(new StringContent("woof"));
        request.Content!.Headers.ContentType = new("image/jpeg");
        await _http.SendAsync(request);

        LocalS3Error error = store.S3.Requests[^1].Error!;
        error.Code.Should().Be("SignatureDoesNotMatch");
        error.Cause.Should().EndWith("Signed: content-type: image/png. Received: content-type: image/jpeg.");
    }

    [Fact]
    public async Task Upload_ByAForm_IsStored()
    {
        IPresigner presigner = store.S3.CreatePresigner("photos");

        PresignedPost form = presigner.PresignPost(new PostPolicy(PostKey.Prefix("ada/")) { UseFileName = true, ContentType = "image/png", ContentLength = (1, 1 << 20) });
        HttpResponseMessage response = await _http.PostAsync(form.Url, form.ToMultipartContent(new MemoryStream([1, 2, 3]), "me.png"));

        response.StatusCode.Should().Be(HttpStatusCode.NoContent);
        store.S3.Buckets["photos"].Contains("ada/me.png").Should().BeTrue();
    }

    [Fact]
    public async Task Download_HostNameWithTheBucket_Works()
    {
        LocalS3Server s3 = store.S3;
        s3.Buckets["photos"].Put("virtual.txt", "found"u8);

        S3Presigner presigner = new(new PresignerOptions
        {
            Endpoint = $"http://localhost:{new Uri(s3.Endpoint).Port}",
            Region = s3.Region,
            Bucket = "photos",
            AccessKeyId = s3.AccessKeyId,
            SecretAccessKey = s3.SecretAccessKey,
            UrlStyle = UrlStyle.VirtualHosted,
        });

        PresignedUrl link = presigner.Presign(new GetObject("virtual.txt"));
        link.Url.Should().StartWith("http://photos.localhost:");
        (await _http.GetStringAsync(link.Url)).Should().Be("found");
    }

    [Fact]
    public async Task AllowCors_PreflightOfAnotherOrigin_IsAnswered()
    {
        LocalS3Server s3 = store.S3;

        s3.Buckets["photos"].AllowCors("http://localhost:5173");

        HttpRequestMessage preflight = new(HttpMethod.Options, s3.Endpoint + "/photos/cat.png")
        {
            Headers = { { "Origin", "http://localhost:5173" }, { "Access-Control-Request-Method", "PUT" }, { "Access-Control-Request-Headers", "content-type" } },
        };
        HttpResponseMessage response = await _http.SendAsync(preflight);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal("http://localhost:5173");
        response.Headers.GetValues("Access-Control-Expose-Headers").Should().Equal("ETag");
    }

    public void Dispose() => _http.Dispose();
}
