namespace PresignKit.Tests;

public class TryParseTests
{
    [Theory]
    [InlineData("https://nyc3.digitaloceanspaces.com", "nyc3")]
    [InlineData("https://s3.eu-west-1.amazonaws.com/", "eu-west-1")]
    [InlineData("https://t3.storage.dev", "auto")]
    public void TryParse_EndpointOfAKnownProvider_ReturnsTheSameAsParse(string url, string region)
    {
        S3Endpoint.TryParse(url, out S3Endpoint? endpoint).Should().BeTrue();

        endpoint!.Region.Should().Be(region);
        endpoint.ToString().Should().Be(S3Endpoint.Parse(url).ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nyc3.digitaloceanspaces.com")]
    [InlineData("https://store.example")]
    [InlineData("https://my-space.nyc3.digitaloceanspaces.com")]
    [InlineData("https://s3.eu-west-1.amazonaws.com/my-bucket")]
    [InlineData("https://nyc3.cdn.digitaloceanspaces.com")]
    [InlineData("https://-ä.example")]
    [InlineData("https://\uD800")]
    public void TryParse_AnythingElse_ReturnsFalse(string? url)
    {
        S3Endpoint.TryParse(url, out S3Endpoint? endpoint).Should().BeFalse();

        endpoint.Should().BeNull();
    }
}
