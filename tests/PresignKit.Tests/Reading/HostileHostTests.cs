namespace PresignKit.Tests;

public class HostileHostTests
{
    [Theory]
    [InlineData("xn--a")]
    [InlineData("xn--zzzzzzzzzzzzzzzz.example")]
    [InlineData("xn--.example")]
    [InlineData("xn--a-.s3.eu-west-1.amazonaws.com")]
    [InlineData("a..b")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("[")]
    [InlineData("[::1")]
    [InlineData("]:")]
    [InlineData("a:b:c")]
    [InlineData("a:99999999")]
    [InlineData("a:0")]
    [InlineData("1.2.3.4.5")]
    [InlineData("999.1.1.1")]
    [InlineData("____")]
    [InlineData(".nyc3.digitaloceanspaces.com")]
    [InlineData("..s3.amazonaws.com")]
    [InlineData("s3..wasabisys.com")]
    [InlineData(".digitaloceanspaces.com")]
    public void BucketAndKey_InvalidHost_DoNotThrow(string host)
    {
        string url = $"https://{host}/b/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AK%2F20260314%2Fnyc3%2Fs3%2Faws4_request"
            + "&X-Amz-Date=20260314T150926Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=0f";

        PresignedUrlInfo.TryParse(url, out PresignedUrlInfo? info).Should().BeTrue();

        FluentActions.Invoking(() => info!.Bucket + info.Key + info).Should().NotThrow();
        FluentActions.Invoking(() => TestPresigner.Create().Resign(url, HttpMethod.Get)).Should().Throw<ArgumentException>();
    }
}
