namespace PresignKit.Tests;

/// <summary>A presigner keeps where the requests for a bucket go: for more buckets than it has room for, and on several threads.</summary>
public class S3PresignerLocationTests
{
    [Fact]
    public void Presign_MoreBucketsThanAreKept_EachHasItsOwnHost()
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
    public void Presign_BucketOfTheOptionsByName_IsTheSameUrl()
    {
        S3Presigner presigner = TestPresigner.Create();
        string bucket = string.Concat("my-", "space");

        presigner.Presign(new GetObject("key") { Bucket = bucket }).Url.Should().Be(presigner.Presign(new GetObject("key")).Url);
    }

    [Fact]
    public void Presign_StoreBucketAndObjectInTurn_EachHasItsPath()
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
    public void Presign_BucketThatIsNone_IsRefusedEachTime()
    {
        S3Presigner presigner = TestPresigner.Create();

        for (int i = 0; i < 2; i++)
        {
            FluentActions.Invoking(() => presigner.Presign(new GetObject("key") { Bucket = "a!b" })).Should().Throw<ArgumentException>()
                .WithParameterName("operation").WithMessage("*a!b*");
        }
    }
}
