using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace PresignKit.DocsTests;

internal sealed record AvatarFile(string ContentType, long Length);

internal sealed record FinishedUpload(Guid Id);

/// <summary>The upload of an avatar in docs/cookbook.md: the endpoints are run, and the names in the React component are compared with their JSON.</summary>
public sealed class AvatarTests : IDisposable
{
    private const string Component = """
        import { useState } from 'react';

        export function AvatarUpload({ onSaved }) {
          const [percent, setPercent] = useState(null);
          const [error, setError] = useState(null);

          async function save(file) {
            setError(null);
            try {
              const { id, upload } = await post('/avatar/uploads', { contentType: file.type, length: file.size });
              await send(upload, file, setPercent);
              const avatar = await post('/avatar/uploads/finished', { id });
              onSaved(avatar.url);
            } catch (e) {
              setError(e.message);
            } finally {
              setPercent(null);
            }
          }

          return (
            <label>
              Avatar
              <input type="file" accept="image/png,image/jpeg" onChange={e => e.target.files[0] && save(e.target.files[0])} />
              {percent !== null && <progress max="100" value={percent} />}
              {error !== null && <p role="alert">{error}</p>}
            </label>
          );
        }

        async function post(path, body) {
          const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
          if (!response.ok) throw new Error(`${path}: ${response.status}`);
          return response.json();
        }

        // fetch does not report the progress of an upload, but XMLHttpRequest does.
        function send(upload, file, onProgress) {
          return new Promise((resolve, reject) => {
            const request = new XMLHttpRequest();
            request.open(upload.method, upload.url);
            for (const [name, value] of Object.entries(upload.headers)) {
              if (name !== 'content-length') request.setRequestHeader(name, value);     // the browser sets the length
            }
            request.upload.onprogress = e => onProgress(Math.round(100 * e.loaded / e.total));
            request.onload = () => request.status === 200 ? resolve() : reject(new Error(`The store responded with ${request.status}.`));
            request.onerror = () => reject(new Error('The upload failed. Check the CORS rules of the bucket.'));
            request.send(file);
          });
        }
        """;

    private static readonly byte[] Picture = [1, 2, 3];
    private readonly ObjectStore _store = new();
    private readonly AvatarTable _avatars = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Avatar_Uploaded_IsSavedForItsUser()
    {
        await using WebApplication app = await Start();
        HttpClient api = app.ClientOf("ada");

        JsonElement ticket = await Post(api, "/avatar/uploads", new AvatarFile("image/png", Picture.Length));
        Guid id = ticket.GetProperty("id").GetGuid();
        (await Upload(ticket, Picture)).StatusCode.Should().Be(HttpStatusCode.OK);
        JsonElement avatar = await Post(api, "/avatar/uploads/finished", new FinishedUpload(id));

        _avatars.Keys.Should().Equal(new Dictionary<string, string> { ["ada"] = $"avatars/ada/{id:N}" });
        using HttpClient browser = new(_store, disposeHandler: false);
        (await browser.GetAsync(avatar.GetProperty("url").GetString())).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Avatar_OfADifferentSize_IsRejectedByTheStore()
    {
        await using WebApplication app = await Start();

        JsonElement ticket = await Post(app.ClientOf("ada"), "/avatar/uploads", new AvatarFile("image/png", Picture.Length));

        (await Upload(ticket, [1, 2, 3, 4])).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("text/html", 3)]
    [InlineData("image/png", 0)]
    [InlineData("image/png", (5 << 20) + 1)]
    public async Task Avatar_NotAllowed_IsABadRequest(string contentType, long length)
    {
        await using WebApplication app = await Start();

        using HttpResponseMessage response = await app.ClientOf("ada").PostAsJsonAsync("/avatar/uploads", new AvatarFile(contentType, length));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("ada", false)]      // has not uploaded it
    [InlineData("eve", true)]       // reports the upload of a different user
    public async Task Finished_WithoutAnUploadOfThisUser_SavesNothing(string user, bool uploads)
    {
        await using WebApplication app = await Start();
        JsonElement ticket = await Post(app.ClientOf("ada"), "/avatar/uploads", new AvatarFile("image/png", Picture.Length));
        if (uploads)
        {
            await Upload(ticket, Picture);
        }

        using HttpResponseMessage response = await app.ClientOf(user).PostAsJsonAsync("/avatar/uploads/finished", new FinishedUpload(ticket.GetProperty("id").GetGuid()));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        _avatars.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task Component_Names_AreThoseOfTheJson()
    {
        await using WebApplication app = await Start();
        HttpClient api = app.ClientOf("ada");
        JsonElement ticket = await Post(api, "/avatar/uploads", new AvatarFile("image/png", Picture.Length));
        JsonElement upload = ticket.GetProperty("upload");
        await Upload(ticket, Picture);
        JsonElement avatar = await Post(api, "/avatar/uploads/finished", new FinishedUpload(ticket.GetProperty("id").GetGuid()));

        string[] Properties(string variable) => [.. PropertyOf(variable).Matches(Component).Select(match => match.Groups["name"].Value).Distinct()];

        Component.Should().Contain("const { id, upload } = await");
        ticket.EnumerateObject().Select(one => one.Name).Should().Equal("id", "upload");
        Properties("upload").Where(name => name != "onprogress").Should().BeEquivalentTo("method", "url", "headers")
            .And.BeSubsetOf(upload.EnumerateObject().Select(one => one.Name));
        Properties("avatar").Should().Equal("url").And.BeSubsetOf(avatar.EnumerateObject().Select(one => one.Name));
        upload.GetProperty("headers").EnumerateObject().Select(one => one.Name).Should().BeEquivalentTo("content-type", "content-length");
        Component.Should().Contain("{ contentType: file.type, length: file.size }").And.Contain("'/avatar/uploads/finished', { id }");
        JsonSerializer.SerializeToElement(new AvatarFile("", 0), JsonSerializerOptions.Web).EnumerateObject().Select(one => one.Name).Should().Equal("contentType", "length");
    }

    private static void Map(WebApplication app)
    {
        app.MapPost("/avatar/uploads", (AvatarFile file, ClaimsPrincipal user, IPresigner presigner) =>
        {
            if (file.ContentType is not ("image/png" or "image/jpeg") || file.Length is < 1 or > 5 << 20)
            {
                return Results.BadRequest();
            }

            Guid id = Guid.NewGuid();
            PresignedUrl upload = presigner.Presign(new PutObject(AvatarKey(user, id)) { ContentType = file.ContentType, ContentLength = file.Length });
            return Results.Ok(new { id, upload });
        }).RequireAuthorization();

        app.MapPost("/avatar/uploads/finished", async (FinishedUpload finished, ClaimsPrincipal user, AvatarTable avatars, IPresigner presigner, HttpClient http) =>
        {
            string key = AvatarKey(user, finished.Id);
            using HttpResponseMessage found = await http.SendAsync(presigner.Presign(new HeadObject(key)).ToHttpRequestMessage());
            if (!found.IsSuccessStatusCode)
            {
                return Results.BadRequest();
            }

            await avatars.SaveAsync(user, key);                             // your database
            return Results.Ok(presigner.Presign(new GetObject(key)));
        }).RequireAuthorization();

        // In the folder of the signed-in user, so that users cannot save the files of other users.
        static string AvatarKey(ClaimsPrincipal user, Guid id) => $"avatars/{user.FindFirstValue(ClaimTypes.NameIdentifier)}/{id:N}";
    }

    private Task<WebApplication> Start() => TestApplication.Start(Map, _store, services => services.AddSingleton(_avatars));

    private static async Task<JsonElement> Post<T>(HttpClient api, string path, T body)
    {
        using HttpResponseMessage response = await api.PostAsJsonAsync(path, body);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    // Does what the component's send function does. As in a browser, the length is the length of the body.
    private async Task<HttpResponseMessage> Upload(JsonElement ticket, byte[] body)
    {
        JsonElement upload = ticket.GetProperty("upload");
        using HttpClient browser = new(_store, disposeHandler: false);
        HttpRequestMessage request = new(new HttpMethod(upload.GetProperty("method").GetString()!), upload.GetProperty("url").GetString()) { Content = new ByteArrayContent(body) };
        foreach (JsonProperty header in upload.GetProperty("headers").EnumerateObject().Where(header => header.Name != "content-length"))
        {
            request.Content.Headers.TryAddWithoutValidation(header.Name, header.Value.GetString());
        }

        return await browser.SendAsync(request);
    }

    private static Regex PropertyOf(string variable) => new($@"(?<![.\w]){variable}\.(?<name>\w+)");

    private sealed class AvatarTable
    {
        public Dictionary<string, string> Keys { get; } = [];

        public Task SaveAsync(ClaimsPrincipal user, string key)
        {
            Keys[user.FindFirstValue(ClaimTypes.NameIdentifier)!] = key;
            return Task.CompletedTask;
        }
    }
}
