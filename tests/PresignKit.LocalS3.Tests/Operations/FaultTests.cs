using System.Diagnostics;

namespace PresignKit.LocalS3.Tests.Operations;

public class FaultTests(LocalS3Fixture fixture) : IClassFixture<LocalS3Fixture>
{
    private static readonly byte[] Content = new byte[1 << 20];

    private readonly TestBucket _bucket = fixture.CreateBucket();

    [Fact]
    public async Task FailNext_SlowDown_FailsTheNextRequests()
    {
        _bucket.Store.Put("a", [1]);
        _bucket.Server.FailNext(LocalS3Fault.SlowDown, times: 2);

        await _bucket.SendAsync(new GetObject("a")).ErrorAsync(503, "SlowDown", "Please reduce your request rate.");
        await _bucket.SendAsync(new GetObject("a")).ErrorAsync(503, "SlowDown");
        await _bucket.SendAsync(new GetObject("a")).StatusAsync();

        _bucket.Server.Requests[^2].Error!.Cause.Should().Contain("FailNext");
    }

    [Fact]
    public async Task FailNext_InternalError_StoresNothing()
    {
        _bucket.Server.FailNext(LocalS3Fault.InternalError);

        await _bucket.PutAsync("a", [1]).ErrorAsync(500, "InternalError", "We encountered an internal error. Please try again.");

        _bucket.Store.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task FailNext_When_AppliesToTheDescribedRequest()
    {
        string uploadId = CreateMultipartUpload.ReadUploadId(await _bucket.SendAsync(new CreateMultipartUpload("a"), new ByteArrayContent([])).TextAsync());
        _bucket.Server.FailNext(LocalS3Fault.SlowDown, when: request => request is { Operation: "UploadPart", PartNumber: 3, Key: "a" } && request.Bucket == _bucket.Name && request.StatusCode is null);

        for (int number = 1; number <= 4; number++)
        {
            using HttpResponseMessage response = await _bucket.SendAsync(new UploadPart("a", uploadId, number), new ByteArrayContent([1]));
            ((int)response.StatusCode).Should().Be(number == 3 ? 503 : 200);
        }

        using HttpResponseMessage retry = await _bucket.SendAsync(new UploadPart("a", uploadId, 3), new ByteArrayContent([1])).StatusAsync();
    }

    [Fact]
    public async Task FailNext_SeveralFaults_ApplyInOrder()
    {
        _bucket.Store.Put("a", [1]);
        _bucket.Server.FailNext(LocalS3Fault.SlowDown);
        _bucket.Server.FailNext(LocalS3Fault.InternalError);

        await _bucket.SendAsync(new GetObject("a")).StatusAsync(503);
        await _bucket.SendAsync(new GetObject("a")).StatusAsync(500);
        await _bucket.SendAsync(new GetObject("a")).StatusAsync();
    }

    [Fact]
    public async Task FailNext_ConnectionReset_SendsNoResponse()
    {
        _bucket.Server.FailNext(LocalS3Fault.ConnectionReset);

        await _bucket.Awaiting(bucket => bucket.PutAsync("a", [1])).Should().ThrowAsync<HttpRequestException>();

        _bucket.LastRequest.StatusCode.Should().BeNull();
        _bucket.LastRequest.ToString().Should().EndWith("(no response)");
        _bucket.Store.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task FailNext_CutAfterDuringDownload_SendsPartOfTheBody()
    {
        new Random(5).NextBytes(Content);
        _bucket.Store.Put("a", Content);
        _bucket.Server.FailNext(LocalS3Fault.CutAfter(100_000));

        using HttpRequestMessage request = _bucket.Presigner.Presign(new GetObject("a")).ToHttpRequestMessage();
        using HttpResponseMessage response = await fixture.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using Stream body = await response.Content.ReadAsStreamAsync();
        using MemoryStream received = new();
        Func<Task> read = () => body.CopyToAsync(received);

        await read.Should().ThrowAsync<IOException>();
        received.ToArray().Should().Equal(Content[..100_000]);
        response.Content.Headers.ContentLength.Should().Be(1 << 20);
        (await _bucket.SendAsync(new GetObject("a")).BytesAsync()).Should().HaveCount(1 << 20);
    }

    [Fact]
    public async Task FailNext_CutAfterZeroBytes_SendsOnlyTheHeaders()
    {
        _bucket.Store.Put("a", [1]);
        _bucket.Server.FailNext(LocalS3Fault.CutAfter(0));
        using HttpRequestMessage request = _bucket.Presigner.Presign(new GetObject("a")).ToHttpRequestMessage();
        using HttpResponseMessage response = await fixture.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        await response.Awaiting(one => one.Content.ReadAsByteArrayAsync()).Should().ThrowAsync<HttpRequestException>();

        response.Header("Content-Length").Should().Be("1");
    }

    [Fact]
    public async Task FailNext_ConditionThatThrows_IsAnsweredAndReported()
    {
        await using LocalS3Server server = await LocalS3Server.StartAsync(o => o.Buckets.Add("photos"));
        using HttpClient http = server.CreateHttpClient();
        server.FailNext(LocalS3Fault.SlowDown, when: _ => throw new NotSupportedException("a mistake in a test"));

        await http.SendAsync(server.CreatePresigner("photos").Presign(new GetObject("a")).ToHttpRequestMessage()).ErrorAsync(500, "InternalError", "We encountered an internal error. Please try again.");

        server.Requests[^1].Error!.Cause.Should().Contain("a mistake in a test");
    }

    [Fact]
    public async Task FailNext_CutAfterDuringUpload_StoresNothing()
    {
        _bucket.Server.FailNext(LocalS3Fault.CutAfter(100_000));

        await _bucket.Awaiting(bucket => bucket.PutAsync("a", Content)).Should().ThrowAsync<HttpRequestException>();

        _bucket.Store.Keys.Should().BeEmpty();
        _bucket.LastRequest.StatusCode.Should().BeNull();
    }

    [Fact]
    public async Task FailNext_CutAfterTheWholeBody_HasNoEffect()
    {
        _bucket.Server.FailNext(LocalS3Fault.CutAfter(3), times: 2);

        await _bucket.PutAsync("a", [1, 2, 3]).StatusAsync();
        (await _bucket.SendAsync(new GetObject("a")).BytesAsync()).Should().Equal(1, 2, 3);
    }

    [Fact]
    public async Task FailNext_Delay_HandlesTheRequestAfterwards()
    {
        _bucket.Store.Put("a", [1]);
        _bucket.Server.FailNext(LocalS3Fault.Delay(TimeSpan.FromMilliseconds(200)));
        Stopwatch watch = Stopwatch.StartNew();

        await _bucket.SendAsync(new GetObject("a")).StatusAsync();

        watch.Elapsed.Should().BeGreaterThan(TimeSpan.FromMilliseconds(190));
    }

    [Fact]
    public async Task FailNext_Fault_DoesNotApplyToPreflights()
    {
        _bucket.Store.AllowCors();
        _bucket.Server.FailNext(LocalS3Fault.SlowDown);
        using HttpRequestMessage preflight = new(HttpMethod.Options, $"{_bucket.Server.Endpoint}/{_bucket.Name}/a");

        await _bucket.SendAsync(preflight, ("Origin", "http://localhost"), ("Access-Control-Request-Method", "GET")).StatusAsync();
        using HttpResponseMessage failed = await _bucket.SendAsync(new GetObject("a"), null, ("Origin", "http://localhost")).StatusAsync(503);

        failed.Header("Access-Control-Allow-Origin").Should().Be("*", "a page must be able to see that it should retry");
    }

    [Fact]
    public void FailNext_InvalidArguments_Throws()
    {
        _bucket.Server.Invoking(server => server.FailNext(null!)).Should().Throw<ArgumentNullException>();
        _bucket.Server.Invoking(server => server.FailNext(LocalS3Fault.SlowDown, times: 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => LocalS3Fault.CutAfter(-1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => LocalS3Fault.Delay(TimeSpan.FromSeconds(-1))).Should().Throw<ArgumentOutOfRangeException>();
        LocalS3Fault.CutAfter(5).ToString().Should().Be("CutAfter(5)");
    }
}
