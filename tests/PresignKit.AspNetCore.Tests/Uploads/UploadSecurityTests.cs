using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace PresignKit.AspNetCore.Tests.Uploads;

/// <summary>One test for each rule that people forget when they write such endpoints themselves.</summary>
public sealed class UploadSecurityTests
{
    private static readonly object Photo = new { name = "photo.png", type = "image/png", size = 5 };

    public static TheoryData<string, string> Endpoints => new()
    {
        { "POST", "/uploads" }, { "POST", "/uploads/parts" }, { "POST", "/uploads/finish" }, { "POST", "/uploads/done" }, { "POST", "/uploads/uppy" },
        { "GET", "/uploads/uppy/s3/params?filename=photo.png&type=image/png" },
    };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task AnyEndpoint_UserIsNotAuthenticated_Is401(string method, string path)
    {
        await using UploadApp app = await UploadApp.StartAsync();
        using HttpRequestMessage request = new(new HttpMethod(method), path) { Content = method == "GET" ? null : JsonContent.Create(Photo) };

        using HttpResponseMessage response = await app.CreateClient(user: null).SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task AnyEndpoint_ApplicationAddsAllowAnonymous_IsStill401(string method, string path)
    {
        await using UploadApp app = await UploadApp.StartAsync(endpoints: uploads => uploads.AllowAnonymous());
        using HttpRequestMessage request = new(new HttpMethod(method), path) { Content = method == "GET" ? null : JsonContent.Create(Photo) };

        using HttpResponseMessage response = await app.CreateClient(user: null).SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        (await response.Content.ReadAsStringAsync()).Should().Contain("Sign in to upload files.");
    }

    [Fact]
    public async Task Start_AllowAnonymousOption_AcceptsUsersWithoutAccount()
    {
        await using UploadApp app = await UploadApp.StartAsync(o => (o.AllowAnonymous, o.Folder) = (true, _ => "inbox/"));

        JsonElement start = await app.PostAsync("/uploads", Photo, user: null);
        using HttpResponseMessage put = await app.SendAsync(start.GetProperty("put"), new StringContent("12345"));
        JsonElement done = await app.PostAsync("/uploads/done", new { ticket = start.GetProperty("ticket").GetString() }, user: null);

        done.GetProperty("key").GetString().Should().StartWith("inbox/");
    }

    [Fact]
    public async Task Start_UserHasOnlyASubjectClaim_IsIdentifiedByIt()
    {
        await using UploadApp app = await UploadApp.StartAsync(o => o.Folder = user => $"users/{user.FindFirstValue("sub")}/");

        JsonElement start = await app.PostAsync("/uploads", Photo, UserHeaderAuthentication.Subject + "ada");

        start.GetProperty("key").GetString().Should().StartWith("users/ada/");
        await app.PostRejectedAsync("/uploads/done", new { ticket = start.GetProperty("ticket").GetString() }, 403, UserHeaderAuthentication.Subject + "bob");
    }

    [Fact]
    public async Task Start_OwnUserId_BindsTheTicketToIt()
    {
        await using UploadApp app = await UploadApp.StartAsync(o => (o.UserId, o.Folder) = (_ => "team", _ => "team/"));

        JsonElement start = await app.PostAsync("/uploads", Photo);

        await app.PostRejectedAsync("/uploads/done", new { ticket = start.GetProperty("ticket").GetString() }, 404, "bob");
    }

    [Fact]
    public async Task Start_AllowAnonymousOption_AcceptsAccountsWithoutId()
    {
        await using UploadApp app = await UploadApp.StartAsync(o => (o.AllowAnonymous, o.Folder) = (true, _ => "inbox/"));

        await app.PostAsync("/uploads", Photo, "-");
        await app.PostRejectedAsync("/uploads", Photo, 403, "a/b");
    }

    [Fact]
    public async Task Start_AllowAnonymousOption_DoesNotOverrideThePolicyOfTheApplication()
    {
        await using UploadApp app = await UploadApp.StartAsync(o => (o.AllowAnonymous, o.Folder) = (true, _ => "inbox/"), endpoints: uploads => uploads.RequireAuthorization());

        await app.PostAsync("/uploads", Photo, user: null, status: 401);
    }

    [Fact]
    public async Task Start_TemporaryCredentialsExpireSooner_ShortensTheUrl()
    {
        FakeCredentials credentials = new();
        await using UploadApp app = await UploadApp.StartAsync(o => o.PresignerName = "temporary", services => services.AddPresigner("temporary", o =>
        {
            o.UseAws("eu-central-1");
            o.Bucket = "my-bucket";
            o.UseCredentials(credentials);
        }));

        credentials.ExpiresAt = app.Clock.GetUtcNow() + TimeSpan.FromMinutes(4);
        JsonElement start = await app.PostAsync("/uploads", Photo);
        JsonElement form = await app.PostAsync("/uploads/uppy", new { method = "PUT", key = "a.png", contentType = "image/png" });
        credentials.ExpiresAt = app.Clock.GetUtcNow();

        start.GetProperty("put").GetProperty("url").GetString().Should().MatchRegex("X-Amz-Expires=(239|240)&");
        form.GetProperty("expires").GetInt64().Should().BeInRange(239, 240);
        (await app.PostRejectedAsync("/uploads", Photo, 503)).Should().Be("Files cannot be uploaded at the moment. Try again later.");
        app.Log.MessagesOf(UploadLog.Category).Should().Contain(message => message.Contains("expired"));
    }

    [Theory]
    [InlineData("-")]
    [InlineData(" ")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("../bob")]
    [InlineData("a\nb")]
    public async Task Start_UserIdIsMissingOrLeadsElsewhere_Is403(string id)
    {
        await using UploadApp app = await UploadApp.StartAsync();

        await app.PostRejectedAsync("/uploads", Photo, 403, id);

        app.Log.MessagesOf(UploadLog.Category).Should().ContainSingle().Which.Should().Contain("Set UploadOptions.UserId");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("users//")]
    [InlineData("/users/")]
    [InlineData("users/ /")]
    [InlineData("users/ada")]
    [InlineData("users/../")]
    [InlineData("users/./ada/")]
    [InlineData("users/a\\b/")]
    [InlineData("users/a\0/")]
    [InlineData("users/a\u202E/")]
    public async Task Start_FolderIsNotSafe_Is403(string? folder)
    {
        await using UploadApp app = await UploadApp.StartAsync(o => o.Folder = _ => folder);

        await app.PostRejectedAsync("/uploads", Photo, 403);

        app.Log.MessagesOf(UploadLog.Category).Should().ContainSingle().Which.Should().Contain("UploadOptions.Folder");
    }

    [Fact]
    public async Task Start_FolderWithLoneSurrogate_Is403()
    {
        await using UploadApp app = await UploadApp.StartAsync(o => o.Folder = _ => "users/\uD800/");

        await app.PostRejectedAsync("/uploads", Photo, 403);
    }

    [Fact]
    public async Task Start_FolderOfMaximumLength_FitsTheKey()
    {
        await using UploadApp app = await UploadApp.StartAsync(o => o.Folder = _ => new string('f', 890) + "/");

        JsonElement start = await app.PostAsync("/uploads", new { name = new string('n', 500), type = "image/png", size = 5 });

        Encoding.UTF8.GetByteCount(start.GetProperty("key").GetString()!).Should().BeInRange(1023, 1024);
    }

    [Fact]
    public async Task Start_FolderIsTooLong_Is403()
    {
        await using UploadApp app = await UploadApp.StartAsync(o => o.Folder = _ => new string('f', 891) + "/");

        await app.PostRejectedAsync("/uploads", Photo, 403);
    }

    [Fact]
    public async Task Start_SameFileTwice_HasTwoKeysThatTheClientDidNotChoose()
    {
        await using UploadApp app = await UploadApp.StartAsync();
        object request = new { name = "../bob/photo.png", type = "image/png", size = 5, key = "users/bob/photo.png", folder = "users/bob/" };

        string first = (await app.PostAsync("/uploads", request)).GetProperty("key").GetString()!;
        string second = (await app.PostAsync("/uploads", request)).GetProperty("key").GetString()!;

        first.Should().MatchRegex("^users/ada/[0-9a-f]{32}/photo\\.png$").And.NotBe(second);
    }

    [Theory]
    [InlineData("done")]
    [InlineData("parts")]
    [InlineData("finish")]
    public async Task Ticket_DifferentUser_Is403(string endpoint)
    {
        await using UploadApp app = await UploadApp.StartAsync();
        JsonElement start = await app.PostAsync("/uploads", new { name = "film.mp4", type = "video/mp4", size = 20 << 20 });

        string problem = await app.PostRejectedAsync($"/uploads/{endpoint}", new { ticket = start.GetProperty("ticket").GetString(), uploadId = "id", from = 1 }, 403, "bob");

        problem.Should().Be("The ticket was issued to a different user. Start the upload again.");
    }

    [Fact]
    public async Task Ticket_UserOfSameIdButDifferentFolder_Is403()
    {
        string folder = "tenant-1/";
        await using UploadApp app = await UploadApp.StartAsync(o => o.Folder = _ => folder);
        JsonElement start = await app.PostAsync("/uploads", Photo);

        folder = "tenant-2/";

        await app.PostRejectedAsync("/uploads/done", new { ticket = start.GetProperty("ticket").GetString() }, 403);
    }

    [Fact]
    public async Task Ticket_Expired_Is403()
    {
        await using UploadApp app = await UploadApp.StartAsync();
        JsonElement start = await app.PostAsync("/uploads", Photo);
        string ticket = start.GetProperty("ticket").GetString()!;

        app.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        (await app.PostRejectedAsync("/uploads/done", new { ticket }, 404)).Should().StartWith("The store does not have the file yet.");
        app.Clock.Advance(TimeSpan.FromSeconds(1));

        (await app.PostRejectedAsync("/uploads/done", new { ticket }, 403)).Should().Be("The ticket has expired. Start the upload again.");
        start.GetProperty("expiresAt").GetDateTimeOffset().Should().Be(app.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Ticket_Changed_Is403()
    {
        await using UploadApp app = await UploadApp.StartAsync();
        string ticket = (await app.PostAsync("/uploads", Photo)).GetProperty("ticket").GetString()!;
        int middle = ticket.Length / 2;

        foreach (string changed in (string[])[ticket[..^1], "x", "…", new string('A', 10_000), ticket[..middle] + (ticket[middle] == 'A' ? 'B' : 'A') + ticket[(middle + 1)..]])
        {
            (await app.PostRejectedAsync("/uploads/done", new { ticket = changed }, 403)).Should().Be("The ticket is not valid. Start the upload again.");
        }
    }

    [Theory]
    [InlineData("/avatars")]
    [InlineData("/avatars/uploads")]
    [InlineData("/tenants/1/uploads")]
    public async Task Ticket_OfOtherEndpoints_Is403(string path)
    {
        await using UploadApp app = await UploadApp.StartAsync(map: app =>
        {
            app.MapUploads("/avatars", UploadApp.SetRequired);
            app.MapGroup("/avatars").MapUploads("/uploads", UploadApp.SetRequired);
            app.MapUploads("/tenants/{tenant}/uploads", UploadApp.SetRequired);
        });
        string ticket = (await app.PostAsync(path, Photo)).GetProperty("ticket").GetString()!;

        await app.PostRejectedAsync("/uploads/done", new { ticket }, 403);
        await app.PostRejectedAsync("/tenants/2/uploads/done", new { ticket }, 403);
        await app.PostRejectedAsync(path + "/done", new { ticket }, 404);
        await app.PostRejectedAsync(path.ToUpperInvariant() + "/done/", new { ticket }, 404);
    }

    [Fact]
    public async Task Ticket_RulesHaveBecomeStricter_Is403()
    {
        using TemporaryKeys keys = new();
        await using UploadApp before = await UploadApp.StartAsync(services: keys.Share);
        string ticket = (await before.PostAsync("/uploads", Photo)).GetProperty("ticket").GetString()!;
        await using UploadApp same = await UploadApp.StartAsync(services: keys.Share);
        await using UploadApp smaller = await UploadApp.StartAsync(o => o.MaxBytes = 4, services: keys.Share);
        await using UploadApp noImages = await UploadApp.StartAsync(o => o.ContentTypes = ["text/plain"], services: keys.Share);

        await same.PostRejectedAsync("/uploads/done", new { ticket }, 404);
        await smaller.PostRejectedAsync("/uploads/done", new { ticket }, 403);
        await noImages.PostRejectedAsync("/uploads/done", new { ticket }, 403);
    }

    [Fact]
    public async Task Ticket_Content_IsNotReadable()
    {
        await using UploadApp app = await UploadApp.StartAsync();

        string ticket = (await app.PostAsync("/uploads", Photo)).GetProperty("ticket").GetString()!;

        Encoding.Latin1.GetString(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(ticket)).Should().NotContain("photo").And.NotContain("ada");
    }

    [Theory]
    [InlineData("""{"name":"a.png","type":"image/png","size":41943041}""", 413, "The file has 41943041 bytes, but the limit is 41943040 bytes. Choose a smaller file.")]
    [InlineData("""{"name":"a.png","type":"image/png","size":300000000}""", 413, "The file has 286.1 MiB, but the limit is 40 MiB. Choose a smaller file.")]
    [InlineData("""{"name":"a.png","type":"image/png","size":5905580032}""", 413, "The file has 5.5 GiB, but the limit is 40 MiB. Choose a smaller file.")]
    [InlineData("""{"name":"a.png","type":"image/png","size":-1}""", 400, "The size -1*")]
    [InlineData("""{"name":"a.png","type":"image/png"}""", 400, "The size of the file is missing*")]
    [InlineData("""{"name":"a.png","type":"image/png","size":1.5}""", 400, "The body is not the JSON object*")]
    [InlineData("""{"name":"a.png","type":"image/png","size":"5"}""", 400, "The body is not the JSON object*")]
    [InlineData("""{"name":"a.png","type":"image/png","size":99999999999999999999}""", 400, "The body is not the JSON object*")]
    [InlineData("""{"type":"image/png","size":5}""", 400, "The name of the file is missing or too long*")]
    [InlineData("""{"name":"","type":"image/png","size":5}""", 400, "The name of the file is missing or too long*")]
    [InlineData("""{"name":"a.html","type":"text/html","size":5}""", 415, "Files of type text/html are not allowed. Choose a file of one of these types: image/png, text/plain, video/mp4.")]
    [InlineData("""{"name":"a","type":"image/*","size":5}""", 400, "The type of the file is not a media type*")]
    [InlineData("""{"name":"a","type":"image/png\r\nx-amz-acl: public-read","size":5}""", 400, "The type of the file is not a media type*")]
    [InlineData("""{"name":"a","type":"","size":5}""", 415, "Files of type application/octet-stream are not allowed.*")]
    [InlineData("""null""", 400, "The body is not the JSON object*")]
    [InlineData("""[]""", 400, "The body is not the JSON object*")]
    [InlineData("""{""", 400, "The body is not the JSON object*")]
    [InlineData("", 400, "The body is not the JSON object*")]
    public async Task Start_InvalidRequest_IsRejectedWithTheRemedy(string body, int status, string problem)
    {
        await using UploadApp app = await UploadApp.StartAsync();
        using StringContent content = new(body, Encoding.UTF8, "application/json");

        using HttpResponseMessage response = await app.CreateClient().PostAsync("/uploads", content);

        ((int)response.StatusCode).Should().Be(status);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString().Should().Match(problem);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=foo")]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=")]
    [InlineData(null)]
    public async Task Start_BodyIsNotJson_Is415(string? contentType)
    {
        await using UploadApp app = await UploadApp.StartAsync();
        using ByteArrayContent content = new(JsonSerializer.SerializeToUtf8Bytes(Photo));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        using HttpResponseMessage response = await app.CreateClient().PostAsync("/uploads", content);

        response.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Start_BodyIsTooLong_Is413()
    {
        await using UploadApp app = await UploadApp.StartAsync();
        await app.PostRejectedAsync("/uploads", new { name = new string('a', 1025), type = "image/png", size = 5 }, 400);
        await app.PostAsync("/uploads", new { name = new string('a', 1024), type = "image/png", size = 5 });
        using StringContent content = new(JsonSerializer.Serialize(new { name = new string('a', 70_000), type = "image/png", size = 5 }), Encoding.UTF8, "application/json");

        using HttpResponseMessage response = await app.CreateClient().PostAsync("/uploads", content);

        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("image/svg+xml")]
    [InlineData("text/html")]
    [InlineData("TEXT/HTML; charset=utf-8")]
    [InlineData("application/xhtml+xml")]
    [InlineData("text/xml")]
    [InlineData("application/xml")]
    [InlineData("application/rss+xml")]
    [InlineData("text/javascript")]
    [InlineData("application/javascript")]
    [InlineData("application/ecmascript")]
    [InlineData("application/x-javascript")]
    public async Task Start_AnyContentTypeAndTypeCanContainScripts_Is415UnlessListed(string type)
    {
        await using UploadApp any = await UploadApp.StartAsync(o => (o.AnyContentType, o.ContentTypes) = (true, []));
        await using UploadApp listed = await UploadApp.StartAsync(o => (o.AnyContentType, o.ContentTypes) = (true, [type.Split(';')[0]]));

        await any.PostRejectedAsync("/uploads", new { name = "a", type, size = 5 }, 415);
        JsonElement start = await listed.PostAsync("/uploads", new { name = "a", type, size = 5 });

        start.GetProperty("put").GetProperty("headers").GetProperty("content-disposition").GetString().Should().StartWith("attachment");
    }

    [Fact]
    public async Task Start_InlineType_IsStoredInline()
    {
        await using UploadApp app = await UploadApp.StartAsync(o => o.InlineContentTypes = ["image/png"]);

        JsonElement image = await app.PostAsync("/uploads", Photo);
        JsonElement text = await app.PostAsync("/uploads", new { name = "a.txt", type = "text/plain", size = 5 });

        image.GetProperty("put").GetProperty("headers").GetProperty("content-disposition").GetString().Should().Be("inline; filename=\"photo.png\"");
        text.GetProperty("put").GetProperty("headers").GetProperty("content-disposition").GetString().Should().Be("attachment; filename=\"a.txt\"");
    }

    [Fact]
    public async Task Start_TypeWithParametersAndCapitals_IsSignedWithoutThem()
    {
        await using UploadApp app = await UploadApp.StartAsync();

        JsonElement start = await app.PostAsync("/uploads", new { name = "a.txt", type = "Text/Plain; charset=utf-8", size = 5 });

        start.GetProperty("put").GetProperty("headers").GetProperty("content-type").GetString().Should().Be("text/plain");
    }

    [Fact]
    public async Task Put_DifferentSizeOrType_IsRejectedByTheStore()
    {
        await using UploadApp app = await UploadApp.StartAsync();
        JsonElement put = (await app.PostAsync("/uploads", Photo)).GetProperty("put");

        using HttpResponseMessage size = await app.SendAsync(put, new StringContent("123456"));
        using HttpRequestMessage html = new(HttpMethod.Put, put.GetProperty("url").GetString()) { Content = new StringContent("12345", Encoding.UTF8, "text/html") };
        html.Headers.TryAddWithoutValidation("If-None-Match", "*");
        html.Content.Headers.TryAddWithoutValidation("Content-Disposition", put.GetProperty("headers").GetProperty("content-disposition").GetString());
        using HttpResponseMessage type = await app.StoreClient.SendAsync(html);

        size.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        type.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Put_UsedTwice_IsRejectedByStoresThatEnforceIfNoneMatch()
    {
        await using UploadApp app = await UploadApp.StartAsync();
        JsonElement put = (await app.PostAsync("/uploads", Photo)).GetProperty("put");

        using HttpResponseMessage first = await app.SendAsync(put, new StringContent("12345"));
        using HttpResponseMessage second = await app.SendAsync(put, new StringContent("evil!"));

        first.StatusCode.Should().Be(HttpStatusCode.OK);
        second.StatusCode.Should().Be(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task Put_AfterFiveMinutes_IsRejectedByTheStore()
    {
        await using UploadApp app = await UploadApp.StartAsync();
        JsonElement put = (await app.PostAsync("/uploads", Photo)).GetProperty("put");

        app.Clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        using HttpResponseMessage response = await app.SendAsync(put, new StringContent("12345"));

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync()).Should().Contain("Request has expired");
    }

    [Theory]
    [InlineData("aws", true)]
    [InlineData("r2", true)]
    [InlineData("spaces", false)]
    public async Task Start_SignIfNoneMatchIsNotSet_DependsOnTheProvider(string provider, bool isSigned)
    {
        await using UploadApp app = await UploadApp.StartAsync(
            o => (o.SignIfNoneMatch, o.PresignerName) = (null, "other"),
            services => services.AddPresigner("other", o =>
            {
                S3Provider.TryFind(provider, out S3Provider? found).Should().BeTrue();
                o.UseEndpoint(found!.CreateEndpoint(found.RequiresRegion ? found.RegionExample : null, found.RequiresAccountId ? "0123456789abcdef0123456789abcdef" : null));
                (o.Bucket, o.AccessKeyId, o.SecretAccessKey) = ("my-bucket", "AKIDEXAMPLE", "example-secret-access-key");
                o.LockUnsignedHeaders = found.IsCeph;
            }));

        JsonElement start = await app.PostAsync("/uploads", Photo);

        start.GetProperty("put").GetProperty("headers").TryGetProperty("if-none-match", out _).Should().Be(isSigned);
    }

    public static TheoryData<string?, string?, string?, int> Origins => new()
    {
        { "same-origin", null, "session=1", 200 },
        { "same-origin", "http://localhost", "session=1", 200 },
        { "none", null, "session=1", 200 },
        { "cross-site", null, "session=1", 403 },
        { "same-site", null, "session=1", 403 },
        { "cross-site", "https://evil.example", null, 403 },
        { "cross-site", "https://app.example.com", "session=1", 200 },
        { "same-site", "https://app.example.com", "session=1", 200 },
        { null, "https://app.example.com", "session=1", 200 },
        { null, "http://localhost", "session=1", 200 },
        { null, "https://localhost", "session=1", 403 },
        { null, "http://localhost:8080", "session=1", 403 },
        { null, "http://localhost.evil.example", "session=1", 403 },
        { null, "null", "session=1", 403 },
        { null, "https://evil.example", null, 403 },
        { null, null, "session=1", 403 },
        { null, null, null, 200 },
        { "same-origin, cross-site", null, null, 403 },
    };

    [Theory]
    [MemberData(nameof(Origins))]
    public async Task AnyEndpoint_Origin_IsChecked(string? site, string? origin, string? cookie, int status)
    {
        await using UploadApp app = await UploadApp.StartAsync(o => o.AllowedOrigins = ["https://app.example.com"]);
        HttpClient client = app.CreateClient();
        client.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        foreach ((string name, string? value) in new Dictionary<string, string?> { ["Sec-Fetch-Site"] = site, ["Origin"] = origin, ["Cookie"] = cookie })
        {
            if (value is not null)
            {
                client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
            }
        }

        using HttpResponseMessage post = await client.PostAsJsonAsync("/uploads", Photo);
        using HttpResponseMessage get = await client.GetAsync("/uploads/uppy/s3/params?filename=a.png&type=image/png");

        ((int)post.StatusCode).Should().Be(status);
        ((int)get.StatusCode).Should().Be(status);
    }

    [Fact]
    public async Task AllowUpload_Rejects_Is403WithItsReason()
    {
        PlannedUpload? planned = null;
        await using UploadApp app = await UploadApp.StartAsync(o => o.AllowUpload = (upload, _, _) =>
        {
            planned = upload;
            return new(UploadDecision.Reject("Your files already use 1 GB. Delete some of them first."));
        });

        string problem = await app.PostRejectedAsync("/uploads", Photo, 403);

        problem.Should().Be("Your files already use 1 GB. Delete some of them first.");
        planned.Should().BeEquivalentTo(new { UserId = "ada", Name = "photo.png", ContentType = "image/png", Size = 5L, MaxBytes = 5L }, o => o.ExcludingMissingMembers());
    }

    [Fact]
    public async Task AllowUpload_Allows_Continues()
    {
        await using UploadApp app = await UploadApp.StartAsync(o => o.AllowUpload = (_, _, _) => new(UploadDecision.Allow));

        await app.PostAsync("/uploads", Photo);
    }

    [Fact]
    public async Task MapUploads_RateLimiter_Applies()
    {
        await using UploadApp app = await UploadApp.StartAsync(
            services: services => services.AddRateLimiter(o => o.AddFixedWindowLimiter("uploads", limit => (limit.PermitLimit, limit.Window) = (2, TimeSpan.FromHours(1)))),
            endpoints: uploads => uploads.RequireRateLimiting("uploads"),
            map: app => app.UseRateLimiter());

        await app.PostAsync("/uploads", Photo);
        await app.PostAsync("/uploads", Photo);

        await app.PostAsync("/uploads", Photo, status: 503);
    }

    [Fact]
    public async Task Log_WholeUpload_ContainsNeitherUrlNorTicketNorPolicy()
    {
        await using UploadApp app = await UploadApp.StartAsync(o => o.AllowUppyMultipart = true);
        JsonElement start = await app.PostAsync("/uploads", Photo);
        string ticket = start.GetProperty("ticket").GetString()!;
        using HttpResponseMessage put = await app.SendAsync(start.GetProperty("put"), new StringContent("12345"));
        await app.PostAsync("/uploads/done", new { ticket });
        await app.PostRejectedAsync("/uploads/done", new { ticket }, 403, "bob");
        JsonElement form = await app.PostAsync("/uploads/uppy", new { method = "PUT", key = "a.png", contentType = "image/png" });
        await app.PostRejectedAsync("/uploads/uppy", new { method = "DELETE", key = "users/bob/x" }, 403);

        IReadOnlyList<string> messages = app.Log.MessagesOf(UploadLog.Category);

        messages.Should().HaveCount(5);
        string.Join('\n', messages).Should().NotContain("X-Amz-").And.NotContain("http").And.NotContain(ticket[..20])
            .And.NotContain(form.GetProperty("fields").GetProperty("policy").GetString()![..20]).And.NotContain(app.Store.SecretAccessKey);
    }

    [Fact]
    public async Task Problem_HasACodeForScripts()
    {
        await using UploadApp app = await UploadApp.StartAsync();
        await using UploadApp service = await UploadApp.StartAsync(services: services => services.AddProblemDetails(o => o.CustomizeProblemDetails = context => context.ProblemDetails.Extensions["app"] = "mine"));

        JsonElement problem = await app.PostAsync("/uploads", new { name = "a.html", type = "text/html", size = 5 }, status: 415);
        JsonElement customized = await service.PostAsync("/uploads", new { name = "a.html", type = "text/html", size = 5 }, status: 415);

        problem.GetProperty("code").GetString().Should().Be("typeNotAllowed");
        problem.GetProperty("title").GetString().Should().Be("Unsupported Media Type");
        (customized.GetProperty("code").GetString(), customized.GetProperty("app").GetString()).Should().Be(("typeNotAllowed", "mine"));
    }

    [Fact]
    public async Task Responses_AreNotCached()
    {
        await using UploadApp app = await UploadApp.StartAsync();

        using HttpResponseMessage response = await app.CreateClient().PostAsJsonAsync("/uploads", Photo);

        response.Headers.CacheControl!.NoStore.Should().BeTrue();
    }
}
