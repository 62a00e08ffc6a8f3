using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.DocsTests;

/// <summary>The code of docs/cookbook.md.</summary>
public sealed class CookbookTests : IDisposable
{
    private readonly VerifyingStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Download_UnderAName_SetsTheResponseHeader()
    {
        S3Presigner presigner = Example.Presigner();

        PresignedUrl link = presigner.Presign(new GetObject("b1946ac9") { DownloadFileName = "Invoice 7 – März.pdf", ExpiresIn = TimeSpan.FromMinutes(10) });

        Example.Wrapped(link.Url).ShouldBeShownAs("""
            https://my-space.nyc3.digitaloceanspaces.com/b1946ac9
              ?X-Amz-Algorithm=AWS4-HMAC-SHA256
              &X-Amz-Credential=DO00EXAMPLEKEY%2F20260314%2Fnyc3%2Fs3%2Faws4_request
              &X-Amz-Date=20260314T150926Z
              &X-Amz-Expires=600
              &X-Amz-SignedHeaders=host
              &response-content-disposition=attachment%3B%20filename%3D%22Invoice%207%20_%20M_rz.pdf%22%3B%20filename%2A%3DUTF-8%27%27Invoice%25207%2520%25E2%2580%2593%2520M%25C3%25A4rz.pdf
              &X-Amz-Signature=7091c9baa02f58dc8a13d479fb4b8c9418801a375cb030154aaf2c90a8361e24
            """);
    }

    [Fact]
    public void Show_InTheBrowser_OverridesTheType()
    {
        S3Presigner presigner = Example.Presigner();

        PresignedUrl link = presigner.Presign(new GetObject("b1946ac9")
        {
            ResponseHeaders = new() { ContentType = "application/pdf", ContentDisposition = ContentDisposition.Inline("Invoice 7.pdf") },
        });

        Example.Short(link.Url).ShouldBeShownAs("""
            https://my-space.nyc3.digitaloceanspaces.com/b1946ac9?response-content-disposition=inline%3B%20filename%3D%22Invoice%207.pdf%22&response-content-type=application%2Fpdf&X-Amz-…
            """);
    }

    [Fact]
    public async Task Upload_ByHttpClient_SendsWhatIsSigned()
    {
        S3Presigner presigner = Example.Presigner();
        HttpClient http = new(_store);
        byte[] bytes = [1, 2, 3];

        PresignedUrl upload = presigner.Presign(new PutObject("photos/1.jpg") { ContentType = "image/jpeg" });

        HttpResponseMessage response = await http.SendAsync(upload.ToHttpRequestMessage(new ByteArrayContent(bytes)));
        response.EnsureSuccessStatusCode();

        string line = upload.ToCurl("1.jpg");                       // sh, bash, zsh
        string powerShell = upload.ToPowerShell("1.jpg");           // Windows PowerShell 5.1 and PowerShell 7, with curl.exe
        string json = JsonSerializer.Serialize(upload);

        _store.Requests.Should().Equal("PUT /photos/1.jpg 3");
        line.Replace(upload.Url, Example.Short(upload.Url), StringComparison.Ordinal).ShouldBeShownAs("""
            curl --fail-with-body --request PUT --header 'content-type: image/jpeg' --upload-file 1.jpg 'https://my-space.nyc3.digitaloceanspaces.com/photos/1.jpg?X-Amz-…'
            """);
        powerShell.Should().EndWith("' | curl.exe --fail-with-body --request 'PUT' --upload-file '1.jpg' --config -");
        Readable(json).ShouldBeShownAs("""
            {
              "url": "https://my-space.nyc3.digitaloceanspaces.com/photos/1.jpg?X-Amz-…",
              "method": "PUT",
              "headers": {
                "content-type": "image/jpeg"
              },
              "expiresAt": "2026-03-14T16:09:26+00:00"
            }
            """);
    }

    [Fact]
    public async Task Limit_ByAnExactLength_RejectsADifferentOne()
    {
        S3Presigner presigner = Example.Presigner();
        HttpClient http = new(_store);
        byte[] bytes = [1, 2, 3];

        PresignedUrl upload = presigner.Presign(new PutObject("photos/1.jpg")
        {
            ContentType = "image/jpeg",
            ContentLength = bytes.Length,
            Checksum = new Checksum(ChecksumAlgorithm.Sha256, System.Security.Cryptography.SHA256.HashData(bytes)),
        });

        (await http.SendAsync(upload.ToHttpRequestMessage(new ByteArrayContent(bytes)))).StatusCode.Should().Be(HttpStatusCode.OK);
        upload.RequiredHeaders.Keys.Should().BeEquivalentTo("content-type", "content-length", "x-amz-checksum-sha256");
        HttpRequestMessage longer = new(HttpMethod.Put, upload.ToUri()) { Content = new ByteArrayContent([1, 2, 3, 4]) };
        longer.Content.Headers.TryAddWithoutValidation("Content-Type", "image/jpeg");
        longer.Headers.TryAddWithoutValidation("x-amz-checksum-sha256", upload.RequiredHeaders["x-amz-checksum-sha256"]);
        (await http.SendAsync(longer)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Form_IntoTheFolderOfAUser_HasItsLimits()
    {
        S3Presigner presigner = Example.Presigner();
        HttpClient http = new(_store);
        Guid userId = new("0b6a6a3e-5d0b-4b8f-9a43-0f1c2d3e4f50");
        using MemoryStream stream = new([1, 2, 3]);

        PresignedPost post = presigner.PresignPost(new PostPolicy(PostKey.Prefix($"users/{userId:N}/"))
        {
            UseFileName = true,
            ContentType = "image/png",
            ContentLength = (1, 5 << 20),
            ExpiresIn = TimeSpan.FromMinutes(10),
        });

        string html = post.ToHtmlForm();
        HttpResponseMessage response = await http.PostAsync(post.Url, post.ToMultipartContent(stream, "me.png"));

        response.StatusCode.Should().Be(HttpStatusCode.NoContent);
        _store.LastBody.Should().Contain("name=\"key\"").And.Contain("users/0b6a6a3e5d0b4b8f9a430f1c2d3e4f50/${filename}").And.Contain("filename=\"me.png\"");
        html.Should().Contain("<input type=\"hidden\" name=\"Content-Type\" value=\"image/png\">");
        string policy = Encoding.UTF8.GetString(Convert.FromBase64String(post.Fields.Single(field => field.Key == "policy").Value));
        policy.Should().Contain("""["content-length-range",1,5242880]""").And.Contain("""["starts-with","$key","users/0b6a6a3e5d0b4b8f9a430f1c2d3e4f50/"]""");
    }

    [Fact]
    public async Task Multipart_ByUrlsAlone_UploadsAndCompletes()
    {
        S3Presigner presigner = Example.Presigner();
        HttpClient http = new(_store);
        byte[] film = new byte[12 << 20];

        HttpResponseMessage created = await http.SendAsync(presigner.Presign(new CreateMultipartUpload("film.mp4") { ContentType = "video/mp4" }).ToHttpRequestMessage());
        string uploadId = CreateMultipartUpload.ReadUploadId(await created.Content.ReadAsStringAsync());

        List<CompletedPart> parts = [];
        foreach ((PresignedUrl url, byte[] bytes) in presigner.PresignUploadParts(new UploadPart("film.mp4", uploadId, 1), 3).Zip(film.Chunk(5 << 20)))
        {
            HttpResponseMessage put = await http.SendAsync(url.ToHttpRequestMessage(new ByteArrayContent(bytes)));
            parts.Add(new CompletedPart(parts.Count + 1, UploadPart.ReadETag(put)));
        }

        PresignedUrl complete = presigner.Presign(new CompleteMultipartUpload("film.mp4", uploadId));
        await http.SendAsync(complete.ToHttpRequestMessage(new ByteArrayContent(CompleteMultipartUpload.CreateBody(parts))));

        _store.Requests.Take(4).Should().Equal("POST /film.mp4 0", "PUT /film.mp4 5242880", "PUT /film.mp4 5242880", "PUT /film.mp4 2097152");
        _store.Requests.Should().HaveCount(5);
        _store.LastBody.Should().Contain("<PartNumber>3</PartNumber>").And.Contain("etag-4");
    }

    [Fact]
    public void Urls_ToListAndDelete_AreShown()
    {
        S3Presigner presigner = Example.Presigner();

        string list = presigner.Presign(new ListObjectsV2 { Prefix = "users/42/", MaxKeys = 100 }).Url;
        PresignedUrl delete = presigner.Presign(new DeleteObject("users/42/me.png"));
        PresignedUrl acl = presigner.Presign(new S3Request(HttpMethod.Get, "users/42/me.png") { Bucket = "my-space", SubResource = "acl" });

        (Example.Short(list) + "\n" + Example.Short(delete.Url) + "\n" + Example.Short(acl.Url)).ShouldBeShownAs("""
            https://my-space.nyc3.digitaloceanspaces.com/?list-type=2&max-keys=100&prefix=users%2F42%2F&X-Amz-…
            https://my-space.nyc3.digitaloceanspaces.com/users/42/me.png?X-Amz-…
            https://my-space.nyc3.digitaloceanspaces.com/users/42/me.png?acl=&X-Amz-…
            """);
        delete.Method.Should().Be(HttpMethod.Delete);
    }

    [Fact]
    public async Task List_InPages_ReturnsAllKeys()
    {
        S3Presigner presigner = Example.Presigner();
        using ObjectStore store = new() { Objects = { ["users/42/a b.png"] = 1, ["users/42/ä+1.png"] = 2, ["users/43/c.png"] = 4 } };
        for (int i = 0; i < 200; i++)
        {
            store.Objects[FormattableString.Invariant($"users/42/many/{i}.png")] = 1;
        }

        HttpClient http = new(store);

        List<string> keys = [];
        ListObjectsV2? page = new() { Prefix = "users/42/", MaxKeys = 100, UrlEncodeKeys = true };
        while (page is not null)
        {
            using HttpResponseMessage response = await http.SendAsync(presigner.Presign(page).ToHttpRequestMessage());
            response.EnsureSuccessStatusCode();

            XElement result = XElement.Parse(await response.Content.ReadAsStringAsync());
            XNamespace s3 = result.Name.Namespace;
            keys.AddRange(result.Elements(s3 + "Contents").Select(file => WebUtility.UrlDecode(file.Element(s3 + "Key")!.Value)));
            page = result.Element(s3 + "NextContinuationToken") is { } next ? page with { ContinuationToken = next.Value } : null;
        }

        keys.Should().HaveCount(202).And.Contain(["users/42/a b.png", "users/42/ä+1.png"]).And.OnlyHaveUniqueItems();
        store.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task Delete_OfAnObject_RemovesIt()
    {
        S3Presigner presigner = Example.Presigner();
        using ObjectStore store = new() { Objects = { ["users/42/me.png"] = 1, ["users/42/b.png"] = 2 } };
        HttpClient http = new(store);

        using HttpResponseMessage deleted = await http.SendAsync(presigner.Presign(new DeleteObject("users/42/me.png")).ToHttpRequestMessage());
        deleted.EnsureSuccessStatusCode();      // 204, even if the object does not exist

        store.Objects.Keys.Should().Equal("users/42/b.png");
        deleted.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public void Log_OfAResult_DoesNotContainTheSignature()
    {
        S3Presigner presigner = Example.Presigner();
        using TextLog log = new();
        using ILoggerFactory factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        ILogger logger = factory.CreateLogger("Mail");
        PresignedUrl link = presigner.Presign(new GetObject("reports/2026.pdf"));
        string text = $"The mail server rejected <a href=\"{link.Url}\">";

        logger.LogInformation("Sent {Url}", link);                                   // the result, not link.Url
        logger.LogWarning("{Text}", PresignedUrlInfo.Redact(text));                  // any text that can contain a URL

        log.Messages[0].ShouldBeShownAs("""
            Sent GET https://my-space.nyc3.digitaloceanspaces.com/reports/2026.pdf (until 2026-03-14 16:09:26Z)
            """);
        log.Messages[1].Should().Contain("/reports/2026.pdf?").And.NotContain(link.Url.Split("X-Amz-Signature=")[1]);
    }

    [Fact]
    public async Task Change_AUrl_SignsItAgain()
    {
        FakeTimeProvider clock = new(Example.Now);
        S3Presigner presigner = Example.Presigner(clock: clock);
        string url = presigner.Presign(new GetObject("reports/2026.pdf")).Url;

        string shown = presigner.Resign(url, HttpMethod.Get, new() { ResponseHeaders = new() { ContentDisposition = "inline" } }).Url;
        string longer = presigner.Resign(url, HttpMethod.Get, new() { ExpiresIn = TimeSpan.FromDays(1) }).Url;
        string broken = UrlQuery.Append(url, "response-content-disposition", "inline");       // any URL; on a presigned one: 403

        HttpClient http = new(_store);
        (await http.GetAsync(shown)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await http.GetAsync(longer)).StatusCode.Should().Be(HttpStatusCode.OK);
        (await http.GetAsync(broken)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        longer.Should().Contain("X-Amz-Expires=86400");
    }

    [Fact]
    public async Task TemporaryCredentials_ExpireBeforeTheUrl_ShortenItOrThrow()
    {
        ManualSource source = new(Example.Now.AddMinutes(40));
        TimeProvider clock = new FakeTimeProvider(Example.Now);
        PresignerOptions options = new() { Bucket = "my-space" };
        options.UseAws("eu-west-1");

        options.UseCredentials(new RefreshingCredentialsProvider(new DelegateCredentialsProvider(async cancellationToken =>
        {
            Keys keys = await source.AssumeRoleAsync(cancellationToken);
            return new S3Credentials(keys.Id, keys.Secret, keys.Token, keys.Expiration);
        }), clock));
        S3Presigner presigner = new(options, clock);

        PresignedUrl link = await presigner.PresignAsync(new GetObject("reports/2026.pdf"));            // without ExpiresIn: one hour, or less if they expire earlier

        link.ExpiresAt.Should().Be(Example.Now.AddMinutes(40));
        Func<Task> longer = async () => await presigner.PresignAsync(new GetObject("reports/2026.pdf") { ExpiresIn = TimeSpan.FromHours(1) });
        (await longer.Should().ThrowAsync<ArgumentOutOfRangeException>()).Which.Message.Split(" (Parameter")[0].ShouldBeShownAs("""
            ExpiresIn is 3600 s, but the credentials for 'DO00EXAMPLEKEY' expire in 2400 s (2026-03-14 15:49:26Z). Request at most 2400 s, or set CredentialExpiry to Clamp.
            """);
    }

    [Fact]
    public void Keys_OfAnyText_AreKeptAsTheyAre()
    {
        S3Presigner presigner = Example.Presigner();

        string url = presigner.Presign(new GetObject("100%/a+b c/ä/'x'//y?.txt")).Url;

        Example.Short(url).ShouldBeShownAs("""
            https://my-space.nyc3.digitaloceanspaces.com/100%25/a%2Bb%20c/%C3%A4/%27x%27//y%3F.txt?X-Amz-…
            """);
        FluentActions.Invoking(() => new GetObject("users/42/../43/me.png")).Should().Throw<ArgumentException>().Which.Message.Split(" (Parameter")[0].ShouldBeShownAs("""
            The key 'users/42/../43/me.png' has '.' or '..' as a path segment, so browsers, curl and System.Uri would request a different object. Rename the object (CopyObject accepts such a key as its source).
            """);
    }

    [Theory]
    [InlineData("photos/1.jpg", null)]
    [InlineData("../x", "has '.' or '..' as a path segment")]
    public void KeyOfAUser_NotValid_IsAMessage(string sent, string? cause)
    {
        string Answer(string key)
        {
            if (!ObjectKey.IsValid(key, out string? problem))
            {
                return problem;
            }

            return Example.Presigner().Presign(new GetObject(key)).Url;
        }

        Answer(sent).Should().Contain(cause ?? "/photos/1.jpg?");
    }

    [Fact]
    public void ObjectUrl_OfAnObject_HasBucketAndKey()
    {
        ObjectUrl.TryParse("https://my-bucket.s3.eu-west-1.amazonaws.com/a%20b", endpoint: null, out string? bucket, out string? key);                         // my-bucket, a b
        (bucket, key).Should().Be(("my-bucket", "a b"));

        (bucket, key) = (null, null);
        ObjectUrl.TryParse("http://store.internal:9000/my-bucket/a%20b", S3Endpoint.Create("http://store.internal:9000", "us-east-1"), out bucket, out key);    // the same
        (bucket, key).Should().Be(("my-bucket", "a b"));
    }

    [Fact]
    public void Event_HasAKeyAsInAForm()
    {
        string key = WebUtility.UrlDecode("my+photo%281%29.jpg");       // my photo(1).jpg

        key.Should().Be("my photo(1).jpg");
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Readable(string json)
    {
        JsonNode read = JsonNode.Parse(json)!;
        read["url"] = Example.Short((string)read["url"]!);
        return read.ToJsonString(Indented);
    }

    private sealed record Keys(string Id, string Secret, string Token, DateTimeOffset Expiration);

    private sealed class ManualSource(DateTimeOffset end)
    {
        public Task<Keys> AssumeRoleAsync(CancellationToken cancellationToken) =>
            Task.FromResult(new Keys(Example.AccessKeyId, Example.SecretAccessKey, cancellationToken.IsCancellationRequested ? "" : "token", end));
    }
}
