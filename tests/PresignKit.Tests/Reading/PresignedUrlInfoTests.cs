using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

public class PresignedUrlInfoTests
{
    private const string SigV4 =
        "https://my-space.nyc3.digitaloceanspaces.com/a%20b/c?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AK%2F20260314%2Fnyc3%2Fs3%2Faws4_request"
        + "&X-Amz-Date=20260314T150926Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=content-type%3Bhost&X-Amz-Signature=0f";

    [Fact]
    public void TryParse_LastSecondOfAYear_IsRead()
    {
        PresignedUrlInfo.TryParse(SigV4.Replace("20260314", "20261231", StringComparison.Ordinal).Replace("T150926Z", "T235959Z", StringComparison.Ordinal), out PresignedUrlInfo? info)
            .Should().BeTrue();

        info!.SignedAt.Should().Be(new DateTimeOffset(2026, 12, 31, 23, 59, 59, TimeSpan.Zero));
        info.ScopeDate.Should().Be(new DateTimeOffset(2026, 12, 31, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void TryParse_SigV4_ReadsEveryProperty()
    {
        PresignedUrlInfo info = Parse(SigV4 + "&response-content-type=text%2Fplain&versionId=3&empty");

        info.Algorithm.Should().Be("AWS4-HMAC-SHA256");
        info.AccessKeyId.Should().Be("AK");
        info.ScopeDate.Should().Be(new DateTimeOffset(2026, 3, 14, 0, 0, 0, TimeSpan.Zero));
        info.Region.Should().Be("nyc3");
        info.Service.Should().Be("s3");
        info.SignedAt.Should().Be(new DateTimeOffset(2026, 3, 14, 15, 9, 26, TimeSpan.Zero));
        info.ExpiresIn.Should().Be(TimeSpan.FromHours(1));
        info.ExpiresAt.Should().Be(new DateTimeOffset(2026, 3, 14, 16, 9, 26, TimeSpan.Zero));
        info.SignedHeaders.Should().Equal("content-type", "host");
        info.HasSessionToken.Should().BeFalse();
        info.Host.Should().Be("my-space.nyc3.digitaloceanspaces.com");
        (info.Bucket, info.Key).Should().Be(("my-space", "a b/c"));
        info.ResponseHeaders.Should().Be(new ResponseHeaderOverrides { ContentType = "text/plain" });
        info.OtherParameters.Should().Equal(TestPresigner.Pairs(("versionId", "3"), ("empty", "")));
    }

    [Fact]
    public void TryParse_SigV2_ReadsTheAvailableProperties()
    {
        PresignedUrlInfo info = Parse("http://my-space.nyc3.digitaloceanspaces.com/k?AWSAccessKeyId=AK&Expires=1773504566&Signature=a%2Bb%3D&x-amz-security-token=T&response-expires=soon");

        info.Algorithm.Should().Be("HMAC-SHA1");
        info.AccessKeyId.Should().Be("AK");
        info.ExpiresAt.Should().Be(DateTimeOffset.FromUnixTimeSeconds(1773504566));
        info.HasSessionToken.Should().BeTrue();
        info.Should().BeEquivalentTo(new { SignedAt = (DateTimeOffset?)null, ExpiresIn = (TimeSpan?)null, ScopeDate = (DateTimeOffset?)null, Region = (string?)null, Service = (string?)null });
        info.SignedHeaders.Should().BeEmpty();
        (info.Host, info.Bucket, info.Key).Should().Be(("my-space.nyc3.digitaloceanspaces.com", "my-space", "k"));
        info.OtherParameters.Should().Equal(TestPresigner.Pairs(("response-expires", "soon")), "'soon' is not a date, so it is not reported as Expires");
    }

    [Fact]
    public void TryParse_SigV4a_ReadsTheRegionSet()
    {
        PresignedUrlInfo info = Parse(
            "https://mrap.accesspoint.s3-global.amazonaws.com/k?X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256&X-Amz-Credential=AK%2F20260314%2Fs3%2Faws4_request"
            + "&X-Amz-Date=20260314T150926Z&X-Amz-Region-Set=%2A&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=3045");

        info.Should().BeEquivalentTo(new { Algorithm = "AWS4-ECDSA-P256-SHA256", Region = "*", Service = "s3", AccessKeyId = "AK" });
    }

    [Theory]
    [InlineData("https://s3.eu-west-1.amazonaws.com/b/k/l", "b", "k/l")]
    [InlineData("https://my.bucket.s3.eu-west-1.amazonaws.com/k", "my.bucket", "k")]
    [InlineData("https://b.s3-accelerate.amazonaws.com/k", "b", "k")]
    [InlineData("https://ap-123456789012.s3-accesspoint.eu-west-1.amazonaws.com/k", "arn:aws:s3:eu-west-1:123456789012:accesspoint/ap", "k")]
    [InlineData("https://b.nyc3.cdn.digitaloceanspaces.com/k", "b", "k")]
    [InlineData("https://ref.supabase.co/storage/v1/s3/b/k", "b", "k")]
    [InlineData("https://nyc3.digitaloceanspaces.com/", null, null)]
    [InlineData("https://b.nyc3.digitaloceanspaces.com", "b", null)]
    [InlineData("http://127.0.0.1:9000/b//k", "b", "/k")]
    [InlineData("http://[::1]:9000/b/k", "b", "k")]
    [InlineData("http://[::1]/b/k", "b", "k")]
    [InlineData("http://localhost/b/k", "b", "k")]
    [InlineData("http://localhost:9000/b/k", "b", "k")]
    [InlineData("http://127.0.0.1:9000/b", "b", null)]
    [InlineData("http://127.0.0.1:9000/%FF/k", null, null)]
    [InlineData("http://127.0.0.1:9000//k", null, "k")]
    [InlineData("https://b.s3.us-west-004.backblazeb2.com/k", "b", "k")]
    [InlineData("http://b.s3.us-west-004.backblazeb2.com/k", null, null)]
    [InlineData("https://.cdn.digitaloceanspaces.com/b/k", null, null)]
    [InlineData("https://.nyc3.cdn.digitaloceanspaces.com/b/k", null, null)]
    [InlineData("http://b.nyc3.digitaloceanspaces.com/k", "b", "k")]
    [InlineData("https://store.example/b/k", null, null)]
    public void TryParse_WithoutEndpoint_FindsBucketAndKeyIfTheHostIsKnown(string address, string? bucket, string? key) =>
        (Parse(address + SigV4[SigV4.IndexOf('?')..]) is var info ? (info.Bucket, info.Key) : default).Should().Be((bucket, key));

    // The region might be newer than this library.
    [Theory]
    [InlineData("mars", "b", "k")]
    [InlineData("venus", null, null)]
    public void TryParse_HostWithAnUnknownRegion_RequiresTheSameRegionInTheCredential(string region, string? bucket, string? key)
    {
        PresignedUrlInfo info = Parse("https://b.s3.mars.amazonaws.com/k" + SigV4[SigV4.IndexOf('?')..].Replace("nyc3", region, StringComparison.Ordinal));

        (info.Bucket, info.Key).Should().Be((bucket, key));
    }

    [Theory]
    [InlineData("https://store.example/base/b/k%2F+%C3%A9", "b", "k/+é")]
    [InlineData("https://b.store.example:443/base/k", "b", "k")]
    [InlineData("https://b.store.example/other/k", null, null)]
    [InlineData("https://store.example/basement/b/k", null, null)]
    [InlineData("https://store.example/abcd/b/k", null, null)]
    [InlineData("https://store.example/b", null, null)]
    [InlineData("https://e/base/b/k", null, null)]
    [InlineData("https://.store.example/base/k", null, null)]
    [InlineData("https://b.else.example/base/k", null, null)]
    [InlineData("https://xstore.example/base/b/k", null, null)]
    public void TryParse_WithEndpoint_FindsBucketAndKey(string address, string? bucket, string? key)
    {
        S3Endpoint endpoint = S3Endpoint.Create("https://store.example/base", "local");

        PresignedUrlInfo.TryParse(address + SigV4[SigV4.IndexOf('?')..], endpoint, out PresignedUrlInfo? info).Should().BeTrue();

        (info!.Bucket, info.Key).Should().Be((bucket, key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("https://a.example/k")]
    [InlineData("https://a.example/k?response-content-type=a")]
    [InlineData("ftp://a.example/k?X-Amz-Signature=a")]
    [InlineData("https://user@a.example/k?X-Amz-Signature=a")]
    [InlineData("https://a.example/k?AWSAccessKeyId=a&Signature=b&Expires=soon")]
    [InlineData("https://a.example/k?AWSAccessKeyId=a&Signature=b")]
    [InlineData("https://a.example/k?AWSAccessKeyId=a&Expires=1")]
    [InlineData("https://a.example/k?Signature=b&Expires=1")]
    [InlineData("https://a.example/k?AWSAccessKeyId=a&Signature=b&Expires=-1")]
    [InlineData("https://a.example/k?AWSAccessKeyId=&Signature=b&Expires=1")]
    [InlineData("https://a.example/k?AWSAccessKeyId=%FF&Signature=b&Expires=1")]
    [InlineData("https://a.example/k?AWSAccessKeyId=a&Signature=b&Expires=1&a=%FF")]
    public void TryParse_NotAPresignedUrl_IsFalse(string url) => PresignedUrlInfo.TryParse(url, out _).Should().BeFalse();

    [Theory]
    [InlineData("X-Amz-Expires=3600", "X-Amz-Expires=soon")]
    [InlineData("X-Amz-Expires=3600", "X-Amz-Expires=")]
    [InlineData("X-Amz-Expires=3600", "X-Amz-Expires=%2B3600")]
    [InlineData("20260314T150926Z", "20260314T150926")]
    [InlineData("20260314T150926Z", "20261314T150926Z")]
    [InlineData("20260314T150926Z", "99991231T240000Z")]
    [InlineData("20260314T150926Z", "99991231T235960Z")]
    [InlineData("Signature=0f", "Signature=0f&X-Amz-Security-Token=%FF")]
    [InlineData("Signature=0f", "Signature=0f&X-Amz-Security-Token=a%20b%80")]
    [InlineData("%2F20260314%2F", "%2F20261314%2F")]
    [InlineData("aws4_request", "aws4")]
    [InlineData("AK%2F", "%2F")]
    [InlineData("&X-Amz-Signature=0f", "")]
    [InlineData("&X-Amz-SignedHeaders=content-type%3Bhost", "")]
    [InlineData("X-Amz-Algorithm=AWS4-HMAC-SHA256&", "")]
    [InlineData("Signature=0f", "Signature=0f&a=%zz")]
    [InlineData("Signature=0f", "Signature=0f&a=%FF")]
    [InlineData("Signature=0f", "Signature=0f&a b=c")]
    public void TryParse_BrokenPart_IsFalse(string part, string broken) =>
        PresignedUrlInfo.TryParse(SigV4.Replace(part, broken, StringComparison.Ordinal), out _).Should().BeFalse();

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-5", -5)]
    [InlineData("604801", 604801)]
    [InlineData("604800000", 604800000)]
    [InlineData("99999999999999999999", int.MaxValue)]
    [InlineData("-99999999999999999999", int.MinValue)]
    public void TryParse_ExpiryOutOfRange_IsReported(string written, int seconds) =>
        Parse(SigV4.Replace("=3600", "=" + written, StringComparison.Ordinal)).ExpiresIn.Should().Be(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(253402300800)]
    [InlineData(long.MaxValue)]
    public void TryParse_ExpiryAfterMaxValue_IsMaxValue(long expires) =>
        Parse("http://h/k?AWSAccessKeyId=AK&Signature=b&Expires=" + expires).ExpiresAt.Should().Be(DateTimeOffset.MaxValue);

    [Fact]
    public void TryParse_ExpiryInTheLastSecond_IsExact() =>
        Parse("http://h/k?AWSAccessKeyId=AK&Signature=b&Expires=253402300799").ExpiresAt.Should().Be(new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero));

    [Theory]
    [InlineData("")]
    [InlineData("%3B")]
    public void TryParse_EmptySignedHeaders_AreEmpty(string names) =>
        Parse(SigV4.Replace("content-type%3Bhost", names, StringComparison.Ordinal)).SignedHeaders.Should().BeEmpty();

    [Theory]
    [InlineData("Expires=1&AWSAccessKeyId=AK&Signature=s")]
    [InlineData("Signature=s&Expires=1&AWSAccessKeyId=AK")]
    [InlineData("AWSAccessKeyId=AK&Expires=1&Signature=s")]
    [InlineData("x-amz-security-token=t&AWSAccessKeyId=AK&Expires=1&Signature=s")]
    public void TryParse_SigV2InAnyOrder_IsRead(string query) => Parse("https://h/k?" + query).ExpiresAt.Should().Be(DateTimeOffset.FromUnixTimeSeconds(1));

    [Theory]
    [InlineData("https://my-space.nyc3.digitaloceanspaces.com", "")]
    [InlineData("/a%20b/c", "/a%zz")]
    [InlineData("?X-Amz-Algorithm", "&X-Amz-Algorithm")]
    public void TryParse_WithoutHostPathOrQuery_IsFalse(string part, string other) =>
        PresignedUrlInfo.TryParse(SigV4.Replace(part, other, StringComparison.Ordinal), out _).Should().BeFalse();

    [Fact]
    public void TryParse_ExpiryBeforeMinValue_IsMinValue() => Parse(SigV4.Replace("20260314", "00010101", StringComparison.Ordinal).Replace("150926", "000000", StringComparison.Ordinal)
        .Replace("=3600", "=-5", StringComparison.Ordinal)).ExpiresAt.Should().Be(DateTimeOffset.MinValue);

    [Fact]
    public void TryParse_Fragment_IsNotPartOfTheQuery() => Parse(SigV4 + "&a=1#top&b=2").OtherParameters.Should().Equal(TestPresigner.Pairs(("a", "1")));

    [Theory]
    [InlineData("https://A.example:443", "a.example")]
    [InlineData("http://A.example:80", "a.example")]
    [InlineData("https://a.example:80", "a.example:80")]
    [InlineData("http://a.example:443", "a.example:443")]
    [InlineData("https://a::443", "a::443")]
    [InlineData("https://:443", "")]
    public void Host_AnyAuthority_IsLowercaseWithoutTheDefaultPort(string origin, string expected) =>
        Parse(origin + SigV4[SigV4.IndexOf("/a%20b", StringComparison.Ordinal)..]).Host.Should().Be(expected);

    [Fact]
    public void SignedHeaders_HostAlone_IsHost() =>
        Parse(SigV4.Replace("content-type%3Bhost", "host", StringComparison.Ordinal)).SignedHeaders.Should().Equal("host");

    [Fact]
    public void AccessKeyId_WithSlashes_IsEverythingBeforeTheDate() => Parse(SigV4.Replace("AK%2F", "team%2Fa%2FAK%2F", StringComparison.Ordinal)).AccessKeyId.Should().Be("team/a/AK");

    [Fact]
    public void HasSessionToken_SigV2WithTheTokenFirst_IsTrue() =>
        Parse("https://h/k?x-amz-security-token=t&AWSAccessKeyId=AK&Expires=1&Signature=s").HasSessionToken.Should().BeTrue();

    [Fact]
    public void Key_ReplacementCharacter_IsAnOrdinaryCharacter()
    {
        Parse(SigV4.Replace("/a%20b/c", "/a%EF%BF%BD", StringComparison.Ordinal)).Key.Should().Be("a\uFFFD");
        Parse(SigV4.Replace("/a%20b/c", "/a%FF", StringComparison.Ordinal)).Key.Should().BeNull("its bytes are not valid UTF-8");
    }

    [Fact]
    public void TryParse_TooLong_IsFalse()
    {
        PresignedUrlInfo.TryParse(SigV4 + "&a=" + new string('b', 131_072 - SigV4.Length - 3), out _).Should().BeTrue();
        PresignedUrlInfo.TryParse(SigV4 + "&a=" + new string('b', 131_073 - SigV4.Length - 3), out _).Should().BeFalse();
    }

    [Fact]
    public void TryParse_NullEndpoint_Throws() =>
        FluentActions.Invoking(() => PresignedUrlInfo.TryParse(SigV4, null!, out _)).Should().Throw<ArgumentNullException>().WithParameterName("endpoint");

    [Fact]
    public void TryParse_SigV4aWithoutRegions_HasAnEmptyRegion() => Parse(
        "https://h/k?X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256&X-Amz-Credential=AK%2F20260314%2Fs3%2Faws4_request&X-Amz-Date=20260314T150926Z&X-Amz-Expires=60"
        + "&X-Amz-SignedHeaders=host&X-Amz-Signature=3045").Region.Should().BeEmpty();

    [Fact]
    public void TryParse_Null_IsFalse() => PresignedUrlInfo.TryParse(null, out _).Should().BeFalse();

    [Fact]
    public void IsExpiredAndRemaining_AroundTheExpiry_Agree()
    {
        PresignedUrlInfo info = Parse(SigV4);

        info.IsExpired(info.ExpiresAt.AddTicks(-1)).Should().BeFalse();
        info.Remaining(info.ExpiresAt.AddSeconds(-1)).Should().Be(TimeSpan.FromSeconds(1));
        info.IsExpired(info.ExpiresAt).Should().BeTrue();
        info.Remaining(info.ExpiresAt.AddDays(1)).Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void TryParse_UrlFromPresign_ReadsItsParts()
    {
        S3Presigner presigner = new(
            TestPresigner.Options(options => options.SessionToken = TestPresigner.SessionToken), new FakeTimeProvider(TestPresigner.Now));
        PresignedUrl presigned = presigner.Presign(new GetObject("é/ü +")
        {
            ResponseHeaders = new() { ContentType = "text/plain", Expires = TestPresigner.SignedAt, CacheControl = "no-cache" },
            VersionId = "3",
        });

        PresignedUrlInfo info = Parse(presigned.Url);

        info.Should().BeEquivalentTo(new
        {
            TestPresigner.AccessKeyId,
            TestPresigner.Bucket,
            Key = "é/ü +",
            presigned.ExpiresAt,
            SignedAt = (DateTimeOffset?)presigned.SignedAt,
            HasSessionToken = true,
            ResponseHeaders = new ResponseHeaderOverrides { ContentType = "text/plain", Expires = TestPresigner.SignedAt, CacheControl = "no-cache" },
        });
    }

    [Fact]
    public void ToString_PresignedUrl_HidesTheQuery() => Parse(SigV4).ToString()
        .Should().Be("my-space.nyc3.digitaloceanspaces.com/a%20b/c (AWS4-HMAC-SHA256, expires 2026-03-14 16:09:26Z)");

    private static PresignedUrlInfo Parse(string url)
    {
        PresignedUrlInfo.TryParse(url, out PresignedUrlInfo? info).Should().BeTrue("{0} is a presigned URL", url);
        return info!;
    }
}
