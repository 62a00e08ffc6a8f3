namespace PresignKit.Tests;

/// <summary>A presigner caches the location of each bucket. The results must be correct with more buckets than the cache can hold, and on several threads.</summary>
public class S3PresignerLocationTests
{
    [Fact]
    public void Presign_MoreBucketsThanAreCached_UsesTheHostOfEach()
    {
        S3Presigner presigner = TestPresigner.Create();
        string[] buckets = [.. Enumerable.Range(0, 500).Select(i => $"bucket-{i}")];
        string[] urls = new string[4 * buckets.Length];

        Parallel.For(0, urls.Length, i => urls[i] = presigner.Presign(new GetObject("key") { Bucket = buckets[i % buckets.Length] }).Url);

        for (int i = 0; i < urls.Length; i++)
        {
            urls[i].Should().StartWith($"https://{buckets[i % buckets.Length]}.nyc3.digitaloceanspaces.com/key?");
        }
    }

    [Fact]
    public void Presign_BucketOfTheOptionsInTheOperation_ReturnsTheSameUrl()
    {
        S3Presigner presigner = TestPresigner.Create();
        string bucket = string.Concat("my-", "space");

        presigner.Presign(new GetObject("key") { Bucket = bucket }).Url.Should().Be(presigner.Presign(new GetObject("key")).Url);
    }

    [Fact]
    public void Presign_ServiceBucketAndObjectRequestsInTurn_UsesThePathOfEach()
    {
        S3Presigner presigner = TestPresigner.Create(options => options.UrlStyle = UrlStyle.Path);

        for (int i = 0; i < 2; i++)
        {
            presigner.Presign(new S3ServiceRequest(HttpMethod.Get)).Url.Should().StartWith("https://nyc3.digitaloceanspaces.com/?X-Amz-");
            presigner.Presign(new S3BucketRequest(HttpMethod.Get) { Bucket = "my-space" }).Url.Should().StartWith("https://nyc3.digitaloceanspaces.com/my-space?X-Amz-");
            presigner.Presign(new GetObject("/key")).Url.Should().StartWith("https://nyc3.digitaloceanspaces.com/my-space//key?X-Amz-");
        }
    }

    [Fact]
    public void Presign_InvalidBucket_IsRejectedEachTime()
    {
        S3Presigner presigner = TestPresigner.Create();

        for (int i = 0; i < 2; i++)
        {
            FluentActions.Invoking(() => presigner.Presign(new GetObject("key") { Bucket = "a!b" })).Should().Throw<ArgumentException>()
                .WithParameterName("operation").WithMessage("*a!b*");
        }
    }
}
