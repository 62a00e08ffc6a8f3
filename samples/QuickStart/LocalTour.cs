using System.Net;
using PresignKit;
using PresignKit.LocalS3;

namespace QuickStart;

/// <summary>Uploads and downloads an object through presigned URLs of an S3 endpoint in this process, and shows which requests the endpoint rejects.</summary>
internal static class LocalTour
{
    private const string Content = "Hello from PresignKit";

    public static async Task RunAsync(string key, TextWriter output)
    {
        MovableClock clock = new();
        await using LocalS3Server s3 = await LocalS3Server.StartAsync(o =>
        {
            o.Buckets.Add("my-space");
            o.TimeProvider = clock;
        });
        IPresigner presigner = s3.CreatePresigner("my-space");
        using HttpClient http = s3.CreateHttpClient();
        output.WriteLine($"An S3 endpoint runs in this process at {s3.Endpoint}. Nothing leaves this machine.");

        PresignedUrl upload = presigner.Presign(new PutObject(key) { ContentType = "text/plain" });
        await SendAsync("Upload", upload.ToHttpRequestMessage(new StringContent(Content)));

        PresignedUrl download = presigner.Presign(new GetObject(key) { ExpiresIn = TimeSpan.FromHours(1) });
        await SendAsync("Download", download.ToHttpRequestMessage());

        HttpRequestMessage changed = upload.ToHttpRequestMessage(new StringContent(Content));
        changed.Content!.Headers.ContentType = new("text/html");
        await SendAsync("Upload with a different content type than the one that was signed", changed);

        clock.Advance(TimeSpan.FromHours(1));
        await SendAsync("Download one hour later, according to the endpoint's clock", download.ToHttpRequestMessage());

        output.WriteLine();
        output.WriteLine("To print URLs instead of sending them, use --urls. For your own store, use --endpoint, --bucket, --access-key and --secret-key, or environment variables");
        output.WriteLine("(AWS_ACCESS_KEY_ID, SPACES_ACCESS_KEY_ID, …).");

        async Task SendAsync(string title, HttpRequestMessage message)
        {
            using HttpRequestMessage request = message;
            using HttpResponseMessage response = await http.SendAsync(request);
            output.WriteLine();
            output.WriteLine(title);
            output.WriteLine($"  {request.Method} {request.RequestUri!.OriginalString}");
            if (request.Content?.Headers.ContentType is { } type)
            {
                output.WriteLine($"  content-type: {type}");
            }

            string body = response.StatusCode == HttpStatusCode.OK ? await response.Content.ReadAsStringAsync() : "";
            LocalS3Error? error = s3.Requests[^1].Error;
            output.WriteLine($"  => {(int)response.StatusCode} {response.StatusCode}{(body.Length > 0 ? ": " + body : error is null ? "" : $": {error.Message}")}");
            if (error?.Cause is { } cause)
            {
                output.WriteLine($"     {cause}");
            }
        }
    }

    /// <summary>A clock that can be moved forward, so that a link can expire without a wait.</summary>
    private sealed class MovableClock : TimeProvider
    {
        private TimeSpan _offset;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _offset;

        public void Advance(TimeSpan duration) => _offset += duration;
    }
}
