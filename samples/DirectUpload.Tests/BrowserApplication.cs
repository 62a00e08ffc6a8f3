using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PresignKit;
using PresignKit.LocalS3;

namespace DirectUpload.Tests;

/// <summary>The application on a real port, and a folder for the files that a browser uploads.</summary>
internal sealed class BrowserApplication : IAsyncDisposable
{
    private readonly Application _app;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presignkit-browser-");

    public BrowserApplication()
        : this([])
    {
    }

    /// <summary>Starts the application with the settings of a real store.</summary>
    public BrowserApplication(Dictionary<string, string> settings)
    {
        _app = new Application { Settings = settings };
        _app.UseKestrel(0);
        _app.StartServer();
    }

    /// <summary>Gets the origin of the page.</summary>
    public string Origin => _app.ClientOptions.BaseAddress.GetLeftPart(UriPartial.Authority);

    public IPresigner Presigner => _app.Services.GetRequiredService<IPresigner>();

    public LocalS3Server S3 => _app.S3;

    public LocalS3Bucket Bucket => _app.Bucket;

    public IReadOnlyList<LocalS3Request> PartRequests => [.. S3.Requests.Where(request => request.Operation == "UploadPart" && request.Method == "PUT")];

    public Task<JsonElement> RunAsync(string scenario) => RunAsync(scenario, []);

    /// <summary>Runs a scenario with additional options.</summary>
    public Task<JsonElement> RunAsync(string scenario, Dictionary<string, object> options)
    {
        options["url"] = _app.ClientOptions.BaseAddress.ToString();
        options["folder"] = _folder.FullName;
        return BrowserScript.RunAsync(scenario, options);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
