using System.Globalization;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.ConformanceTests;

/// <summary>Uses AWSSDK.S3 4.1.0 as a second oracle for the requests that it signs correctly. The SDK uses the system clock, so PresignKit uses the time in the SDK's URL.</summary>
public class AwsSdkTests
{
    private const string AccessKeyId = "AKIAIOSFODNN7EXAMPLE";
    private const string SecretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    public static TheoryData<string> Keys =>
    [
        "test.txt", "photos/2026/11/23/IMG_0001 (final).jpg", "a+b c&d=e?f#g;h:i@j,k$l!m'n*o", "ünïcödé/日本語/🙂.txt", "a//b/", "100%/%2F", "~tilde-._",
        "[x]{y}|z\\w^`<>\"",
    ];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Presign_Get_EqualsAwsSdk(string key) => Check(
        new GetPreSignedUrlRequest { BucketName = "my-bucket", Key = key, Verb = HttpVerb.GET },
        new GetObject(key) { Bucket = "my-bucket" });

    [Theory]
    [MemberData(nameof(Keys))]
    public void Presign_GetInPathStyle_EqualsAwsSdk(string key) => Check(
        new GetPreSignedUrlRequest { BucketName = "my.bucket", Key = key, Verb = HttpVerb.GET },
        new GetObject(key) { Bucket = "my.bucket" });

    [Fact]
    public void Presign_PutWithContentTypeAndMetadata_EqualsAwsSdk()
    {
        GetPreSignedUrlRequest request = new() { BucketName = "my-bucket", Key = "up.bin", Verb = HttpVerb.PUT, ContentType = "image/png; charset=utf-8" };
        request.Metadata.Add("x-amz-meta-owner", "somebody");

        Check(request, new PutObject("up.bin")
        {
            Bucket = "my-bucket",
            ContentType = "image/png; charset=utf-8",
            Headers = [new("x-amz-meta-owner", "somebody")],
        });
    }

    [Fact]
    public void Presign_Overrides_EqualAwsSdk() => Check(
        new GetPreSignedUrlRequest
        {
            BucketName = "my-bucket",
            Key = "a",
            Verb = HttpVerb.GET,
            VersionId = "3L4kqtJlcpXroDTDmJ-rmSpXd3dIbrHY",
            ResponseHeaderOverrides = new() { ContentType = "text/plain; charset=utf-8", ContentDisposition = "attachment; filename=\"a b.txt\"", CacheControl = "no-cache" },
        },
        new GetObject("a")
        {
            Bucket = "my-bucket",
            VersionId = "3L4kqtJlcpXroDTDmJ-rmSpXd3dIbrHY",
            ResponseHeaders = new() { ContentType = "text/plain; charset=utf-8", ContentDisposition = "attachment; filename=\"a b.txt\"", CacheControl = "no-cache" },
        });

    [Theory]
    [InlineData(HttpVerb.HEAD)]
    [InlineData(HttpVerb.DELETE)]
    public void Presign_OtherMethods_EqualAwsSdk(HttpVerb verb) => Check(
        new GetPreSignedUrlRequest { BucketName = "my-bucket", Key = "a", Verb = verb },
        verb == HttpVerb.HEAD ? new HeadObject("a") { Bucket = "my-bucket" } : new DeleteObject("a") { Bucket = "my-bucket" });

    [Fact]
    public void Presign_SessionToken_EqualsAwsSdk() => Check(
        new GetPreSignedUrlRequest { BucketName = "my-bucket", Key = "a", Verb = HttpVerb.GET },
        new GetObject("a") { Bucket = "my-bucket" },
        "FwoGZXIvYXdzE//+token==");

    private static void Check(GetPreSignedUrlRequest request, S3Operation operation, string? sessionToken = null)
    {
        AWSCredentials credentials = sessionToken is null
            ? new BasicAWSCredentials(AccessKeyId, SecretAccessKey)
            : new SessionAWSCredentials(AccessKeyId, SecretAccessKey, sessionToken);
        using AmazonS3Client sdk = new(credentials, RegionEndpoint.EUWest1);
        request.Expires = DateTime.UtcNow.AddHours(1);
        string expected = sdk.GetPreSignedURL(request);

        DateTimeOffset signedAt = DateTimeOffset.ParseExact(
            UrlText.Parameter(expected, "X-Amz-Date"), "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        int expiresIn = int.Parse(UrlText.Parameter(expected, "X-Amz-Expires"), CultureInfo.InvariantCulture);
        S3Presigner presigner = new(
            new PresignerOptions
            {
                Endpoint = "https://s3.eu-west-1.amazonaws.com",
                AccessKeyId = AccessKeyId,
                SecretAccessKey = SecretAccessKey,
                SessionToken = sessionToken,
            },
            new FakeTimeProvider(signedAt));

        PresignedUrl result = presigner.Presign(operation with { ExpiresIn = TimeSpan.FromSeconds(expiresIn) });

        UrlText.Comparable(result.Url).Should().Be(UrlText.Comparable(expected));
    }
}
