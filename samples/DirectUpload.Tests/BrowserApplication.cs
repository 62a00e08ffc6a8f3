using System.Text.Json;
using PresignKit.LocalS3;

namespace DirectUpload.Tests;

/// <summary>The application on a real port, and a folder for the files that a browser uploads.</summary>
internal sealed class BrowserApplication : IAsyncDisposable
{
    private readonly Application _app = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presignkit-browser-");

    public BrowserApplication()
    {
        _app.UseKestrel(0);
        _app.StartServer();
    }

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
