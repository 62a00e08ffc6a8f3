namespace PresignKit.Tests;

public class ObjectUrlTests
{
    [Theory]
    [InlineData("https://bucket.s3.eu-west-1.amazonaws.com/a%20b", "bucket", "a b")]
    [InlineData("https://s3.eu-west-1.amazonaws.com/bucket/a/b+c", "bucket", "a/b+c")]
    [InlineData("https://my-space.nyc3.digitaloceanspaces.com/%C3%A9/x?versionId=3#top", "my-space", "é/x")]
    [InlineData("https://my-space.nyc3.cdn.digitaloceanspaces.com/k", "my-space", "k")]
    [InlineData("http://127.0.0.1:9000/bucket//k", "bucket", "/k")]
    [InlineData("http://localhost:9000/bucket/k/", "bucket", "k/")]
    public void TryParse_KnownHost_FindsBucketAndKey(string url, string bucket, string key)
    {
        ObjectUrl.TryParse(url, endpoint: null, out string? foundBucket, out string? foundKey).Should().BeTrue();

        (foundBucket, foundKey).Should().Be((bucket, key));
    }

    [Theory]
    [InlineData("https://files.example/bucket/a%20b", UrlStyle.Path, "bucket", "a b")]
    [InlineData("https://bucket.files.example/a%20b", UrlStyle.VirtualHosted, "bucket", "a b")]
    [InlineData("https://files.example/a%20b/c", UrlStyle.BucketBoundHostname, null, "a b/c")]
    public void TryParse_WithEndpoint_FindsBucketAndKey(string url, UrlStyle style, string? bucket, string key)
    {
        ObjectUrl.TryParse(url, S3Endpoint.Create("https://files.example", "local", style), out string? foundBucket, out string? foundKey).Should().BeTrue();

        (foundBucket, foundKey).Should().Be((bucket, key));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/bucket/k")]
    [InlineData("s3://bucket/k")]
    [InlineData("https://files.example/bucket/k")]
    [InlineData("https://bucket.s3.eu-west-1.amazonaws.com/")]
    [InlineData("https://s3.eu-west-1.amazonaws.com/bucket")]
    [InlineData("https://s3.eu-west-1.amazonaws.com//k")]
    [InlineData("https://bucket.s3.eu-west-1.amazonaws.com/%FF")]
    [InlineData("https://bucket.s3.eu-west-1.amazonaws.com/%zz")]
    public void TryParse_NotAnObjectUrl_IsFalse(string? url)
    {
        ObjectUrl.TryParse(url, endpoint: null, out string? bucket, out string? key).Should().BeFalse();

        (bucket, key).Should().Be((null, null));
    }
}
