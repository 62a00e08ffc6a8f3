using System.Text;
using System.Xml.Linq;

namespace PresignKit.LocalS3.Tests.Operations;

public class BucketTests(LocalS3Fixture fixture) : IClassFixture<LocalS3Fixture>
{
    private readonly TestBucket _bucket = fixture.CreateBucket();

    [Fact]
    public async Task CreateBucket_NewName_CreatesTheBucket()
    {
        using HttpResponseMessage response = await _bucket.SendAsync(new S3BucketRequest(HttpMethod.Put) { Bucket = "new-bucket" }).StatusAsync();

        response.Header("Location").Should().Be("/new-bucket");
        _bucket.Server.Buckets.Contains("new-bucket").Should().BeTrue();
        _bucket.LastRequest.Should().BeEquivalentTo(new { Operation = "CreateBucket", Bucket = "new-bucket", Key = (string?)null });
        await _bucket.SendAsync(new PutObject("a") { Bucket = "new-bucket" }, new ByteArrayContent([1])).StatusAsync();
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("Upper")]
    [InlineData("under_score")]
    [InlineData("-start")]
    [InlineData("end-")]
    [InlineData("a..b")]
    [InlineData("192.168.5.4")]
    [InlineData("xn--bucket")]
    [InlineData("sthree-bucket")]
    [InlineData("bucket-s3alias")]
    [InlineData("bucket--ol-s3")]
    [InlineData("a23456789012345678901234567890123456789012345678901234567890abcd")]
    public async Task CreateBucket_InvalidName_ReturnsInvalidBucketName(string name)
    {
        using HttpRequestMessage request = new(HttpMethod.Put, _bucket.Server.Endpoint + TestSigner.Sign(_bucket.Server, "PUT", "/" + name, fixture.Clock.GetUtcNow()));

        XElement error = await _bucket.SendAsync(request).ErrorAsync(400, "InvalidBucketName", "The specified bucket is not valid.");

        error.Value("BucketName").Should().Be(name);
        _bucket.Server.Buckets.Contains(name).Should().BeFalse();
    }

    [Fact]
    public async Task CreateBucket_ExistingInTheDefaultRegion_ReturnsSuccess()
    {
        _bucket.Store.Put("a", [1]);

        await _bucket.SendAsync(new S3BucketRequest(HttpMethod.Put)).StatusAsync();

        _bucket.Store.Keys.Should().Equal("a");
    }

    [Theory]
    [InlineData("us-east-1", null, 200, null)]
    [InlineData("us-east-1", "us-east-1", 400, "InvalidLocationConstraint")]
    [InlineData("us-east-1", "eu-west-1", 501, "NotImplemented")]
    [InlineData("eu-west-1", "eu-west-1", 200, null)]
    [InlineData("eu-west-1", null, 400, "IllegalLocationConstraintException")]
    [InlineData("eu-west-1", "", 400, "IllegalLocationConstraintException")]
    [InlineData("eu-west-1", "bar", 400, "IllegalLocationConstraintException")]
    [InlineData("nyc3", null, 200, null)]
    [InlineData("nyc3", "nyc3", 200, null)]
    [InlineData("nyc3", "ams3", 400, "IllegalLocationConstraintException")]
    public async Task CreateBucket_LocationConstraint_MustBeTheRegion(string region, string? location, int status, string? code)
    {
        await using LocalS3Server server = await LocalS3Server.StartAsync(o => o.Region = region);
        using HttpClient http = server.CreateHttpClient();
        PresignedUrl url = server.CreatePresigner("photos").Presign(new S3BucketRequest(HttpMethod.Put));
        string body = location is null ? "" : $"<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LocationConstraint>{location}</LocationConstraint></CreateBucketConfiguration>";

        Task<HttpResponseMessage> response = http.SendAsync(url.ToHttpRequestMessage(new ByteArrayContent(Encoding.UTF8.GetBytes(body))));

        if (code is null)
        {
            await response.StatusAsync(status);
        }
        else
        {
            await response.ErrorAsync(status, code, code != "IllegalLocationConstraintException" ? null
                : $"The {(string.IsNullOrEmpty(location) ? "unspecified" : location)} location constraint is incompatible for the region specific endpoint this request was sent to.");
        }

        server.Buckets.Contains("photos").Should().Be(code is null);
    }

    [Fact]
    public async Task CreateBucket_ExistingInAnotherRegion_ReturnsBucketAlreadyOwnedByYou()
    {
        await using LocalS3Server server = await LocalS3Server.StartAsync(o =>
        {
            o.Region = "nyc3";
            o.Buckets.Add("photos");
        });
        using HttpClient http = server.CreateHttpClient();

        XElement error = await http.SendAsync(server.CreatePresigner("photos").Presign(new S3BucketRequest(HttpMethod.Put)).ToHttpRequestMessage())
            .ErrorAsync(409, "BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.");

        error.Value("BucketName").Should().Be("photos");
    }

    [Theory]
    [InlineData("x-amz-acl", "public-read", 501)]
    [InlineData("x-amz-acl", "private", 200)]
    [InlineData("x-amz-object-ownership", "ObjectWriter", 501)]
    [InlineData("x-amz-object-ownership", "BucketOwnerEnforced", 200)]
    [InlineData("x-amz-bucket-object-lock-enabled", "true", 501)]
    [InlineData("x-amz-bucket-object-lock-enabled", "false", 200)]
    [InlineData("x-amz-grant-full-control", "id=1", 501)]
    public async Task CreateBucket_Header_IsRejectedUnlessItHasNoEffect(string name, string value, int status)
    {
        string bucket = $"header-{Guid.NewGuid():N}";
        S3BucketRequest request = new(HttpMethod.Put) { Bucket = bucket, Headers = [new(name, value)] };

        if (status == 200)
        {
            await _bucket.SendAsync(request).StatusAsync();
        }
        else
        {
            (await _bucket.SendAsync(request).ErrorAsync(501, "NotImplemented")).Value("Header").Should().Be(name);
        }

        _bucket.Server.Buckets.Contains(bucket).Should().Be(status == 200);
    }

    [Theory]
    [InlineData("<CreateBucketConfiguration><Bucket><Type>Directory</Type></Bucket></CreateBucketConfiguration>", 501, "NotImplemented")]
    [InlineData("<CreateBucketConfiguration>", 400, "MalformedXML")]
    [InlineData("text", 400, "MalformedXML")]
    public async Task CreateBucket_Body_IsChecked(string body, int status, string code) =>
        await _bucket.SendAsync(new S3BucketRequest(HttpMethod.Put) { Bucket = "body-bucket" }, new ByteArrayContent(Encoding.UTF8.GetBytes(body))).ErrorAsync(status, code);

    [Fact]
    public async Task HeadBucket_ExistingBucket_ReturnsTheRegion()
    {
        using HttpResponseMessage response = await _bucket.SendAsync(new HeadBucket()).StatusAsync();

        response.Header("x-amz-bucket-region").Should().Be("us-east-1");
        _bucket.LastRequest.Operation.Should().Be("HeadBucket");
        (await _bucket.SendAsync(new HeadBucket { Bucket = "does-not-exist" }).BytesAsync(404)).Should().BeEmpty();
    }

    [Fact]
    public async Task DeleteBucket_WithObjects_ReturnsBucketNotEmpty()
    {
        _bucket.Store.Put("a", [1]);

        XElement error = await _bucket.SendAsync(new S3BucketRequest(HttpMethod.Delete)).ErrorAsync(409, "BucketNotEmpty", "The bucket you tried to delete is not empty");

        error.Value("BucketName").Should().Be(_bucket.Name);
        _bucket.Store.Keys.Should().Equal("a");
    }

    [Fact]
    public async Task DeleteBucket_Empty_DeletesTheBucket()
    {
        (await _bucket.SendAsync(new S3BucketRequest(HttpMethod.Delete)).BytesAsync(204)).Should().BeEmpty();

        _bucket.Server.Buckets.Contains(_bucket.Name).Should().BeFalse();
        await _bucket.SendAsync(new S3BucketRequest(HttpMethod.Delete)).ErrorAsync(404, "NoSuchBucket");
        await _bucket.PutAsync("a", [1]).ErrorAsync(404, "NoSuchBucket");
    }
}
