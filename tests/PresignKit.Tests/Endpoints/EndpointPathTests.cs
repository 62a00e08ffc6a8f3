namespace PresignKit.Tests;

/// <summary>Endpoints that clients and stores would interpret differently.</summary>
public class EndpointPathTests
{
    [Theory]
    [InlineData("https://x.example.com/a%2Fb")]
    [InlineData("https://x.example.com/a/../b")]
    [InlineData("https://x.example.com/a/.")]
    [InlineData("https://x.example.com/a%FFb")]
    [InlineData("https://x.example.com/a%5Cb")]
    [InlineData("https://x.example.com/a\\b")]
    [InlineData("https://x.example.com/%2e%2e/b")]
    [InlineData("https://x.example.com/a/%2E/b")]
    [InlineData("https://x.example.com/a/.%2e")]
    [InlineData("https://x.example.com/a%2fb")]
    [InlineData("https://nyc3.digitaloceanspaces.com/a\\b")]
    public void Create_AmbiguousPath_IsRejected(string url) => FluentActions.Invoking(() => S3Endpoint.Create(url, "us-east-1"))
        .Should().Throw<ArgumentException>().WithMessage($"The path of the endpoint '{url}' contains a dot segment, a backslash or an escape*Use the plain path of the store's API.*");

    [Fact]
    public void Create_ZoneOfAnIPv6Address_IsRejected() => FluentActions.Invoking(() => S3Endpoint.Create("http://[fe80::1%25eth0]:9000", "us-east-1"))
        .Should().Throw<ArgumentException>().WithMessage("*zone*Use the address without the zone.*");

    [Theory]
    [InlineData("https://[::1]:9000/a%20b", "/a%20b")]
    [InlineData("https://127.0.0.1/a%20b", "/a%20b")]
    [InlineData("https://x.example.com/a%20[b]", "/a%20%5Bb%5D")]
    [InlineData("https://x.example.com/a..b/.c", "/a..b/.c")]
    public void Create_EscapeInThePath_IsAccepted(string url, string path) => S3Endpoint.Create(url, "us-east-1").BasePath.Should().Be(path);

    [Fact]
    public void Create_LongestDnsName_IsAccepted()
    {
        string label = new('a', 63), name = $"{label}.{label}.{label}.{label[..61]}";

        S3Endpoint.Create("https://" + name, "us-east-1").Host.Should().Be(name).And.HaveLength(253);
    }

    [Theory]
    [InlineData(1, 64)]
    [InlineData(4, 63)]
    public void Create_NameThatIsTooLongForDns_Throws(int labels, int length)
    {
        string name = string.Join(".", Enumerable.Repeat(new string('a', length), labels));

        FluentActions.Invoking(() => S3Endpoint.Create("https://" + name, "us-east-1")).Should().Throw<ArgumentException>()
            .WithMessage("The host of the endpoint * is not a valid DNS name. Use a name of at most 253 characters, with at most 63 characters between two dots.*");
    }

    [Fact]
    public void Create_NameWithOneLabelThatIsTooLong_Throws() => FluentActions
        .Invoking(() => S3Endpoint.Create($"https://{new string('a', 64)}.example", "us-east-1"))
        .Should().Throw<ArgumentException>().WithMessage("*is not a valid DNS name. Use a name of at most 253 characters, with at most 63 characters between two dots.*");

    [Fact]
    public void Create_VeryLongRegion_IsRejected() => FluentActions.Invoking(() => S3Endpoint.Create("http://127.0.0.1", new string('r', 129)))
        .Should().Throw<ArgumentException>().WithMessage("*129 characters*at most 128*");

    [Fact]
    public void Presign_BucketInAHostWithBasePath_IsRejected() => FluentActions
        .Invoking(() => TestPresigner.At(S3Endpoint.Create("https://my-space.example.com/s3", "us-east-1"), bucket: null).Presign(new GetObject("k") { Bucket = "my-space" }))
        .Should().Throw<ArgumentException>().WithMessage("*starts with the bucket 'my-space'*Use the endpoint 'https://example.com'*");
}
