namespace PresignKit.Tests;

/// <summary>The method, URL and parameters of requests.</summary>
public class RequestBuilderTests
{
    public static TheoryData<string> Operations => new(Samples.Keys);

    private static Dictionary<string, (S3Operation Operation, string Method)> Samples { get; } = new()
    {
        ["GetObject"] = (new GetObject("key"), "GET"),
        ["GetObject, bucket"] = (new GetObject("key") { Bucket = "my-space" }, "GET"),
        ["HeadObject"] = (new HeadObject("key"), "HEAD"),
        ["HeadObject, bucket"] = (new HeadObject("key") { Bucket = "my-space" }, "HEAD"),
        ["PutObject"] = (new PutObject("key"), "PUT"),
        ["PutObject, bucket"] = (new PutObject("key") { Bucket = "my-space" }, "PUT"),
        ["DeleteObject"] = (new DeleteObject("key"), "DELETE"),
        ["DeleteObject, bucket"] = (new DeleteObject("key") { Bucket = "my-space" }, "DELETE"),
        ["S3Request"] = (new S3Request(HttpMethod.Post, "key") { Bucket = "my-space" }, "POST"),
    };

    [Theory]
    [MemberData(nameof(Operations))]
    public void Presign_Operation_HasItsMethodAndAddress(string name)
    {
        (S3Operation operation, string method) = Samples[name];

        PresignedUrl result = TestPresigner.Create().Presign(operation);

        result.Method.Method.Should().Be(method);
        result.Address().Should().Be("https://my-space.nyc3.digitaloceanspaces.com/key");
    }

    // The signature covers the method, so two methods must not have the same URL.
    [Fact]
    public void Presign_EachMethod_HasItsOwnSignature()
    {
        S3Presigner presigner = TestPresigner.Create();

        Samples.Values.GroupBy(sample => sample.Method).Select(group => group.Select(sample => presigner.Presign(sample.Operation).Url).Distinct().Single())
            .Should().OnlyHaveUniqueItems().And.HaveCount(5);
    }

    [Fact]
    public void Presign_NoOptionalProperties_AddsNoParameters() => Names(TestPresigner.Create().Presign(new PutObject("key"))).Should().Equal(
        "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature");

    [Fact]
    public void Presign_SessionToken_IsSignedAndEncoded()
    {
        PresignedUrl result = TestPresigner.Create(options => options.SessionToken = "t/o+k=").Presign(new GetObject("key"));

        Names(result).Should().ContainInOrder("X-Amz-Expires", "X-Amz-Security-Token", "X-Amz-SignedHeaders", "X-Amz-Signature");
        result.Parameter("X-Amz-Security-Token").Should().Be("t%2Fo%2Bk%3D");
    }

    [Fact]
    public void Presign_ResponseHeaders_BecomeParameters()
    {
        ResponseHeaderOverrides headers = new()
        {
            ContentType = "text/plain; charset=utf-8",
            ContentDisposition = "attachment; filename=\"a b.txt\"",
            ContentEncoding = "gzip",
            ContentLanguage = "de",
            CacheControl = "private, max-age=3600",
            Expires = new DateTimeOffset(2026, 3, 1, 1, 30, 0, TimeSpan.FromHours(3)),
        };

        PresignedUrl result = TestPresigner.Create().Presign(new GetObject("key") { ResponseHeaders = headers });

        result.Url.Should().EndWith(
            "&response-cache-control=private%2C%20max-age%3D3600&response-content-disposition=attachment%3B%20filename%3D%22a%20b.txt%22" +
            "&response-content-encoding=gzip&response-content-language=de&response-content-type=text%2Fplain%3B%20charset%3Dutf-8" +
            "&response-expires=Sat%2C%2028%20Feb%202026%2022%3A30%3A00%20GMT&X-Amz-Signature=" + result.Parameter("X-Amz-Signature"));
    }

    [Fact]
    public void With_ResponseExpires_FollowsTheChange()
    {
        ResponseHeaderOverrides first = new() { Expires = TestPresigner.Now };
        ResponseHeaderOverrides second = first with { Expires = null };

        TestPresigner.Create().Presign(new GetObject("key") { ResponseHeaders = second }).Parameter("response-expires").Should().BeNull();
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("DELETE")]
    public void Presign_VersionId_IsAParameter(string method)
    {
        S3Operation operation = method switch
        {
            "GET" => new GetObject("key") { VersionId = "v+1" },
            "HEAD" => new HeadObject("key") { VersionId = "v+1" },
            _ => new DeleteObject("key") { VersionId = "v+1" },
        };

        TestPresigner.Create().Presign(operation).Parameter("versionId").Should().Be("v%2B1");
    }

    [Fact]
    public void Presign_SubResource_IsAParameterWithAnEmptyValue() => TestPresigner.Create()
        .Presign(new S3BucketRequest(HttpMethod.Get) { Bucket = "my-space", SubResource = "cors" }).Url.Should().EndWith("&cors=&X-Amz-Signature=" +
            TestPresigner.Create().Presign(new S3BucketRequest(HttpMethod.Get) { Bucket = "my-space", Query = TestPresigner.Pairs(("cors", "")) })
                .Parameter("X-Amz-Signature"));

    [Fact]
    public void Presign_LowercaseMethod_IsSignedInUppercase()
    {
        PresignedUrl result = TestPresigner.Create().Presign(new S3Request(new HttpMethod("get"), "key") { Bucket = "my-space" });

        result.Url.Should().Be(TestPresigner.Create().Presign(new GetObject("key")).Url);
        result.Method.Method.Should().Be("GET");
    }

    [Fact]
    public void Presign_PayloadHash_IsSigned()
    {
        PresignedUrl unsigned = TestPresigner.Create().Presign(Put("UNSIGNED-PAYLOAD"));
        PresignedUrl hashed = TestPresigner.Create().Presign(Put("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));

        hashed.Parameter("X-Amz-Signature").Should().NotBe(unsigned.Parameter("X-Amz-Signature"));
        hashed.RequiredHeaders.Should().ContainKey("x-amz-content-sha256");

        static PutObject Put(string hash) => new("key") { Headers = TestPresigner.Pairs(("x-amz-content-sha256", hash)) };
    }

    [Fact]
    public void New_QueryOrHeadersNull_ThrowsWithTheName()
    {
        FluentActions.Invoking(() => new GetObject("key") { Query = null! }).Should().Throw<ArgumentNullException>().WithParameterName("Query")
            .WithMessage("Query is null. Use an empty collection instead*");
        FluentActions.Invoking(() => new GetObject("key") { Headers = null! }).Should().Throw<ArgumentNullException>().WithParameterName("Headers")
            .WithMessage("Headers is null. Use an empty collection instead*");
    }

    [Fact]
    public void Presign_Null_Throws() => FluentActions.Invoking(() => TestPresigner.Create().Presign(null!))
        .Should().Throw<ArgumentNullException>().WithParameterName("operation");

    [Fact]
    public void New_MethodNull_Throws()
    {
        FluentActions.Invoking(() => new S3Request(null!, "key")).Should().Throw<ArgumentNullException>().WithParameterName("method");
        FluentActions.Invoking(() => new S3BucketRequest(null!)).Should().Throw<ArgumentNullException>().WithParameterName("method");
        FluentActions.Invoking(() => new S3ServiceRequest(null!)).Should().Throw<ArgumentNullException>().WithParameterName("method");
    }

    [Fact]
    public void Rent_AfterReturn_IsEmpty()
    {
        RequestBuilder request = RequestBuilder.Rent();
        new PutObject("key") { ContentType = "a/b", Query = TestPresigner.Pairs(("a", "b")) }.Build(request);
        request.ParamName = "other";
        request.Return();

        RequestBuilder next = RequestBuilder.Rent();

        next.Should().BeSameAs(request);
        (next.Query.Length, next.Headers.Length, next.Key, next.ParamName).Should().Be((0, 0, "", "operation"));
        next.Return();
    }

    private static IEnumerable<string> Names(PresignedUrl presigned) =>
        presigned.Url[(presigned.Url.IndexOf('?') + 1)..].Split('&').Select(parameter => parameter.Split('=')[0]);
}
