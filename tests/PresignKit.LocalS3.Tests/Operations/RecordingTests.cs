using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using static PresignKit.LocalS3.Tests.Operations.Responses;

namespace PresignKit.LocalS3.Tests.Operations;

public class RecordingTests(LocalS3Fixture fixture) : IClassFixture<LocalS3Fixture>
{
    private readonly TestBucket _bucket = fixture.CreateBucket();

    [Fact]
    public async Task Requests_MoreThan1000_KeepsTheLast1000()
    {
        await using LocalS3Server server = await LocalS3Server.StartAsync(o => o.Buckets.Add("photos"));
        using HttpClient http = server.CreateHttpClient();
        string url = server.CreatePresigner("photos").Presign(new HeadBucket()).Url;

        for (int i = 0; i < 1005; i++)
        {
            using HttpRequestMessage request = new(HttpMethod.Head, $"{url}{(i < 5 ? "&first" : "")}");
            using HttpResponseMessage response = await http.SendAsync(request);
        }

        server.Requests.Should().HaveCount(1000).And.OnlyContain(request => request.StatusCode == 200);
        server.ClearRequests();
        server.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Requests_Request_IsRecordedWithoutSecrets()
    {
        PresignedUrl url = _bucket.Presigner.Presign(new GetObject("ä b.txt"));
        string signature = url.Url[(url.Url.LastIndexOf('=') + 1)..];

        await _bucket.SendAsync(url).StatusAsync(404);

        LocalS3Request request = _bucket.LastRequest;
        request.Should().BeEquivalentTo(new
        {
            Method = "GET",
            Operation = "GetObject",
            Bucket = _bucket.Name,
            Key = "ä b.txt",
            PartNumber = (int?)null,
            ContentLength = (long?)null,
            ReceivedAt = fixture.Clock.GetUtcNow(),
            StatusCode = 404,
        });
        request.Error!.Code.Should().Be("NoSuchKey");
        request.Url.Should().StartWith($"{new Uri(_bucket.Server.Endpoint).Authority}/{_bucket.Name}/%C3%A4%20b.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256").And.NotContain(signature);
        request.ToString().Should().StartWith("GET ").And.EndWith("404 NoSuchKey: The specified key does not exist.").And.NotContain(signature);
    }

    [Fact]
    public async Task Requests_SnapshotTakenEarlier_DoesNotChange()
    {
        await _bucket.SendAsync(new HeadBucket()).StatusAsync();
        IReadOnlyList<LocalS3Request> before = _bucket.Server.Requests;
        int count = before.Count;

        await _bucket.SendAsync(new HeadBucket()).StatusAsync();

        before.Should().HaveCount(count);
        _bucket.Server.Requests.Should().HaveCount(count + 1);
    }

    [Fact]
    public async Task Log_Rejections_AreOneWarningEach()
    {
        Logger logger = new();
        await using LocalS3Server server = await LocalS3Server.StartAsync(o =>
        {
            o.Buckets.Add("photos");
            o.LoggerFactory = logger;
        });
        using HttpClient http = server.CreateHttpClient();
        IPresigner presigner = server.CreatePresigner("photos");
        PresignedUrl url = presigner.Presign(new PutObject("a") { ContentType = "image/png" });
        string signature = url.Url[(url.Url.LastIndexOf('=') + 1)..];
        using HttpRequestMessage changed = new(HttpMethod.Put, url.Url) { Content = new ByteArrayContent([1]) };
        changed.Content.Headers.TryAddWithoutValidation("Content-Type", "image/jpeg");

        await http.SendAsync(changed).StatusAsync(403);
        await http.SendAsync(url.ToHttpRequestMessage(new ByteArrayContent([1]))).StatusAsync();
        await http.SendAsync(presigner.Presign(new GetObject("missing")).ToHttpRequestMessage()).StatusAsync(404);
        using HttpRequestMessage cached = presigner.Presign(new GetObject("a")).ToHttpRequestMessage();
        cached.Headers.TryAddWithoutValidation("If-None-Match", "*");
        await http.SendAsync(cached).StatusAsync(304);

        logger.Entries.Should().HaveCount(2).And.OnlyContain(entry => entry.Level == LogLevel.Warning && entry.Category == "PresignKit.LocalS3");
        string[] messages = [.. logger.Entries.Select(entry => entry.Message)];
        messages[0].Should().StartWith("Rejected PUT 127.0.0.1:").And.Contain("403 SignatureDoesNotMatch: The request signature we calculated").And.Contain("image/jpeg").And.Contain("image/png").And.NotContain(signature);
        messages[1].Should().StartWith("Rejected GET 127.0.0.1:").And.EndWith("404 NoSuchKey: The specified key does not exist.");
    }

    [Fact]
    public async Task Cause_OwnUrlWithChangedHeader_NamesTheSignedValue()
    {
        PresignedUrl url = _bucket.Presigner.Presign(new PutObject("a") { ContentType = "image/png" });

        await SendAsync(HttpMethod.Put, url.Url, "image/jpeg").ErrorAsync(403, "SignatureDoesNotMatch");

        _bucket.LastRequest.Error!.Cause.Should().Contain("content-type").And.Contain("image/png").And.Contain("image/jpeg");
    }

    [Fact]
    public async Task Cause_OwnUrlWithoutASignedHeader_NamesTheHeader()
    {
        PresignedUrl url = _bucket.Presigner.Presign(new PutObject("a") { ContentType = "image/png" });

        await SendAsync(HttpMethod.Put, url.Url, contentType: null).ErrorAsync(403, "SignatureDoesNotMatch");

        _bucket.LastRequest.Error!.Cause.Should().Contain("content-type");
    }

    [Fact]
    public async Task Cause_OwnUrlWithDifferentMethod_NamesBothMethods()
    {
        PresignedUrl url = _bucket.Presigner.Presign(new GetObject("a"));

        await SendAsync(HttpMethod.Put, url.Url, contentType: null).ErrorAsync(403, "SignatureDoesNotMatch");

        _bucket.LastRequest.Error!.Cause.Should().Contain("GET").And.Contain("PUT");
    }

    [Fact]
    public async Task Cause_OwnUrlWithAppendedOrChangedParameter_NamesIt()
    {
        PresignedUrl url = _bucket.Presigner.Presign(new GetObject("a") { ResponseHeaders = new ResponseHeaderOverrides { ContentType = "text/plain" } });

        await SendAsync(HttpMethod.Get, url.Url + "&response-cache-control=no-store").ErrorAsync(403, "SignatureDoesNotMatch");
        _bucket.LastRequest.Error!.Cause.Should().Contain("response-cache-control");
        await SendAsync(HttpMethod.Get, url.Url.Replace("text%2Fplain", "text%2Fhtml", StringComparison.Ordinal)).ErrorAsync(403, "SignatureDoesNotMatch");
        _bucket.LastRequest.Error!.Cause.Should().Contain("response-content-type").And.Contain("text/plain").And.Contain("text/html");
    }

    [Fact]
    public async Task Cause_ForeignUrlWithDifferentMethodOrAppendedParameter_IsProven()
    {
        PresignedUrl url = CreateForeignPresigner().Presign(new GetObject("a"));

        await SendAsync(HttpMethod.Put, url.Url, contentType: null).ErrorAsync(403, "SignatureDoesNotMatch");
        _bucket.LastRequest.Error!.Cause.Should().Contain("GET");
        await SendAsync(HttpMethod.Get, url.Url + "&foo=bar").ErrorAsync(403, "SignatureDoesNotMatch");
        _bucket.LastRequest.Error!.Cause.Should().Contain("foo");
    }

    [Fact]
    public async Task Cause_ForeignUrlWithChangedHeader_IsNotClaimed()
    {
        PresignedUrl url = CreateForeignPresigner().Presign(new PutObject("a") { ContentType = "image/png" });

        await SendAsync(HttpMethod.Put, url.Url, "image/jpeg").ErrorAsync(403, "SignatureDoesNotMatch");

        (_bucket.LastRequest.Error!.Cause ?? "").Should().NotContain("image/png", "the endpoint cannot know what was signed");
    }

    [Fact]
    public async Task Cause_ForeignUrlWithoutASignedHeader_NamesTheHeader()
    {
        PresignedUrl url = CreateForeignPresigner().Presign(new PutObject("a") { ContentType = "image/png" });

        await SendAsync(HttpMethod.Put, url.Url, contentType: null).ErrorAsync(403, "SignatureDoesNotMatch");

        _bucket.LastRequest.Error!.Cause.Should().Contain("content-type");
    }

    [Fact]
    public async Task Cause_ExpiredUrl_NamesBothTimes()
    {
        await using LocalS3Server server = await LocalS3Server.StartAsync(o =>
        {
            o.Buckets.Add("photos");
            o.TimeProvider = fixture.Clock;
        });
        using HttpClient http = server.CreateHttpClient();
        PresignedUrl url = server.CreatePresigner("photos").Presign(new GetObject("a") { ExpiresIn = TimeSpan.FromSeconds(1) });
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));

        System.Xml.Linq.XElement error = await http.GetAsync(url.Url).ErrorAsync(403, "AccessDenied", "Request has expired");

        error.Value("X-Amz-Expires").Should().Be("1");
        error.Value("Expires").Should().MatchRegex("^2026-03-14T15:09:[0-9]{2}Z$");
        error.Value("ServerTime").Should().MatchRegex("^2026-03-14T15:09:[0-9]{2}Z$");
        server.Requests[^1].Error!.Cause.Should().StartWith("The URL expired at 2026-03-14 15:09:");
    }

    private S3Presigner CreateForeignPresigner() => new(
        new PresignerOptions
        {
            Endpoint = _bucket.Server.Endpoint,
            Region = _bucket.Server.Region,
            Bucket = _bucket.Name,
            AccessKeyId = _bucket.Server.AccessKeyId,
            SecretAccessKey = _bucket.Server.SecretAccessKey,
            UrlStyle = UrlStyle.Path,
        },
        fixture.Clock);

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string url, string? contentType = null)
    {
        HttpRequestMessage request = new(method, url);
        if (method == HttpMethod.Put)
        {
            request.Content = new ByteArrayContent(Ascii("hello"));
            if (contentType is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            }
        }

        return _bucket.SendAsync(request);
    }

    /// <summary>Keeps the entries of all categories.</summary>
    private sealed class Logger : ILoggerFactory
    {
        public ConcurrentQueue<(string Category, LogLevel Level, string Message)> Entries { get; } = new();

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

        public void Dispose()
        {
        }

        private sealed class Category(Logger owner, string name) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                owner.Entries.Enqueue((name, logLevel, formatter(state, exception)));
        }
    }
}
