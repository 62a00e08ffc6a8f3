namespace PresignKit.Tests;

public class S3RequestTests
{
    [Fact]
    public void New_LowerCaseMethod_IsUpperCaseAsClientsSendIt() =>
        new S3Request(new HttpMethod("put"), "bucket", "key").Method.Method.Should().Be("PUT");

    [Theory]
    [InlineData("?tagging")]
    [InlineData("versionId=3")]
    [InlineData("")]
    [InlineData("acl&x")]
    public void SubResource_MoreThanAName_IsRefused(string subResource)
    {
        Action act = () => _ = new S3Request(HttpMethod.Delete, "bucket", "key") { SubResource = subResource };

        act.Should().Throw<ArgumentException>().WithMessage($"*'{subResource}'*without '?'*Query*");
    }

    [Fact]
    public void ForService_WithABucket_IsRefused()
    {
        Action act = () => TestPresigner.Create().Presign(S3Request.ForService(HttpMethod.Get) with { Bucket = "other" });

        act.Should().Throw<ArgumentException>().WithMessage("*'other'*S3BucketRequest*");
    }

    [Fact]
    public void New_EmptyKey_IsRefusedAndForBucketNamed()
    {
        Action act = () => _ = new S3Request(HttpMethod.Delete, "bucket", "");

        act.Should().Throw<ArgumentException>().WithMessage("*empty*S3Request.ForBucket*");
    }

    [Theory]
    [InlineData(UrlStyle.VirtualHosted, "/?")]
    [InlineData(UrlStyle.Path, "/my-space?")]
    public void ForBucket_Style_EndsBeforeTheKey(UrlStyle style, string expected)
    {
        string url = TestPresigner.Create(options => options.UrlStyle = style).Presign(S3Request.ForBucket(HttpMethod.Get, "my-space")).Url;

        url.Should().Contain(expected);
    }
}
