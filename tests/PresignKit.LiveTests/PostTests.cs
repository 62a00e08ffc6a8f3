using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.LiveTests;

/// <summary>Forms that the gateway accepts or rejects (Swift's S3 API does not support forms).</summary>
public class PostTests
{
    private static readonly byte[] Body = Encoding.ASCII.GetBytes("content");

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.RgwAsSpaces)]
    [InlineData(Via.LocalS3)]
    public async Task PresignPost_WithinItsLimits_Uploads(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        PostPolicy policy = new PostPolicy(PostKey.Exact("a b/ü+%2F'&<漢😀>\"$.txt")) { ContentType = "text/plain", ContentLength = (7, 7) };

        using HttpResponseMessage uploaded = await Send(store, policy);

        await uploaded.ShouldHaveStatus(204);
        using HttpResponseMessage got = await store.Send(store.Presigner().Presign(new GetObject("a b/ü+%2F'&<漢😀>\"$.txt")));
        await got.ShouldHaveStatus(200);
        got.Content.Headers.ContentType!.ToString().Should().Be("text/plain");
        (await got.Content.ReadAsByteArrayAsync()).Should().Equal(Body);
    }

    [LiveTheory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(204)]
    public async Task PresignPost_SuccessStatus_IsTheStatusOfTheResponse(int status)
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);

        using HttpResponseMessage uploaded = await Send(store, new PostPolicy(PostKey.Exact("a")) { SuccessStatus = status });

        await uploaded.ShouldHaveStatus(status);
        if (status == 201)
        {
            (await uploaded.Content.ReadAsStringAsync()).Should().Contain($"<Bucket>{store.Bucket}</Bucket><Key>a</Key>");
        }
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.LocalS3)]
    public async Task PresignPost_SuccessRedirect_LeadsToThePageWithTheKey(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        using HttpClient withoutRedirects = new(new SocketsHttpHandler { AllowAutoRedirect = false });
        PresignedPost post = store.Presigner().PresignPost(new PostPolicy(PostKey.Exact("a")) { SuccessRedirect = "https://app.example/done" });

        using HttpResponseMessage uploaded = await withoutRedirects.PostAsync(new Uri(post.Url), post.ToMultipartContent(new MemoryStream(Body), "f.txt"));

        await uploaded.ShouldHaveStatus(303);
        uploaded.Headers.Location!.OriginalString.Should().StartWith($"https://app.example/done?bucket={store.Bucket}&key=a&etag=");
    }

    [LiveTheory]
    [InlineData(7, 7, 204, null)]
    [InlineData(0, 7, 204, null)]
    [InlineData(7, 5368709121, 204, null)]
    [InlineData(8, 9, 400, "EntityTooSmall")]
    [InlineData(0, 6, 400, "EntityTooLarge")]
    public async Task PresignPost_ContentLength_IsEnforced(long min, long max, int status, string? code)
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);

        using HttpResponseMessage response = await Send(store, new PostPolicy(PostKey.Exact("a")) { ContentLength = (min, max) });

        await response.ShouldHaveStatus(status, code);
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.LocalS3)]
    public async Task PresignPost_NoContentLength_AcceptsAnEmptyFile(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        PresignedPost post = store.Presigner().PresignPost(new PostPolicy(PostKey.Exact("a")));

        using HttpResponseMessage uploaded = await store.Http.PostAsync(new Uri(post.Url), post.ToMultipartContent(new MemoryStream(), "f.txt"));

        await uploaded.ShouldHaveStatus(204);
    }

    [LiveTheory]
    [InlineData("image/png", 204)]
    [InlineData("image/", 204)]
    [InlineData("text/html", 403)]
    [InlineData(null, 403)]
    public async Task PresignPost_ContentTypePrefix_IsEnforced(string? type, int status)
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        PresignedPost post = store.Presigner().PresignPost(new PostPolicy(PostKey.Exact("a")) { ContentTypePrefix = "image/" });

        using HttpResponseMessage response = await SendRaw(store, post, type is null ? [] : [new("Content-Type", type)]);

        await response.ShouldHaveStatus(status, status == 403 ? "AccessDenied" : null);
        if (status == 403)
        {
            (await response.Content.ReadAsStringAsync()).Should().Contain("Policy condition failed: starts-with: $Content-Type, image/");
        }
    }

    [LiveTheory]
    [InlineData("up/a.txt", 204)]
    [InlineData("up/", 204)]
    [InlineData("up/../b", 204)]
    [InlineData("upper", 403)]
    [InlineData("other/a.txt", 403)]
    public async Task PresignPost_KeyOfThePage_MustHaveThePrefix(string key, int status)
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        PresignedPost post = store.Presigner().PresignPost(new PostPolicy(PostKey.Prefix("up/")));

        using HttpResponseMessage response = await SendRaw(store, post, [new("key", key)]);

        await response.ShouldHaveStatus(status, status == 403 ? "AccessDenied" : null);
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.LocalS3)]
    public async Task PresignPost_KeyOfThePageMissing_IsAnInvalidArgument(Via via)
    {
        LiveStore store = await LiveStore.Open(via);

        using HttpResponseMessage response = await SendRaw(store, store.Presigner().PresignPost(new PostPolicy(PostKey.Any)), []);

        await response.ShouldHaveStatus(400, "InvalidArgument");
    }

    [LiveTheory]
    [InlineData("photo.jpg")]
    [InlineData("n ä 漢😀 'x' [1] (2) +%20&=.png")]
    [InlineData("back\\slash.txt")]
    [InlineData("=?utf-8?B?YQ==?=")]
    public async Task PresignPost_UseFileName_PutsTheNameIntoTheKey(string fileName)
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        PresignedPost post = store.Presigner().PresignPost(new PostPolicy(PostKey.Prefix("up/ü/")) { UseFileName = true });

        using HttpResponseMessage uploaded = await store.Http.PostAsync(new Uri(post.Url), post.ToMultipartContent(new MemoryStream(Body), fileName));

        await uploaded.ShouldHaveStatus(204);
        using HttpResponseMessage got = await store.Send(store.Presigner().Presign(new GetObject("up/ü/" + fileName)));
        await got.ShouldHaveStatus(200);
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.LocalS3)]
    public async Task PresignPost_SuffixDefaultAndUnicodeMetadata_AreAccepted(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        PresignedPost post = store.Presigner().PresignPost(new PostPolicy(PostKey.Prefix("m/"))
        {
            UseFileName = true,
            FileNameSuffix = ".bak",
            ContentType = "image/png",
            ContentTypePrefix = "image/",
            Metadata = new Dictionary<string, string> { ["title"] = "Grüße 漢" },
        });

        using HttpResponseMessage withDefault = await store.Http.PostAsync(new Uri(post.Url), post.ToMultipartContent(new MemoryStream(Body), "a"));
        using HttpResponseMessage changed = await store.Http.PostAsync(new Uri(post.Url), post.ToMultipartContent(new MemoryStream(Body), "b", [new("Content-Type", "image/gif")]));

        await withDefault.ShouldHaveStatus(204);
        await changed.ShouldHaveStatus(204);
        foreach ((string key, string type) in new[] { ("m/a.bak", "image/png"), ("m/b.bak", "image/gif") })
        {
            using HttpResponseMessage got = await store.Send(store.Presigner().Presign(new GetObject(key)));
            await got.ShouldHaveStatus(200);
            got.Content.Headers.ContentType!.MediaType.Should().Be(type);
        }
    }

    [LiveFact]
    public async Task PresignPost_AllProperties_AreStored()
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        PostPolicy policy = new PostPolicy(PostKey.Exact("a"))
        {
            ContentType = "text/x-test; charset=utf-8",
            Metadata = new Dictionary<string, string> { ["note"] = "it's \"a\" \\ <b> &amp; 100%", ["Mixed-Case"] = "1" },
            Tagging = new Dictionary<string, string> { ["project"] = "a&b=c <x>", ["Größe"] = "1 + 1" },
            ServerSideEncryption = ServerSideEncryption.Kms("testkey-1"),
            Acl = "public-read",
            StorageClass = "STANDARD",
            CacheControl = "max-age=1",
            ContentDisposition = "attachment; filename=\"a.txt\"",
            ContentEncoding = "gzip",
            Checksum = new Checksum(ChecksumAlgorithm.Crc32, new byte[4]),
            Fields = [new("Content-MD5", "mgNkuembtIDdJeHwKEyFVQ=="), new("Content-Language", "de"), new("note", "any"), new("x-ignore-me", "any")],
        };

        using HttpResponseMessage uploaded = await Send(store, policy);

        await uploaded.ShouldHaveStatus(204);
        using HttpResponseMessage got = await store.Send(store.Presigner().Presign(new HeadObject("a")));
        await got.ShouldHaveStatus(200);
        got.Content.Headers.ContentType!.ToString().Should().Be("text/x-test; charset=utf-8");
        got.Headers.GetValues("x-amz-meta-note").Should().Equal("it's \"a\" \\ <b> &amp; 100%");
        got.Headers.GetValues("x-amz-meta-mixed-case").Should().Equal("1");
        got.Headers.GetValues("x-amz-server-side-encryption-aws-kms-key-id").Should().Equal("testkey-1");
        using HttpResponseMessage tags = await store.Send(store.Presigner().Presign(new GetObjectTagging("a")));
        (await tags.Content.ReadAsStringAsync()).Should().Contain("<Key>project</Key><Value>a&amp;b=c &lt;x&gt;</Value>").And.Contain("<Key>Größe</Key><Value>1 + 1</Value>");
        using HttpResponseMessage acl = await store.Send(store.Presigner().Presign(new S3Request(HttpMethod.Get, "a") { Bucket = store.Bucket, SubResource = "acl" }));
        (await acl.Content.ReadAsStringAsync()).Should().Contain("AllUsers").And.Contain("<Permission>READ</Permission>");
    }

    [LiveFact]
    public async Task PresignPost_SseCustomerKey_IsRequiredForTheDownload()
    {
        LiveStore store = await LiveStore.Open(Via.RgwAsSpaces);
        SseCustomerKey key = new(Enumerable.Range(0, SseCustomerKey.Size).Select(one => (byte)one).ToArray());

        using HttpResponseMessage uploaded = await Send(store, new PostPolicy(PostKey.Exact("a")) { SseCustomerKey = key });
        using HttpResponseMessage without = await store.Send(store.Presigner().Presign(new GetObject("a")));
        using HttpResponseMessage got = await store.Send(store.Presigner().Presign(new GetObject("a") { SseCustomerKey = key }));

        await uploaded.ShouldHaveStatus(204);
        await without.ShouldHaveStatus(400);
        (await got.Content.ReadAsByteArrayAsync()).Should().Equal(Body);
    }

    [LiveTheory]
    [InlineData("x-amz-meta-title", "my title", 204)]
    [InlineData("x-amz-meta-title", "other", 403)]
    [InlineData("acl", "public-read", 403)]
    [InlineData("x-amz-meta-other", "my title", 403)]
    [InlineData("x-ignore-other", "any", 403)]
    public async Task PresignPost_Condition_IsEnforced(string field, string value, int status)
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        PresignedPost post = store.Presigner().PresignPost(
            new PostPolicy(PostKey.Exact("a")) { Conditions = [PostCondition.StartsWith("x-amz-meta-title", "my "), PostCondition.StartsWith("free", "")] });

        using HttpResponseMessage response = await SendRaw(store, post, [new(field, value)]);

        await response.ShouldHaveStatus(status, status == 403 ? "AccessDenied" : null);
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.LocalS3)]
    public async Task PresignPost_ExactMatch_RequiresTheFieldWithThatValue(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        PresignedPost post = store.Presigner().PresignPost(new PostPolicy(PostKey.Exact("a")) { Conditions = [PostCondition.ExactMatch("consent", "yes 😀")] });

        using HttpResponseMessage missing = await SendRaw(store, post, []);
        using HttpResponseMessage other = await SendRaw(store, post, [new("consent", "no")]);
        using HttpResponseMessage met = await SendRaw(store, post, [new("consent", "yes 😀")]);

        await missing.ShouldHaveStatus(403, "AccessDenied");
        await other.ShouldHaveStatus(403, "AccessDenied");
        await met.ShouldHaveStatus(204);
    }

    [LiveTheory]
    [InlineData(Via.Rgw, "variable not found: acl")]
    [InlineData(Via.LocalS3, "Policy Condition failed: [\"eq\", \"$acl\", \"private\"]")]
    public async Task PresignPost_OmittedField_IsNamed(Via via, string message)
    {
        LiveStore store = await LiveStore.Open(via);
        PresignedPost post = store.Presigner().PresignPost(new PostPolicy(PostKey.Exact("a")) { Acl = "private" });

        using HttpResponseMessage response = await SendRaw(store, Changed(post, "acl", null), []);

        await response.ShouldHaveStatus(403, "AccessDenied");
        (await response.Content.ReadAsStringAsync()).Should().Contain(message);
    }

    [LiveTheory]
    [InlineData(Via.Rgw, "AccessDenied")]
    [InlineData(Via.LocalS3, "SignatureDoesNotMatch")]
    public async Task PresignPost_Tampered_IsRejected(Via via, string code)
    {
        LiveStore store = await LiveStore.Open(via);
        PresignedPost post = store.Presigner().PresignPost(new PostPolicy(PostKey.Exact("a")) { ContentLength = (1, 2) });
        string json = Encoding.UTF8.GetString(Convert.FromBase64String(Field(post, "policy")));
        string wider = Convert.ToBase64String(Encoding.UTF8.GetBytes(json.Replace("1,2]", "1,9]", StringComparison.Ordinal)));

        using HttpResponseMessage policy = await SendRaw(store, Changed(post, "policy", wider), []);
        using HttpResponseMessage signature = await SendRaw(store, Changed(post, "x-amz-signature", new string('0', 64)), []);
        using HttpResponseMessage key = await SendRaw(store, Changed(post, "key", "b"), []);

        await policy.ShouldHaveStatus(403, code);
        await signature.ShouldHaveStatus(403, code);
        await key.ShouldHaveStatus(403, "AccessDenied");
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.LocalS3)]
    public async Task PresignPost_Expired_IsRejected(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        S3Presigner anHourAgo = store.Presigner(new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(-1)));

        using HttpResponseMessage open = await Send(store, new PostPolicy(PostKey.Exact("a")) { ExpiresIn = TimeSpan.FromMinutes(61) }, anHourAgo);
        using HttpResponseMessage expired = await Send(store, new PostPolicy(PostKey.Exact("a")) { ExpiresIn = TimeSpan.FromMinutes(59) }, anHourAgo);

        await open.ShouldHaveStatus(204);
        await expired.ShouldHaveStatus(403, "AccessDenied");
        (await expired.Content.ReadAsStringAsync()).Should().Contain("Policy expired");
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.LocalS3)]
    public async Task PresignPost_SigningWindow_Uploads(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        PresignerOptions options = store.Options();
        options.SigningWindow = TimeSpan.FromHours(1);
        S3Presigner presigner = new(options);
        PostPolicy policy = new PostPolicy(PostKey.Exact("a")) { ExpiresIn = TimeSpan.FromSeconds(30) };

        using HttpResponseMessage uploaded = await Send(store, policy, presigner);

        await uploaded.ShouldHaveStatus(204);
    }

    [LiveFact]
    public async Task PresignPost_AssumedRole_UploadsAndIsRejectedWithoutItsToken()
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        PresignerOptions options = await SessionTokenTests.OptionsOfARole(store);
        PresignedPost post = new S3Presigner(options).PresignPost(new PostPolicy(PostKey.Exact("by role")));

        using HttpResponseMessage uploaded = await SendRaw(store, post, []);
        using HttpResponseMessage without = await SendRaw(store, Changed(post, "x-amz-security-token", null), []);

        await uploaded.ShouldHaveStatus(204);
        await without.ShouldHaveStatus(403);
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.LocalS3)]
    public async Task PresignPost_AsJson_IsTheSameForm(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        PresignedPost post = store.Presigner().PresignPost(new PostPolicy(PostKey.Prefix("ü/")) { Acl = "private", ContentTypePrefix = "text/" });

        PresignedPost read = JsonSerializer.Deserialize<PresignedPost>(JsonSerializer.Serialize(post))!;
        using StringContent file = new("content", Encoding.UTF8, "text/plain");
        using HttpResponseMessage uploaded = await store.Http.PostAsync(new Uri(read.Url), read.ToMultipartContent(file, "f", [new("key", "ü/a")]));

        await uploaded.ShouldHaveStatus(204);
    }

    // The S3 API of Swift 2.30 does not support forms.
    [LiveFact]
    public async Task PresignPost_OnSwift_IsRejected()
    {
        LiveStore store = await LiveStore.Open(Via.Swift);

        using HttpResponseMessage response = await Send(store, new PostPolicy(PostKey.Exact("a")));

        ((int)response.StatusCode).Should().BeInRange(400, 499);
    }

    private static Task<HttpResponseMessage> Send(LiveStore store, PostPolicy policy, S3Presigner? presigner = null)
    {
        PresignedPost post = (presigner ?? store.Presigner()).PresignPost(policy);
        return store.Http.PostAsync(new Uri(post.Url), post.ToMultipartContent(new MemoryStream(Body), "f.txt"));
    }

    /// <summary>Sends the added fields without a check, as anyone who has the form could.</summary>
    private static Task<HttpResponseMessage> SendRaw(LiveStore store, PresignedPost post, KeyValuePair<string, string>[] added) =>
        store.Http.PostAsync(
            new Uri(post.Url), new PresignedPost(post.Url, [.. post.Fields, .. added], post.ExpiresAt).ToMultipartContent(new MemoryStream(Body), "f.txt"));

    private static PresignedPost Changed(PresignedPost post, string field, string? value) => new(
        post.Url,
        post.Fields.Where(one => one.Key != field || value is not null).Select(one => one.Key == field ? new(field, value!) : one),
        post.ExpiresAt);

    private static string Field(PresignedPost post, string name) => post.Fields.Single(field => field.Key == name).Value;
}
