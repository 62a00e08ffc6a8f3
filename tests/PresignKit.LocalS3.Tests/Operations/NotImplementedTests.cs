using System.Xml.Linq;

namespace PresignKit.LocalS3.Tests.Operations;

/// <summary>LocalS3 responds with 501 to everything that it does not support, and never with a success that has no effect.</summary>
public class NotImplementedTests(LocalS3Fixture fixture) : IClassFixture<LocalS3Fixture>
{
    private readonly TestBucket _bucket = fixture.CreateBucket();

    public static TheoryData<string, string, string, string?, string?> Missing { get; } = CreateMissing();

    [Fact]
    public void Routes_OperationsThatAreBuilt_AreTheExpectedOnes() =>
        OperationTable.Routes.Where(route => route.Handle is not null).Select(route => route.Name).Order(StringComparer.Ordinal).Should().Equal(
            "AbortMultipartUpload", "CompleteMultipartUpload", "CreateBucket", "CreateMultipartUpload", "DeleteBucket", "DeleteBucketCors", "DeleteObject", "DeleteObjects", "GetBucketCors", "GetObject",
            "HeadBucket", "HeadObject", "ListMultipartUploads", "ListObjectsV2", "ListParts", "PostObject", "PutBucketCors", "PutObject", "UploadPart", "UploadPartCopy");

    [Theory]
    [MemberData(nameof(Missing))]
    public async Task Operation_NotBuilt_ReturnsNotImplementedAndNamesIt(string name, string method, string resource, string? subResource, string? header)
    {
        _bucket.Store.Put("a", [1]);
        KeyValuePair<string, string>[] headers = header is null ? [] : [new(header, "other/b")];
        HttpMethod verb = new(method);
        S3Operation operation = resource switch
        {
            "Object" => new S3Request(verb, "a") { SubResource = subResource, Headers = headers },
            "Bucket" => new S3BucketRequest(verb) { SubResource = subResource, Headers = headers },
            _ => new S3ServiceRequest(verb) { Headers = headers },
        };

        XElement error = await _bucket.SendAsync(operation, verb == HttpMethod.Get || verb == HttpMethod.Delete ? null : new ByteArrayContent([]))
            .ErrorAsync(501, "NotImplemented", "A header you provided implies functionality that is not implemented");

        error.Value("additionalMessage").Should().Be("the operation " + name);
        _bucket.LastRequest.Operation.Should().Be(name);
        _bucket.LastRequest.Error!.Cause.Should().Be($"LocalS3 does not support the operation {name}.");
        _bucket.Store.Keys.Should().Equal("a");
    }

    [Theory]
    [InlineData("PATCH", "a", "OBJECT")]
    [InlineData("POST", "a", "OBJECT")]
    [InlineData("PATCH", null, "BUCKET")]
    public async Task Method_NotPartOfS3_ReturnsMethodNotAllowed(string method, string? key, string resource)
    {
        HttpMethod verb = new(method);
        S3Operation operation = key is null ? new S3BucketRequest(verb) : new S3Request(verb, key);

        XElement error = await _bucket.SendAsync(operation, new ByteArrayContent([])).ErrorAsync(405, "MethodNotAllowed", "The specified method is not allowed against this resource.");

        error.Value("Method").Should().Be(method);
        error.Value("ResourceType").Should().Be(resource);
        _bucket.LastRequest.Operation.Should().BeNull();
    }

    [Fact]
    public async Task PostObject_PresignedUrl_ReturnsNotImplemented()
    {
        await _bucket.SendAsync(new S3BucketRequest(HttpMethod.Post), new ByteArrayContent([])).ErrorAsync(501, "NotImplemented");

        _bucket.LastRequest.Error!.Cause.Should().Contain("form");
    }

    [Fact]
    public async Task Operation_NotBuiltAndNotSigned_ReturnsAccessDenied()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"{_bucket.Server.Endpoint}/{_bucket.Name}/a?acl");

        await _bucket.SendAsync(request).ErrorAsync(403, "AccessDenied", "Access Denied");
    }

    private static TheoryData<string, string, string, string?, string?> CreateMissing()
    {
        TheoryData<string, string, string, string?, string?> rows = [];
        foreach (OperationRoute route in OperationTable.Routes.Where(route => route.Handle is null && route.Name != "WriteGetObjectResponse"))
        {
            rows.Add(route.Name, route.Method, route.Resource.ToString(), route.SubResource, route.RequiredHeader);
        }

        return rows;
    }
}
