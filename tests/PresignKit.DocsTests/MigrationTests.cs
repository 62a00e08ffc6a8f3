using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Time.Testing;
using Minio;
using Minio.DataModel.Args;
using PresignKit.ConformanceTests;

namespace PresignKit.DocsTests;

/// <summary>The code of docs/migration.md: both sides create the same URL.</summary>
public class MigrationTests
{
    private const string KeyId = Example.AccessKeyId;
    private const string Secret = Example.SecretAccessKey;

    [Fact]
    public void AwsSdk_Client_CorrespondsToTheOptions()
    {
        using AmazonS3Client s3 = new(new BasicAWSCredentials(KeyId, Secret), new AmazonS3Config
        {
            ServiceURL = "https://nyc3.digitaloceanspaces.com",
            AuthenticationRegion = "nyc3",
        });

        PresignerOptions options = new() { AccessKeyId = KeyId, SecretAccessKey = Secret };
        options.UseDigitalOceanSpaces("nyc3");
        S3Presigner presigner = new(options);

        string theirs = s3.GetPreSignedURL(new GetPreSignedUrlRequest { BucketName = "my-space", Key = "a", Expires = DateTime.UtcNow.AddHours(1) });
        theirs.Split('?')[0].Should().Be(presigner.Presign(new GetObject("a") { Bucket = "my-space" }).Url.Split('?')[0]);
    }

    [Fact]
    public void AwsSdk_Download_IsGetObject()
    {
        using AmazonS3Client s3 = Sdk();

        string before = s3.GetPreSignedURL(new GetPreSignedUrlRequest
        {
            BucketName = "my-space",
            Key = "reports/2026.pdf",
            Verb = HttpVerb.GET,
            Expires = DateTime.UtcNow.AddMinutes(10),
            ResponseHeaderOverrides = new() { ContentType = "application/pdf" },
        });

        S3Presigner presigner = At(before);

        string after = presigner.Presign(new GetObject("reports/2026.pdf")
        {
            Bucket = "my-space",
            ExpiresIn = TimeSpan.FromMinutes(10),
            ResponseHeaders = new() { ContentType = "application/pdf" },
        }).Url;

        ShouldBeTheSame(after, before);
    }

    [Fact]
    public void AwsSdk_Upload_IsPutObject()
    {
        using AmazonS3Client s3 = Sdk();

        GetPreSignedUrlRequest request = new()
        {
            BucketName = "my-space",
            Key = "photos/1.jpg",
            Verb = HttpVerb.PUT,
            Expires = DateTime.UtcNow.AddMinutes(10),
            ContentType = "image/jpeg",
        };
        request.Metadata.Add("x-amz-meta-owner", "ada");
        string before = s3.GetPreSignedURL(request);

        S3Presigner presigner = At(before);

        PresignedUrl after = presigner.Presign(new PutObject("photos/1.jpg")
        {
            Bucket = "my-space",
            ExpiresIn = TimeSpan.FromMinutes(10),
            ContentType = "image/jpeg",
            Metadata = new Dictionary<string, string> { ["owner"] = "ada" },
        });      // after.RequiredHeaders: the headers to send

        ShouldBeTheSame(after.Url, before);
        after.RequiredHeaders.Should().HaveCount(2);
    }

    [Fact]
    public void AwsSdk_Parameters_ArePrefixedAndNotEncoded()
    {
        using AmazonS3Client s3 = Sdk();
        GetPreSignedUrlRequest request = new() { BucketName = "my-space", Key = "a", Expires = DateTime.UtcNow.AddMinutes(10) };
        request.Parameters.Add("a b", "1&2");

        s3.GetPreSignedURL(request).Should().Contain("&x-a b=1%262&");
        Example.Presigner().Presign(new GetObject("a") { Query = [new("a b", "1&2")] }).Url.Should().Contain("&a%20b=1%262&");
    }

    [Fact]
    public void AwsSdk_MembersOfTheRequest_AreAllInTheTable()
    {
        string[] named = [.. Page.Rows("docs/migration.md").SelectMany(row => row[0].Split([',', ' ', '`', '(', ')'], StringSplitOptions.RemoveEmptyEntries))];

        named.Should().Contain(typeof(GetPreSignedUrlRequest).GetProperties().Where(one => one.DeclaringType == typeof(GetPreSignedUrlRequest)).Select(one => one.Name));
    }

    [Fact]
    public async Task Minio_Download_IsGetObject()
    {
        using IMinioClient minio = new MinioClient().WithEndpoint("127.0.0.1:9000").WithRegion("us-east-1").WithCredentials(KeyId, Secret).WithSSL(false).Build();

        string before = await minio.PresignedGetObjectAsync(new PresignedGetObjectArgs()
            .WithBucket("my-bucket").WithObject("reports/2026.pdf").WithExpiry(600)
            .WithHeaders(new Dictionary<string, string> { ["response-content-type"] = "application/pdf" }));

        PresignerOptions options = new() { Endpoint = "http://127.0.0.1:9000", Region = "us-east-1", AccessKeyId = KeyId, SecretAccessKey = Secret };
        S3Presigner presigner = new(options, ClockOf(before));

        string after = presigner.Presign(new GetObject("reports/2026.pdf")
        {
            Bucket = "my-bucket",
            ExpiresIn = TimeSpan.FromMinutes(10),
            ResponseHeaders = new() { ContentType = "application/pdf" },
        }).Url;

        // With the Thai calendar and others, Minio 7.0.0 writes a scope that no store accepts (docs/peers.md).
        if (CultureInfo.CurrentCulture.Calendar is GregorianCalendar)
        {
            UrlText.Comparable(after).Should().Be(UrlText.Comparable(before));
        }
        else
        {
            UrlText.Parameter(before, "X-Amz-Credential").Should().NotBe(UrlText.Parameter(after, "X-Amz-Credential"));
        }
    }

    [Fact]
    public async Task Minio_Upload_IsPutObject()
    {
        using IMinioClient minio = new MinioClient().WithEndpoint("127.0.0.1:9000").WithRegion("us-east-1").WithCredentials(KeyId, Secret).WithSSL(false).Build();

        string before = await minio.PresignedPutObjectAsync(new PresignedPutObjectArgs().WithBucket("my-bucket").WithObject("photos/1.jpg").WithExpiry(600));

        S3Presigner presigner = new(new PresignerOptions { Endpoint = "http://127.0.0.1:9000", Region = "us-east-1", AccessKeyId = KeyId, SecretAccessKey = Secret }, ClockOf(before));

        string after = presigner.Presign(new PutObject("photos/1.jpg") { Bucket = "my-bucket", ExpiresIn = TimeSpan.FromMinutes(10) }).Url;

        if (CultureInfo.CurrentCulture.Calendar is GregorianCalendar)
        {
            UrlText.Comparable(after).Should().Be(UrlText.Comparable(before));
        }
        else
        {
            after.Split('?')[0].Should().Be(before.Split('?')[0]);
        }
    }

    [Fact]
    public async Task Minio_HeaderOfAnUpload_IsLost()
    {
        using IMinioClient minio = new MinioClient().WithEndpoint("127.0.0.1:9000").WithRegion("us-east-1").WithCredentials(KeyId, Secret).WithSSL(false).Build();

        string url = await minio.PresignedPutObjectAsync(new PresignedPutObjectArgs().WithBucket("my-bucket").WithObject("a").WithExpiry(600)
            .WithHeaders(new Dictionary<string, string> { ["Content-Type"] = "image/jpeg" }));

        url.Should().Contain("&content-type=Minio.DataModel.Args.PresignedPutObjectArgs&").And.Contain("X-Amz-SignedHeaders=host&");
    }

    [Fact]
    public void Boto3_Calls_CreateTheSameUrlsAndForm()
    {
        using JsonDocument peers = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Peers", "peers.json")));
        JsonElement before = peers.RootElement.GetProperty("migration");
        S3Presigner presigner = Example.Presigner();
        TimeSpan tenMinutes = TimeSpan.FromMinutes(10);

        string get = presigner.Presign(new GetObject("reports/2026.pdf") { ExpiresIn = tenMinutes, ResponseHeaders = new() { ContentType = "application/pdf" } }).Url;
        string put = presigner.Presign(new PutObject("photos/1.jpg") { ExpiresIn = tenMinutes, ContentType = "image/jpeg" }).Url;
        PresignedPost form = presigner.PresignPost(new PostPolicy(PostKey.Prefix("user-42/"))
        {
            UseFileName = true,
            ExpiresIn = tenMinutes,
            ContentType = "image/png",
            ContentLength = (1, 5 << 20),
        });

        UrlText.Comparable(get).Should().Be(UrlText.Comparable(before.GetProperty("get").GetString()!));
        UrlText.Comparable(put).Should().Be(UrlText.Comparable(before.GetProperty("put").GetString()!));
        form.Url.Should().Be(before.GetProperty("post").GetProperty("url").GetString());
        Dictionary<string, string> fields = before.GetProperty("post").GetProperty("fields").EnumerateObject().ToDictionary(field => field.Name, field => field.Value.GetString()!);
        form.Fields.Where(field => field.Key is not ("policy" or "x-amz-signature")).Should().BeEquivalentTo(fields.Where(field => field.Key is not ("policy" or "x-amz-signature")));
        Conditions(form.Fields.Single(field => field.Key == "policy").Value).Should().BeEquivalentTo(Conditions(fields["policy"]));
    }

    private static AmazonS3Client Sdk() => new(
        new BasicAWSCredentials(KeyId, Secret), new AmazonS3Config { ServiceURL = "https://nyc3.digitaloceanspaces.com", AuthenticationRegion = "nyc3" });

    // Returns a presigner whose clock shows the instant at which the other library signed.
    private static S3Presigner At(string url) => Example.Presigner(options => options.Bucket = null, ClockOf(url));

    private static FakeTimeProvider ClockOf(string url) => new(DateTimeOffset.ParseExact(
        UrlText.Parameter(url, "X-Amz-Date"), "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    // The SDK receives an absolute expiry, and time passes before it signs. If the machine pauses, X-Amz-Expires is less than 600.
    private static void ShouldBeTheSame(string after, string before)
    {
        string[] expiry = UrlText.Parameter(before, "X-Amz-Expires") == "600" ? [] : ["X-Amz-Expires=", "X-Amz-Signature="];
        After(after).Should().Be(After(before));

        string After(string url) => string.Join('&', UrlText.Comparable(url).Split('&').Where(one => !expiry.Any(one.StartsWith)));
    }

    // One library writes {"acl": "private"}, and the other ["eq", "$acl", "private"].
    private static IEnumerable<string> Conditions(string policy)
    {
        using JsonDocument read = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(policy)));
        return [.. read.RootElement.GetProperty("conditions").EnumerateArray().SelectMany(condition => condition.ValueKind == JsonValueKind.Object
            ? condition.EnumerateObject().Select(pair => $"eq ${pair.Name} {pair.Value}")
            : [string.Join(' ', condition.EnumerateArray())])];
    }
}
