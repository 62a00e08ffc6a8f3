namespace PresignKit.Tests;

public class S3RequestTests
{
    [Fact]
    public void New_LowercaseMethod_IsConvertedToUppercase() =>
        new[]
        {
            new S3Request(new HttpMethod("put"), "key").Method, new S3BucketRequest(new HttpMethod("put")).Method, new S3ServiceRequest(new HttpMethod("put")).Method,
        }.Should().AllSatisfy(method => method.Method.Should().Be("PUT"));

    [Theory]
    [InlineData("?tagging")]
    [InlineData("versionId=3")]
    [InlineData("")]
    [InlineData("acl&x")]
    public void SubResource_NotAName_Throws(string subResource)
    {
        Action ofObject = () => _ = new S3Request(HttpMethod.Delete, "key") { SubResource = subResource };
        Action ofBucket = () => _ = new S3BucketRequest(HttpMethod.Delete) { SubResource = subResource };
        string message = subResource.Length == 0
            ? "SubResource is empty. Specify a name such as 'tagging', or null for a request to the bucket or the object itself.*"
            : $"SubResource '{subResource}' contains a character other than letters, digits and '-'. Specify a name such as 'tagging' without '?'*Query*";

        ofObject.Should().Throw<ArgumentException>().WithParameterName("SubResource").WithMessage(message);
        ofBucket.Should().Throw<ArgumentException>().WithParameterName("SubResource").WithMessage(message);
    }

    [Fact]
    public void Presign_ServiceRequestWithABucket_Throws()
    {
        Action act = () => TestPresigner.Create().Presign(new S3ServiceRequest(HttpMethod.Get) { Bucket = "other" });

        act.Should().Throw<ArgumentException>().WithParameterName("operation").WithMessage("*cannot have a bucket*'other'*S3BucketRequest*");
    }

    [Fact]
    public void New_EmptyKey_ThrowsAndNamesS3BucketRequest()
    {
        Action act = () => _ = new S3Request(HttpMethod.Delete, "");

        act.Should().Throw<ArgumentException>().WithMessage("*empty*S3BucketRequest*");
    }

    [Theory]
    [InlineData(UrlStyle.VirtualHosted, "/?")]
    [InlineData(UrlStyle.Path, "/my-space?")]
    public void Presign_BucketRequest_DoesNotContainAKey(UrlStyle style, string expected)
    {
        string url = TestPresigner.Create(options => options.UrlStyle = style).Presign(new S3BucketRequest(HttpMethod.Get) { Bucket = "my-space" }).Url;

        url.Should().Contain(expected);
    }
}
