namespace PresignKit.Tests;

/// <summary>Common collection types can be passed without a compiler warning when nullable reference types are enabled.</summary>
public class QueryTypeTests
{
    private static readonly Dictionary<string, string> Texts = new() { ["a"] = "1" };
    private static readonly Dictionary<string, string?> OptionalTexts = new() { ["a"] = "1", ["acl"] = null };

    [Fact]
    public void Query_AnyKindOfCollection_IsSigned()
    {
        Presigned.Request(new GetObject("k") { Query = Texts }).Should().Be("GET /bucket/k?a=1");
        Presigned.Request(new GetObject("k") { Query = OptionalTexts }).Should().Be("GET /bucket/k?a=1&acl=");
        Presigned.Request(new GetObject("k") { Query = [new("acl", null)] }).Should().Be("GET /bucket/k?acl=");
        Presigned.Request(new GetObject("k") { Query = [] }).Should().Be("GET /bucket/k");
    }

    [Fact]
    public void SetQuery_AnyKindOfCollection_IsSigned()
    {
        S3Presigner presigner = TestPresigner.Create();
        string url = presigner.Presign(new GetObject("k")).Url;

        Resign(new() { SetQuery = Texts }).Should().Contain("&a=1&");
        Resign(new() { SetQuery = OptionalTexts }).Should().Contain("&a=1&acl=&");
        Resign(new() { SetQuery = [new("acl", null)] }).Should().Contain("&acl=&");

        string Resign(ResignChanges changes) => presigner.Resign(url, HttpMethod.Get, changes).Url;
    }

    [Fact]
    public void SigV4Query_AnyKindOfCollection_IsSigned()
    {
        SigV4QuerySigner signer = new(new S3Credentials("AK", "secret"), "eu-west-1", "sts");
        SigV4QueryRequest request = new(HttpMethod.Get, "sts.eu-west-1.amazonaws.com");

        signer.Presign(request with { Query = Texts }).Url.Should().Contain("&a=1&");
        signer.Presign(request with { Query = OptionalTexts }).Url.Should().Contain("&a=1&acl=&");
        signer.Presign(request with { Query = [new("acl", null)] }).Url.Should().Contain("&acl=&");
    }

    [Fact]
    public void Append_AnyKindOfCollection_IsAppended()
    {
        UrlQuery.Append("/a", Texts).Should().Be("/a?a=1");
        UrlQuery.Append("/a", OptionalTexts).Should().Be("/a?a=1&acl");
        UrlQuery.Append("/a", [new("acl", null)]).Should().Be("/a?acl");
    }

    [Fact]
    public void Headers_RequiredHeadersOfADifferentUrl_AreSigned()
    {
        PresignedUrl old = Presigned.Of(new PutObject("k") { ContentType = "image/png" });

        Presigned.Headers(new PutObject("k") { Headers = old.RequiredHeaders }).Should().Equal("content-type: image/png");
        new ResignChanges { Headers = old.RequiredHeaders }.Headers.Should().Equal(old.RequiredHeaders);
        new SigV4QueryRequest(HttpMethod.Put, "example.com") { Headers = old.RequiredHeaders }.Headers.Should().Equal(old.RequiredHeaders);
    }
}
