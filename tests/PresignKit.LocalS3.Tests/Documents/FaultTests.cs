using System.Net;

namespace PresignKit.LocalS3.Tests.Documents;

/// <summary>The faults in docs/local-s3.md.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private LocalS3Server _s3 = null!;

    public async Task InitializeAsync() => _s3 = await LocalS3Server.StartAsync(o => o.Buckets.Add("photos"));

    public async Task DisposeAsync() => await _s3.DisposeAsync();

    [Fact]
    public async Task SlowDown_Twice_IsFollowedBySuccess()
    {
        LocalS3Server s3 = _s3;
        using HttpClient http = new(new RetryHandler());
        PresignedUrl upload = s3.CreatePresigner("photos").Presign(new PutObject("a.png"));

        s3.FailNext(LocalS3Fault.SlowDown, times: 2);

        HttpResponseMessage response = await http.SendAsync(upload.ToHttpRequestMessage(new ByteArrayContent([1, 2, 3])));      // a client that retries

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        s3.Requests.Select(request => request.StatusCode).Should().Equal(503, 503, 200);
    }

    [Fact]
    public async Task SlowDown_WithACondition_AffectsOnePart()
    {
        LocalS3Server s3 = _s3;
        IPresigner presigner = s3.CreatePresigner("photos");
        using HttpClient http = s3.CreateHttpClient();
        HttpResponseMessage created = await http.SendAsync(presigner.Presign(new CreateMultipartUpload("film.mp4")).ToHttpRequestMessage());
        string uploadId = CreateMultipartUpload.ReadUploadId(await created.Content.ReadAsStringAsync());

        s3.FailNext(LocalS3Fault.SlowDown, when: request => request.PartNumber == 3);

        foreach (int number in (int[])[1, 2, 3, 3])
        {
            await http.SendAsync(presigner.Presign(new UploadPart("film.mp4", uploadId, number)).ToHttpRequestMessage(new ByteArrayContent([1])));
        }

        s3.Requests.Skip(1).Select(request => request.StatusCode).Should().Equal(200, 200, 503, 200);
    }

    [Fact]
    public async Task CutAfter_Download_EndsTooEarly()
    {
        LocalS3Server s3 = _s3;
        using HttpClient http = s3.CreateHttpClient();
        s3.Buckets["photos"].Put("film.mp4", new byte[1 << 20]);
        PresignedUrl link = s3.CreatePresigner("photos").Presign(new GetObject("film.mp4"));

        s3.FailNext(LocalS3Fault.CutAfter(100_000));

        Func<Task> download = () => http.GetByteArrayAsync(link.Url);
        await download.Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task ConnectionReset_Request_HasNoResponse()
    {
        LocalS3Server s3 = _s3;
        using HttpClient http = s3.CreateHttpClient();

        s3.FailNext(LocalS3Fault.ConnectionReset);

        Func<Task> request = () => http.GetAsync(s3.Endpoint + "/photos/a.png");
        await request.Should().ThrowAsync<HttpRequestException>();
        s3.Requests[0].StatusCode.Should().BeNull();
    }

    [Fact]
    public async Task Delay_ShortTimeout_IsExceeded()
    {
        LocalS3Server s3 = _s3;
        using HttpClient http = s3.CreateHttpClient();

        s3.FailNext(LocalS3Fault.Delay(TimeSpan.FromMinutes(1)));

        http.Timeout = TimeSpan.FromMilliseconds(200);
        Func<Task> request = () => http.GetAsync(s3.Endpoint + "/photos/a.png");
        await request.Should().ThrowAsync<TaskCanceledException>();
    }

    private sealed class RetryHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            for (int attempt = 1; attempt < 3 && response.StatusCode == HttpStatusCode.ServiceUnavailable; attempt++)
            {
                response.Dispose();
                response = await base.SendAsync(request, cancellationToken);
            }

            return response;
        }
    }
}
