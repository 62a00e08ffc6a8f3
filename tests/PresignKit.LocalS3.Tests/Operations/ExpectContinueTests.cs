namespace PresignKit.LocalS3.Tests.Operations;

/// <summary>Tests that LocalS3 responds to a rejected request before it reads the body.</summary>
public class ExpectContinueTests(LocalS3Fixture fixture) : IClassFixture<LocalS3Fixture>
{
    private static readonly string LongValue = new('v', 3000);

    private readonly TestBucket _bucket = fixture.CreateBucket();

    [Fact]
    public async Task Put_ValidUrl_ReceivesContinueAndThenTheResponse()
    {
        using RawConnection connection = await OpenAsync(_bucket.Presigner.Presign(new PutObject("a")).Url);

        (await connection.ReadHeadAsync()).Should().StartWith("HTTP/1.1 100 ");
        await connection.SendAsync("hello");

        (await connection.ReadResponseAsync()).Should().StartWith("HTTP/1.1 200 ");
        _bucket.Store["a"].Content.Length.Should().Be(5);
    }

    [Theory]
    [InlineData("signature", "403")]
    [InlineData("header", "403")]
    [InlineData("bucket", "404")]
    [InlineData("condition", "412")]
    [InlineData("upload", "404")]
    [InlineData("acl", "501")]
    [InlineData("md5", "400")]
    [InlineData("metadata", "400")]
    [InlineData("fault", "503")]
    public async Task Put_RejectedRequest_ReceivesTheErrorWithoutContinue(string reason, string status)
    {
        _bucket.Store.Put("existing", [1]);
        PutObject put = new("a");
        string url = reason switch
        {
            "signature" => _bucket.Presigner.Presign(put).Url[..^1] + "g",
            "bucket" => _bucket.Presigner.Presign(put with { Bucket = "does-not-exist" }).Url,
            "upload" => _bucket.Presigner.Presign(new UploadPart("a", "unknown", 1)).Url,
            _ => _bucket.Presigner.Presign(reason == "condition" ? new PutObject("existing") : reason == "acl" ? put with { Acl = "public-read" }
                : reason == "metadata" ? put with { Headers = [new("x-amz-meta-a", LongValue)] } : put).Url,
        };
        string headers = reason switch
        {
            "header" => "x-amz-meta-a: b\r\n",
            "condition" => "If-None-Match: *\r\n",
            "acl" => "x-amz-acl: public-read\r\n",
            "md5" => "Content-MD5: x\r\n",
            "metadata" => $"x-amz-meta-a: {LongValue}\r\n",
            _ => "",
        };
        if (reason == "fault")
        {
            _bucket.Server.FailNext(LocalS3Fault.SlowDown);
        }

        using RawConnection connection = await OpenAsync(url, headers);

        (await connection.ReadResponseAsync()).Should().StartWith($"HTTP/1.1 {status} ");
        _bucket.Store.Contains("a").Should().BeFalse();
    }

    [Fact]
    public async Task Put_RejectedLargeBody_IsAnsweredBeforeItIsSent()
    {
        using RawConnection connection = await RawConnection.OpenAsync(_bucket.Server);
        await connection.SendAsync($"PUT /{_bucket.Name}/a HTTP/1.1\r\nHost: {new Uri(_bucket.Server.Endpoint).Authority}\r\nContent-Length: 1000000000\r\n\r\n");

        (await connection.ReadResponseAsync()).Should().StartWith("HTTP/1.1 403 ").And.Contain("<Code>AccessDenied</Code>");
    }

    private async Task<RawConnection> OpenAsync(string url, string headers = "")
    {
        RawConnection connection = await RawConnection.OpenAsync(_bucket.Server);
        await connection.SendAsync($"PUT {url[_bucket.Server.Endpoint.Length..]} HTTP/1.1\r\nHost: {new Uri(_bucket.Server.Endpoint).Authority}\r\n{headers}Content-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        return connection;
    }
}
