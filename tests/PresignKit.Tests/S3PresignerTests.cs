using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

public class S3PresignerTests
{
    [Fact]
    public void Presign_AwsExample_ReturnsThePublishedUrl()
    {
        S3Presigner presigner = new(
            new PresignerOptions
            {
                Endpoint = "https://s3.amazonaws.com",
                Region = "us-east-1",
                AccessKeyId = AwsExample.AccessKeyId,
                SecretAccessKey = AwsExample.SecretAccessKey,
            },
            new FakeTimeProvider(AwsExample.SignedAt));

        PresignedUrl result = presigner.Presign(new GetObject("test.txt") { Bucket = "examplebucket", ExpiresIn = TimeSpan.FromDays(1) });

        result.Url.Should().Be(AwsExample.Url);
    }
}
