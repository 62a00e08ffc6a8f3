using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Options;
using PresignKit;
using QuickStart;

Settings settings = new();
RootCommand command = new("Uploads and downloads an object through presigned URLs of a local S3 endpoint. With credentials, --urls or any other option except --key, prints presigned URLs instead: a download, a download with response overrides, and an upload.");
settings.AddTo(command);
command.SetAction(async (result, _) =>
{
    try
    {
        StoreAccess access = settings.Read(result);
        if (access.UsesLocalStore)
        {
            await LocalTour.RunAsync(access.Key, result.InvocationConfiguration.Output);
        }
        else
        {
            Print(access, result.InvocationConfiguration.Output);
        }

        return 0;
    }
    catch (OptionsValidationException e)
    {
        result.InvocationConfiguration.Error.WriteLine(string.Join(Environment.NewLine, e.Failures));
        return 1;
    }
    catch (ArgumentException e)
    {
        result.InvocationConfiguration.Error.WriteLine(e.Message);
        return 1;
    }
});
return await command.Parse(args).InvokeAsync();

static void Print(StoreAccess access, TextWriter output)
{
    S3Presigner presigner = new(access.Options);

    PresignedUrl download = presigner.Presign(new GetObject(access.Key) { ExpiresIn = access.ExpiresIn });

    PresignedUrl shownAsText = presigner.Presign(new GetObject(access.Key)
    {
        ExpiresIn = access.ExpiresIn,
        ResponseHeaders = new() { ContentType = "text/plain; charset=utf-8", ContentDisposition = "inline" },
    });

    PresignedUrl upload = presigner.Presign(new PutObject(access.Key) { ExpiresIn = access.ExpiresIn, ContentType = "text/plain" });

    if (access.AsJson)
    {
        output.WriteLine(JsonSerializer.Serialize([download, shownAsText, upload], ResultsJson.Default.PresignedUrlArray));
        return;
    }

    if (access.IsMadeUp)
    {
        output.WriteLine("These URLs are signed with made-up credentials: their format is correct, but a store responds with 403. Specify your own store with --endpoint,");
        output.WriteLine("--region, --bucket, --access-key and --secret-key, or with environment variables (AWS_ACCESS_KEY_ID, SPACES_ACCESS_KEY_ID, …).");
        output.WriteLine();
    }

    Show("Download", download, download.ToCurl());
    Show("Download, shown as plain text regardless of its type", shownAsText, shownAsText.ToCurl());
    Show("Upload", upload, "echo 'Hello from PresignKit' > hello.txt && " + upload.ToCurl("hello.txt"));

    void Show(string title, PresignedUrl url, string line)
    {
        output.WriteLine($"{title} ({url.Method}, valid until {url.ExpiresAt:u})");
        output.WriteLine($"  {url.Url}");
        foreach ((string name, string value) in url.RequiredHeaders)
        {
            output.WriteLine($"  send the header  {name}: {value}");
        }

        output.WriteLine($"  {line}");
        output.WriteLine();
    }
}
