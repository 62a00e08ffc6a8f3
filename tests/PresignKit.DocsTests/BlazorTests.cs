using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Forms;

namespace PresignKit.DocsTests;

/// <summary>The upload from Blazor WebAssembly in docs/cookbook.md, with a client that sends what a browser sends.</summary>
public sealed class BlazorTests : IDisposable
{
    private readonly ObjectStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Upload_OfABrowserFile_IsStored()
    {
        await using WebApplication app = await Start();
        HttpClient api = app.ClientOf("ada");
        using HttpClient http = new(_store, disposeHandler: false);
        IBrowserFile file = new PictureFile();

        PresignedUrl upload = (await api.GetFromJsonAsync<PresignedUrl>("/photo/upload"))!;        // presigned by your server

        byte[] bytes = new byte[file.Size];
        await using Stream stream = file.OpenReadStream(maxAllowedSize: 5 << 20);
        await stream.ReadExactlyAsync(bytes);

        HttpResponseMessage response = await http.SendAsync(upload.ToHttpRequestMessage(new ByteArrayContent(bytes)));
        response.EnsureSuccessStatusCode();

        _store.Objects.Should().Equal(new Dictionary<string, long> { ["photos/1.jpg"] = 3 });
    }

    // The page explains why the bytes are read first, and why the client of the API is not used.
    [Fact]
    public async Task Upload_OfAStreamOrWithAuthorization_Fails()
    {
        await using WebApplication app = await Start();
        PresignedUrl upload = (await app.ClientOf("ada").GetFromJsonAsync<PresignedUrl>("/photo/upload"))!;
        using HttpClient http = new(_store, disposeHandler: false) { DefaultRequestHeaders = { { "Authorization", "Bearer token" } } };

        HttpResponseMessage response = await http.SendAsync(upload.ToHttpRequestMessage(new ByteArrayContent([1, 2, 3])));

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        FluentActions.Invoking(() => upload.ToHttpRequestMessage(new StreamContent(new PictureFile().OpenReadStream()))).Should().Throw<ArgumentException>();
    }

    private Task<WebApplication> Start() => TestApplication.Start(
        app => app.MapGet("/photo/upload", (IPresigner presigner) => presigner.Presign(new PutObject("photos/1.jpg") { ContentType = "image/jpeg" })).RequireAuthorization(),
        _store);

    private sealed class PictureFile : IBrowserFile
    {
        public string Name => "me.jpg";

        public DateTimeOffset LastModified => Example.Now;

        public long Size => 3;

        public string ContentType => "image/jpeg";

        public Stream OpenReadStream(long maxAllowedSize = 500 * 1024, CancellationToken cancellationToken = default) => new ForwardOnlyStream([1, 2, 3]);
    }

    // Like the stream of a file in a browser, this stream cannot seek and does not know its length.
    private sealed class ForwardOnlyStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
