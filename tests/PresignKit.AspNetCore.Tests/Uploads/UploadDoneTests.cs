using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PresignKit.LocalS3;

namespace PresignKit.AspNetCore.Tests.Uploads;

public sealed class UploadDoneTests
{
    [Fact]
    public async Task Done_FileIsNotInTheStore_Is404()
    {
        await using UploadApp app = await UploadApp.StartAsync(o => o.OnCompleted = (_, _, _) => throw new InvalidOperationException("The callback must not be called."));
        (string ticket, _) = await StartAsync(app);

        (await app.PostRejectedAsync("/uploads/done", new { ticket }, 404)).Should().Be("The store does not have the file yet. Upload it, then send this request again.");
    }

    [Fact]
    public async Task Done_FileHasDifferentSize_Is409()
    {
        await using UploadApp app = await UploadApp.StartAsync(o => o.OnCompleted = (_, _, _) => throw new InvalidOperationException("The callback must not be called."));
        (string ticket, string key) = await StartAsync(app);
        await StoreAsync(app, key, "123456", "image/png");

        (await app.PostRejectedAsync("/uploads/done", new { ticket }, 409)).Should().Be("The stored file has 6 bytes, but the upload was started for 5 bytes. Upload the file again.");
    }

    [Fact]
    public async Task Done_FileHasDifferentType_Is409()
    {
        await using UploadApp app = await UploadApp.StartAsync(o => o.OnCompleted = (_, _, _) => throw new InvalidOperationException("The callback must not be called."));
        (string ticket, string key) = await StartAsync(app);
        await StoreAsync(app, key, "12345", "text/html");

        (await app.PostRejectedAsync("/uploads/done", new { ticket }, 409)).Should().Be("The stored file has the type text/html, but the upload was started for image/png. Upload the file again.");
    }

    [Fact]
    public async Task Done_CallbackThrows_CanBeRepeated()
    {
        int calls = 0;
        await using UploadApp app = await UploadApp.StartAsync(
            o => o.OnCompleted = (upload, services, _) =>
            {
                services.GetRequiredService<IPresigner>().Should().NotBeNull();
                upload.User.Identity!.IsAuthenticated.Should().BeTrue();
                return ++calls == 1 ? throw new InvalidOperationException("The database does not respond.") : Task.CompletedTask;
            });
        (string ticket, string key) = await StartAsync(app);
        await StoreAsync(app, key, "12345", "image/png");

        Func<Task> first = () => app.PostAsync("/uploads/done", new { ticket });

        await first.Should().ThrowAsync<InvalidOperationException>().WithMessage("The database does not respond.");
        await app.PostAsync("/uploads/done", new { ticket });
        await app.PostAsync("/uploads/done", new { ticket });
        calls.Should().Be(3);
    }

    [Fact]
    public async Task Done_StoreRejectsTheServer_Is502AndLogged()
    {
        await using UploadApp app = await UploadApp.StartAsync();
        (string ticket, _) = await StartAsync(app);
        app.Store.FailNext(LocalS3Fault.InternalError);

        (await app.PostRejectedAsync("/uploads/done", new { ticket }, 502)).Should().Be("The store is currently unavailable. Try again later.");

        app.Log.MessagesOf(UploadLog.Category).Should().Contain(message => message.Contains("status 500"));
    }

    [Fact]
    public async Task Done_StoreRedirects_IsNotFollowed()
    {
        int calls = 0;
        await using UploadApp redirecting = await UploadApp.StartAsync(
            map: app =>
            {
                app.MapMethods("/uploads/{**key}", ["HEAD"], () => Results.Redirect("/elsewhere"));
                app.MapMethods("/elsewhere", ["HEAD"], () => ++calls);
            },
            useKestrel: true);
        await using UploadApp app = await UploadApp.StartAsync(o => o.PresignerName = "redirecting", services => services.AddPresigner("redirecting", o =>
        {
            o.UseEndpoint(S3Endpoint.Create(redirecting.Address, "us-east-1"));
            (o.Bucket, o.AccessKeyId, o.SecretAccessKey) = (UploadApp.Bucket, "AKIDEXAMPLE", "example-secret-access-key");
        }));
        (string ticket, _) = await StartAsync(app);

        await app.PostRejectedAsync("/uploads/done", new { ticket }, 502);

        calls.Should().Be(0);
        app.Log.MessagesOf(UploadLog.Category).Should().Contain(message => message.Contains("status 302"));
    }

    [Fact]
    public async Task Done_StoreCannotBeReached_Is502AndLogged()
    {
        await using UploadApp app = await UploadApp.StartAsync();
        (string ticket, _) = await StartAsync(app);
        app.Store.FailNext(LocalS3Fault.ConnectionReset);

        await app.PostRejectedAsync("/uploads/done", new { ticket }, 502);

        app.Log.MessagesOf(UploadLog.Category).Should().Contain(message => message.Contains("The store did not respond"));
    }

    [Fact]
    public async Task Done_StoreIsTooSlow_Is502()
    {
        using HttpClient client = new() { Timeout = TimeSpan.FromMilliseconds(200) };
        await using UploadApp app = await UploadApp.StartAsync(o => o.HttpClient = _ => client);
        (string ticket, _) = await StartAsync(app);
        app.Store.FailNext(LocalS3Fault.Delay(TimeSpan.FromSeconds(3)));

        await app.PostRejectedAsync("/uploads/done", new { ticket }, 502);
    }

    [Fact]
    public async Task Done_ServerUsesItsOwnAddressOfTheStore()
    {
        await using UploadApp app = await UploadApp.StartAsync(o => (o.PresignerName, o.ServerPresignerName) = ("browser", null), AddBrowserPresigner);
        (string ticket, _) = await StartAsync(app);
        await app.PostRejectedAsync("/uploads/done", new { ticket }, 502);

        await using UploadApp separate = await UploadApp.StartAsync(o => (o.PresignerName, o.ServerPresignerName) = ("browser", "server"), services =>
        {
            AddBrowserPresigner(services);
            services.AddKeyedSingleton("server", (provider, _) => provider.GetRequiredService<IPresigner>());
        });
        (ticket, _) = await StartAsync(separate);
        await separate.PostRejectedAsync("/uploads/done", new { ticket }, 404);

        static void AddBrowserPresigner(IServiceCollection services) => services.AddPresigner("browser", o =>
        {
            // Nothing listens on this port.
            o.UseEndpoint(S3Endpoint.Create("http://127.0.0.1:9", "us-east-1"));
            (o.Bucket, o.AccessKeyId, o.SecretAccessKey) = (UploadApp.Bucket, "AKIDEXAMPLE", "example-secret-access-key");
        });
    }

    private static async Task<(string Ticket, string Key)> StartAsync(UploadApp app)
    {
        JsonElement start = await app.PostAsync("/uploads", new { name = "photo.png", type = "image/png", size = 5 });
        return (start.GetProperty("ticket").GetString()!, start.GetProperty("key").GetString()!);
    }

    private static async Task StoreAsync(UploadApp app, string key, string content, string type)
    {
        PresignedUrl put = app.Store.CreatePresigner(UploadApp.Bucket).Presign(new PutObject(key) { ContentType = type });
        using HttpResponseMessage response = await app.StoreClient.SendAsync(put.ToHttpRequestMessage(new StringContent(content)));
        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }
}
