using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.LocalS3.Tests.Operations;

/// <summary>A server that the tests of a class share. Each test has a bucket of its own.</summary>
public sealed class LocalS3Fixture : IAsyncLifetime
{
    private int _buckets;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 14, 15, 9, 26, 535, TimeSpan.Zero));

    public LocalS3Server Server { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await LocalS3Server.StartAsync(o => o.TimeProvider = Clock);
        Http = Server.CreateHttpClient();
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }

    public TestBucket CreateBucket()
    {
        string name = "bucket-" + Interlocked.Increment(ref _buckets).ToString("d4", CultureInfo.InvariantCulture);
        return new TestBucket(Server, Http, Server.Buckets.Add(name));
    }
}

/// <summary>A bucket and the means to send presigned requests to it.</summary>
public sealed class TestBucket(LocalS3Server server, HttpClient http, LocalS3Bucket store)
{
    public LocalS3Server Server => server;

    public LocalS3Bucket Store => store;

    public string Name => store.Name;

    public IPresigner Presigner { get; } = server.CreatePresigner(store.Name);

    public LocalS3Request LastRequest => server.Requests[^1];

    public Task<HttpResponseMessage> SendAsync(S3Operation operation, HttpContent? content = null, params (string Name, string Value)[] headers) =>
        SendAsync(Presigner.Presign(operation), content, headers);

    public Task<HttpResponseMessage> SendAsync(PresignedUrl url, HttpContent? content = null, params (string Name, string Value)[] headers) =>
        SendAsync(url.ToHttpRequestMessage(content), headers);

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, params (string Name, string Value)[] headers)
    {
        using (request)
        {
            foreach ((string name, string value) in headers)
            {
                HttpHeaders target = name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) ? request.Content!.Headers : request.Headers;
                target.TryAddWithoutValidation(name, value).Should().BeTrue();
            }

            return await http.SendAsync(request);
        }
    }

    public Task<HttpResponseMessage> PutAsync(string key, byte[] content) => SendAsync(new PutObject(key), new ByteArrayContent(content));
}
