namespace PresignKit.Tests;

/// <summary>Endpoints whose text clients and stores would read differently.</summary>
public class EndpointPathTests
{
    [Theory]
    [InlineData("https://x.example.com/a%2Fb")]
    [InlineData("https://x.example.com/a/../b")]
    [InlineData("https://x.example.com/a/.")]
    [InlineData("https://x.example.com/a%FFb")]
    [InlineData("https://x.example.com/a%5Cb")]
    public void Create_PathThatReadsTwoWays_IsRefused(string url) => FluentActions.Invoking(() => S3Endpoint.Create(url, "us-east-1"))
        .Should().Throw<ArgumentException>().WithMessage($"The path of the endpoint '{url}' contains a dot segment, a backslash or an escape*Use the plain path of the store's API.*");

    [Fact]
    public void Create_ZoneOfAnIPv6Address_IsRefused() => FluentActions.Invoking(() => S3Endpoint.Create("http://[fe80::1%25eth0]:9000", "us-east-1"))
        .Should().Throw<ArgumentException>().WithMessage("*zone*Use the address without the zone.*");

    [Fact]
    public void Create_VeryLongRegion_IsRefused() => FluentActions.Invoking(() => S3Endpoint.Create("http://127.0.0.1", new string('r', 129)))
        .Should().Throw<ArgumentException>().WithMessage("*129 characters*at most 128*");

    [Fact]
    public void Presign_BucketInAHostWithBasePath_IsRefused() => FluentActions
        .Invoking(() => TestPresigner.At(S3Endpoint.Create("https://my-space.example.com/s3", "us-east-1"), bucket: null).Presign(new GetObject("my-space", "k")))
        .Should().Throw<ArgumentException>().WithMessage("*begins with the bucket 'my-space'*Use the endpoint 'https://example.com'*");
}
