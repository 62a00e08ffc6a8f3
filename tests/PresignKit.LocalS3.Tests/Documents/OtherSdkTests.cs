using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace PresignKit.LocalS3.Tests.Documents;

/// <summary>The AWS SDK with the settings in docs/local-s3.md.</summary>
public class OtherSdkTests
{
    [Fact]
    public async Task Download_UrlOfTheAwsSdk_Works()
    {
        await using LocalS3Server s3 = await LocalS3Server.StartAsync(o => o.Buckets.Add("photos"));
        using HttpClient http = s3.CreateHttpClient();
        s3.Buckets["photos"].Put("a.png", [1, 2, 3]);

        using AmazonS3Client client = new(s3.AccessKeyId, s3.SecretAccessKey, new AmazonS3Config
        {
            ServiceURL = s3.Endpoint,
            AuthenticationRegion = s3.Region,
            ForcePathStyle = true,
        });
        string url = await client.GetPreSignedURLAsync(new GetPreSignedUrlRequest
        {
            BucketName = "photos",
            Key = "a.png",
            Protocol = Protocol.HTTP,
            Expires = DateTime.UtcNow.AddHours(1),
        });

        (await http.GetAsync(url)).StatusCode.Should().Be(HttpStatusCode.OK);
    }
}
