using Microsoft.Extensions.Configuration;

namespace PresignKit.Tests;

public class VerificationResultTests
{
    private static readonly S3Endpoint Store = S3Endpoint.Create("https://files.example.com/base", "us-east-1");

    [Fact]
    public void Verify_ValidRequest_HasTheContentOfItsUrl()
    {
        Received received = Received.Good with
        {
            Address = "https://files.example.com/base/my-bucket/dir/a%20b.txt",
            Extra = "&response-content-type=text%2Fplain&versionId=3",
        };

        PresignedUrlVerificationResult result = Received.Verifier(new() { Endpoint = Store }).Verify(HttpMethod.Get, received.Url, []);

        result.Status.Should().Be(PresignedUrlVerificationStatus.Valid);
        result.IsValid.Should().BeTrue();
        result.UnsignedHeaders.Should().BeEmpty();
        PresignedUrlInfo url = result.Url!;
        (url.Bucket, url.Key, url.Host, url.Region, url.Service).Should().Be(("my-bucket", "dir/a b.txt", "files.example.com", "nyc3", "s3"));
        (url.AccessKeyId, url.SignedAt, url.ExpiresIn).Should().Be((TestPresigner.AccessKeyId, TestPresigner.SignedAt, TimeSpan.FromHours(1)));
        (url.ResponseHeaders.ContentType, url.OtherParameters.Single()).Should().Be(("text/plain", new KeyValuePair<string, string>("versionId", "3")));
        result.ToString().Should().StartWith("Valid: files.example.com/base/my-bucket/dir/a%20b.txt (").And.NotContain(url.AccessKeyId);
    }

    [Theory]
    [InlineData(0, PresignedUrlVerificationStatus.Valid)]
    [InlineData(7200, PresignedUrlVerificationStatus.Expired)]
    public void Verify_AnyStatus_HasAUrlOnlyIfValid(int seconds, PresignedUrlVerificationStatus expected)
    {
        PresignedUrlVerificationResult result = Received.Verifier(now: TestPresigner.SignedAt.AddSeconds(seconds)).Verify(HttpMethod.Get, Received.Good.Url, []);

        (result.Status, result.IsValid, result.Url is not null).Should().Be((expected, expected == PresignedUrlVerificationStatus.Valid, expected == PresignedUrlVerificationStatus.Valid));
    }

    [Fact]
    public void ToString_RejectedRequest_IsTheStatus() =>
        Received.Verifier(now: TestPresigner.SignedAt.AddHours(2)).Verify(HttpMethod.Get, Received.Good.Url, []).ToString().Should().Be("Expired");

    [Fact]
    public void Verify_WrongSignature_HasNoUrl()
    {
        PresignedUrlVerificationResult result = Received.Verifier().Verify(HttpMethod.Head, Received.Good.Url, []);

        result.Status.Should().Be(PresignedUrlVerificationStatus.SignatureMismatch);
        result.Url.Should().BeNull("an application must not act on an unverified URL");
    }

    // Rejections are shared, so that hostile requests allocate as little as possible.
    [Theory]
    [InlineData("HEAD", 0, PresignedUrlVerificationStatus.SignatureMismatch)]
    [InlineData("GET", 7200, PresignedUrlVerificationStatus.Expired)]
    public void Verify_RejectedTwice_ReturnsTheSameResult(string method, int seconds, PresignedUrlVerificationStatus expected)
    {
        PresignedUrlVerifier verifier = Received.Verifier(now: TestPresigner.SignedAt.AddSeconds(seconds));

        PresignedUrlVerificationResult first = verifier.Verify(new HttpMethod(method), Received.Good.Url, []);

        first.Status.Should().Be(expected);
        verifier.Verify(new HttpMethod(method), Received.Good.Url, []).Should().BeSameAs(first);
    }

    [Theory]
    [InlineData(true, "us-east-1")]
    [InlineData(true, null)]
    [InlineData(false, "nyc3")]
    public void Verify_RegionOfTheOptionsOrElseOfTheEndpoint_IsReusedInTheResult(bool isOption, string? regionOfEndpoint)
    {
        string region = new(['n', 'y', 'c', '3']);
        PresignedUrlVerifierOptions options = new()
        {
            Region = isOption ? region : null,
            Endpoint = regionOfEndpoint is null ? null : S3Endpoint.Create("https://files.example.com", isOption ? regionOfEndpoint : region),
        };

        Received.Verifier(options).Verify(HttpMethod.Get, Received.Good.Url, []).Url!.Region.Should().BeSameAs(region);
    }

    // A web framework decodes these paths differently, but the result contains the verified bucket and key.
    [Theory]
    [InlineData("/base/my-bucket/dir%2Fk.txt", "my-bucket", "dir/k.txt")]
    [InlineData("/base/my-bucket%2Fdir%2Fk.txt", "my-bucket", "dir/k.txt")]
    [InlineData("/base%2Fmy-bucket/k", "my-bucket", "k")]
    [InlineData("/base/my-bucket/a//b", "my-bucket", "a//b")]
    [InlineData("/base/my-bucket//a", "my-bucket", "/a")]
    [InlineData("/base/my-bucket/a%25b", "my-bucket", "a%b")]
    [InlineData("/base/my-bucket/a+b", "my-bucket", "a+b")]
    [InlineData("/base/my-bucket/a/../b", "my-bucket", "a/../b")]
    [InlineData("/base/my-bucket/%2e%2e/other-bucket/k", "my-bucket", "../other-bucket/k")]
    [InlineData("/base/my-bucket/a%FFb", null, null)]
    [InlineData("/base/my%FFbucket/k", null, null)]
    [InlineData("/base/my-bucket/", "my-bucket", null)]
    [InlineData("/base/my-bucket", "my-bucket", null)]
    [InlineData("/base/", null, null)]
    [InlineData("/based/my-bucket/k", null, null)]
    [InlineData("/other/my-bucket/k", null, null)]
    public void Verify_SignedPath_YieldsItsBucketAndKey(string path, string? bucket, string? key)
    {
        Received received = Received.Good with { Address = "https://files.example.com" + path };

        PresignedUrlVerificationResult result = Received.Verifier(new() { Endpoint = Store }).Verify(HttpMethod.Get, received.Url, []);

        result.IsValid.Should().BeTrue();
        (result.Url!.Bucket, result.Url.Key).Should().Be((bucket, key));
    }

    [Theory]
    [InlineData("https://other.example.com/base/my-bucket/k")]
    [InlineData("https://my-space.nyc3.digitaloceanspaces.com/k")]
    [InlineData("http://127.0.0.1:9000/my-bucket/k")]
    public void Verify_HostOfADifferentStore_HasNoBucketOrKey(string address)
    {
        PresignedUrlVerificationResult result = Received.Verifier(new() { Endpoint = Store }).Verify(HttpMethod.Get, (Received.Good with { Address = address }).Url, []);

        result.IsValid.Should().BeTrue();
        (result.Url!.Bucket, result.Url.Key).Should().Be((null, null));
    }

    [Theory]
    [InlineData("https://my-space.nyc3.digitaloceanspaces.com/dir/k", "my-space", "dir/k")]
    [InlineData("http://127.0.0.1:9000/my-bucket/k", "my-bucket", "k")]
    [InlineData("https://files.example.com/my-bucket/k", null, null)]
    public void Verify_WithoutEndpoint_RecognizesProviderHostsAndIPAddresses(string address, string? bucket, string? key)
    {
        PresignedUrlInfo url = Received.Verifier().Verify(HttpMethod.Get, (Received.Good with { Address = address }).Url, []).Url!;

        (url.Bucket, url.Key).Should().Be((bucket, key));
    }

    [Fact]
    public void Verify_RequestTarget_UsesTheHostHeader()
    {
        Received received = Received.Good with { Address = "https://files.example.com/base/my-bucket/k" };
        string target = received.Url["https://files.example.com".Length..];

        PresignedUrlInfo url = Received.Verifier(new() { Endpoint = Store }).Verify(HttpMethod.Get, target, TestPresigner.Pairs(("Host", "files.example.com"))).Url!;

        (url.Host, url.Bucket, url.Key).Should().Be(("files.example.com", "my-bucket", "k"));
    }

    [Fact]
    public void Verify_UnsignedHeaders_AreNamedInOrder()
    {
        PresignedUrlVerificationResult result = Received.Verifier().Verify(HttpMethod.Get, Received.Good.Url, TestPresigner.Pairs(("X-Amz-B", "1"), ("x-amz-a", "1"), ("x-amz-b", "2")));

        result.Status.Should().Be(PresignedUrlVerificationStatus.UnsignedHeader);
        result.UnsignedHeaders.Should().Equal("x-amz-a", "x-amz-b");
    }

    [Fact]
    public void Verify_HostThatIsNotSigned_IsAmongTheUnsignedHeaders()
    {
        string url = Received.Good.Url.Replace("=host&", "=range&", StringComparison.Ordinal);

        Received.Verifier().Verify(HttpMethod.Get, url, TestPresigner.Pairs(("x-amz-acl", "private"))).UnsignedHeaders.Should().Equal("host", "x-amz-acl");
    }

    [Fact]
    public void Verify_UnsignedHeadersAndAnEarlierReason_AreNotNamed()
    {
        Received received = Received.Good with { Credential = TestPresigner.AccessKeyId + "%2F20260313%2Fnyc3%2Fs3%2Faws4_request" };

        PresignedUrlVerificationResult result = Received.Verifier().Verify(HttpMethod.Get, received.Url, TestPresigner.Pairs(("x-amz-acl", "private")));

        result.Status.Should().Be(PresignedUrlVerificationStatus.WrongScope);
        result.UnsignedHeaders.Should().BeEmpty();
    }

    [Fact]
    public void Bind_Configuration_SetsTheOptions()
    {
        PresignedUrlVerifierOptions options = new();
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Region"] = "nyc3",
            ["ClockSkew"] = "00:01:00",
            ["MaxExpiresIn"] = "01:00:00",
            ["AcceptsExpired"] = "true",
            ["AllowedUnsignedHeaders:0"] = "x-amz-cf-id",
        }).Build();

        configuration.Bind(options);

        options.Should().BeEquivalentTo(new
        {
            Region = "nyc3",
            Service = "s3",
            ClockSkew = TimeSpan.FromMinutes(1),
            MaxExpiresIn = TimeSpan.FromHours(1),
            AcceptsExpired = true,
            AllowedUnsignedHeaders = new[] { "x-amz-cf-id" },
        });
    }
}
