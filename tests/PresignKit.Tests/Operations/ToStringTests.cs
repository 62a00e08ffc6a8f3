namespace PresignKit.Tests;

public class ToStringTests
{
    [Fact]
    public void ToString_Operation_ShowsNeitherHeadersNorParameters()
    {
        PutObject operation = new("photos/1.jpg")
        {
            Bucket = "my-space",
            ContentType = "image/s3cr3t",
            Headers = TestPresigner.Pairs(("x-amz-server-side-encryption-customer-key", "s3cr3t")),
            Query = TestPresigner.Pairs(("tag", "s3cr3t")),
        };

        operation.ToString().Should().Be("PutObject { Bucket = my-space, Key = photos/1.jpg }");
    }

    [Fact]
    public void ToString_NoBucket_ShowsWhereItComesFrom() =>
        new GetObject("key").ToString().Should().Be("GetObject { Bucket = (from the options), Key = key }");

    [Fact]
    public void ToString_ControlCharacters_AreEscaped() =>
        new GetObject("a\r\nb") { Bucket = "b\nb" }.ToString().Should().Be("GetObject { Bucket = b<U+000A>b, Key = a<U+000D><U+000A>b }");

    [Fact]
    public void ToString_LongKey_IsTruncated() =>
        new GetObject(new string('k', 1000)).ToString().Should().Be($"GetObject {{ Bucket = (from the options), Key = {new string('k', 100)}… }}");

    [Fact]
    public void ToString_SurrogatePairAtTheLimit_IsNotSplit() =>
        new GetObject(new string('k', 99) + "😀 and more").ToString().Should().Contain("k😀…");

    [Fact]
    public void ToString_RequestForAnObject_ShowsItsMethod() => new S3Request(HttpMethod.Post, "key") { Bucket = "my-space" }.ToString()
        .Should().Be("S3Request { Method = POST, Bucket = my-space, Key = key }");

    [Fact]
    public void ToString_RequestForABucket_ShowsItsMethod() => new S3BucketRequest(HttpMethod.Delete) { Bucket = "my-space" }.ToString()
        .Should().Be("S3BucketRequest { Method = DELETE, Bucket = my-space }");

    [Fact]
    public void ToString_RequestForTheService_DoesNotNameABucket() => new S3ServiceRequest(HttpMethod.Get).ToString()
        .Should().Be("S3ServiceRequest { Method = GET }");

    [Fact]
    public void ToString_Options_DoesNotShowSecrets() => TestPresigner.Options(options => options.SessionToken = TestPresigner.SessionToken).ToString()
        .Should().NotContain(TestPresigner.SecretAccessKey).And.NotContain(TestPresigner.SessionToken);
}
