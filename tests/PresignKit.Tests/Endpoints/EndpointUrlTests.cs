using Microsoft.Extensions.Options;

namespace PresignKit.Tests;

public class EndpointUrlTests
{
    private const string Secret = "s3cr3t";

    [Theory]
    [InlineData("", "The endpoint is empty. Set it to the URL of the store, such as*")]
    [InlineData(" ", "*starts or ends with white space. Remove it.*")]
    [InlineData(" https://a.example", "The endpoint 'https://a.example' starts or ends with white space. Remove it.*")]
    [InlineData("https://a.example\r\n", "The endpoint 'https://a.example' starts or ends with white space. Remove it.*")]
    [InlineData("nyc3.digitaloceanspaces.com", "*'nyc3.digitaloceanspaces.com' does not have a scheme. Use 'https://nyc3.digitaloceanspaces.com', or*")]
    [InlineData("localhost:9000", "The endpoint 'localhost:9000' does not have a scheme. Use 'https://localhost:9000', or 'http://localhost:9000' for a store without TLS.*")]
    [InlineData("//a.example", "The endpoint '//a.example' does not have a scheme. Use 'https://a.example'*")]
    [InlineData("://AK:s3cr3t@a.example", "The endpoint '://a.example' is not an HTTP URL. Use a URL that starts with 'https://' or 'http://'.*")]
    [InlineData("ftp://a.example", "The endpoint 'ftp://a.example' is not an HTTP URL. Use a URL that starts with 'https://' or 'http://'.*")]
    [InlineData("https://a.example?x=1", "The endpoint 'https://a.example' contains a query or a fragment. Specify only the scheme, host, port and path, and add query parameters to the operation (Query)*")]
    [InlineData("https://a.example/p?mail=b@c", "The endpoint 'https://a.example/p' contains a query or a fragment. Specify*")]
    [InlineData("https://?s3cr3t=1", "The endpoint 'https://' *")]
    [InlineData("https://a.example/p?", "The endpoint 'https://a.example/p' contains a query or a fragment. Specify*")]
    [InlineData("https://a.example/#top", "The endpoint 'https://a.example/' contains a query or a fragment*")]
    [InlineData("https://", "The endpoint 'https://' is not a valid URL or does not contain a host. Use a URL such as 'https://nyc3.digitaloceanspaces.com' or 'http://127.0.0.1:9000'.*")]
    [InlineData("https:///a", "The endpoint * is not a valid URL or does not contain a host. Use*")]
    [InlineData("https://a b.example", "The endpoint 'https://a b.example' is not a valid URL or does not contain a host. Use*")]
    [InlineData("https://a.example:port", "The endpoint 'https://a.example:port' is not a valid URL or does not contain a host. Use*")]
    [InlineData("https://a.example:65536", "The endpoint 'https://a.example:65536' is not a valid URL or does not contain a host. Use*")]
    [InlineData("https://AK:pw@a b.example", "The endpoint 'https://a b.example' (user name, password and query are not shown) is not a valid URL or does not contain a host. Use*")]
    [InlineData("https://a.example:0", "The endpoint 'https://a.example:0' *port*")]
    [InlineData("https://-ä.example", "The host of the endpoint 'https://-ä.example' is not a valid DNS name. Use its punycode form, such as 'xn--bcher-kva.example'.*")]
    [InlineData("https://_ä", "The host of the endpoint 'https://_ä' is not a valid DNS name. Use its punycode form*")]
    [InlineData("https://ä-.example:8443/a", "The host of the endpoint 'https://ä-.example:8443/a' is not a valid DNS name. Use its punycode form*")]
    [InlineData("https://ääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääää", "The host of the endpoint * is not a valid DNS name. Use its punycode form*")]
    [InlineData("https://[::1", "The endpoint 'https://[::1' is not a valid URL or does not contain a host. Use*")]
    public void Create_InvalidUrl_NamesItAndTheRemedy(string url, string message)
    {
        FluentActions.Invoking(() => S3Endpoint.Create(url, "us-east-1"))
            .Should().Throw<ArgumentException>().WithMessage(message).WithParameterName(nameof(url));
        FluentActions.Invoking(() => S3Endpoint.Parse(url))
            .Should().Throw<ArgumentException>().WithMessage(message).WithParameterName(nameof(url));
        if (url.Length > 0) // In options, empty means "not set".
        {
            FluentActions.Invoking(() => TestPresigner.Create(options => options.Endpoint = url))
                .Should().Throw<OptionsValidationException>().WithMessage("PresignerOptions.Endpoint: " + message);
        }
    }

    [Theory]
    [InlineData("https://AK:s3cr3t@a.example")]
    [InlineData("https://s3cr3t@a.example")]
    public void Create_UserInfo_NamesTheHostAndTheRemedy(string url) => FluentActions.Invoking(() => S3Endpoint.Create(url, "us-east-1"))
        .Should().Throw<ArgumentException>()
        .WithMessage("The endpoint for the host 'a.example' contains a user name or a password. Set the credentials with AccessKeyId and SecretAccessKey.*")
        .Which.ToString().Should().NotContain(Secret);

    [Theory]
    [InlineData("AK:s3cr3t@a.example")]
    [InlineData(" https://AK:s3cr3t@a.example")]
    [InlineData("ftp://AK:s3cr3t@a.example")]
    [InlineData("https://AK:s3cr3t@a.example?x")]
    [InlineData("https://AK:s3cr3t@a b.example")]
    [InlineData("https://AK:s3cr3t@a.example:port")]
    [InlineData("https://AK:s3cr3t@a.example:0")]
    [InlineData("https://AK:s3cr3t/x@a.example")]
    public void Create_UserInfoAndAnotherFault_DoesNotShowTheUserInfo(string url)
    {
        FluentActions.Invoking(() => S3Endpoint.Create(url, "us-east-1"))
            .Should().Throw<ArgumentException>().Which.ToString().Should().NotContain(Secret);
        FluentActions.Invoking(() => TestPresigner.Create(options => options.Endpoint = url))
            .Should().Throw<OptionsValidationException>().Which.ToString().Should().NotContain(Secret);
    }

    [Fact]
    public void Create_UserInfoAndQuery_ShowsSchemeAndHost() => FluentActions.Invoking(() => S3Endpoint.Create("https://AK:s3cr3t@a.example?x", "us-east-1"))
        .Should().Throw<ArgumentException>().WithMessage("The endpoint 'https://a.example' contains a query*");

    [Theory]
    [InlineData("https://a.example?X-Amz-Signature=s3cr3t")]
    [InlineData("https://a.example/#s3cr3t")]
    [InlineData("a.example/key?X-Amz-Signature=s3cr3t")]
    [InlineData("ftp://a.example/key?X-Amz-Signature=s3cr3t")]
    [InlineData(" https://a.example/key?X-Amz-Signature=s3cr3t")]
    public void Create_PresignedUrlAsEndpoint_DoesNotShowItsSignature(string url) =>
        FluentActions.Invoking(() => S3Endpoint.Create(url, "us-east-1"))
            .Should().Throw<ArgumentException>().Which.Message.Should().NotContain(Secret);

    [Fact]
    public void Create_BasePathOf512Characters_IsTheLongest() =>
        S3Endpoint.Create("https://a.example/" + new string('p', 511), "us-east-1").BasePath.Should().HaveLength(512);

    [Fact]
    public void Create_LongBasePath_IsRejected() => FluentActions
        .Invoking(() => S3Endpoint.Create("https://a.example/" + new string('p', 512), "us-east-1"))
        .Should().Throw<ArgumentException>().WithMessage("*'a.example' has a path of 513 characters, and at most 512 are allowed. Use the path of the store's API, without a key.*");

    [Theory]
    [InlineData("", "The URL is empty. Set it to the URL of the CDN or proxy, such as 'https://cdn.example.com'.")]
    [InlineData("https://", "The URL 'https://' is not a valid URL or does not contain a host. Use a URL such as 'https://cdn.example.com'.")]
    public void Parse_InvalidPublicUrl_NamesTheCdnOrProxy(string url, string message)
    {
        EndpointUrl.Parse(url, out string? problem, isPublic: true).Should().BeNull();

        problem.Should().Be(message);
    }

    [Fact]
    public void Parse_PublicUrlWithALongPath_NamesTheCdnOrProxy()
    {
        EndpointUrl.Parse("https://a.example/" + new string('p', 512), out string? problem, isPublic: true).Should().BeNull();

        problem.Should().Be("The URL for the host 'a.example' has a path of 513 characters, and at most 512 are allowed. Use the path of the CDN or proxy, without a key.");
    }

    [Fact]
    public void Create_LoneSurrogateInThePath_ThrowsArgumentException() => FluentActions
        .Invoking(() => S3Endpoint.Create("https://a.example/" + '\uD800', "us-east-1"))
        .Should().Throw<ArgumentException>().WithParameterName("url").WithMessage("*contains a lone surrogate*Use well-formed text.*");

    [Fact]
    public void Create_Null_Throws() => FluentActions.Invoking(() => S3Endpoint.Create(null!, "us-east-1"))
        .Should().Throw<ArgumentNullException>().WithParameterName("url");

    [Fact]
    public void Endpoints_Null_Throw()
    {
        FluentActions.Invoking(() => S3Endpoint.Create("https://a.example", null!)).Should().Throw<ArgumentNullException>().WithParameterName("region");
        FluentActions.Invoking(() => S3Endpoint.Parse(null!)).Should().Throw<ArgumentNullException>().WithParameterName("url");
        FluentActions.Invoking(() => S3Endpoint.DigitalOceanSpaces(null!)).Should().Throw<ArgumentNullException>().WithParameterName("region");
        FluentActions.Invoking(() => S3Endpoint.CloudflareR2(null!)).Should().Throw<ArgumentNullException>().WithParameterName("accountId");
    }

    [Theory]
    [InlineData("http://a.example", "a.example", 80)]
    [InlineData("http://a.example:80", "a.example", 80)]
    [InlineData("http://a.example:443", "a.example:443", 443)]
    [InlineData("https://a.example:443", "a.example", 443)]
    [InlineData("https://a.example:80", "a.example:80", 80)]
    [InlineData("https://a.example:8443", "a.example:8443", 8443)]
    [InlineData("https://a.example:65535", "a.example:65535", 65535)]
    [InlineData("http://a.example:", "a.example", 80)]
    [InlineData("HTTPS://A.Example:443/", "a.example", 443)]
    [InlineData("http://[::1]", "[::1]", 80)]
    [InlineData("http://[::1]:9000", "[::1]:9000", 9000)]
    [InlineData("http://[2001:DB8:0:0:0:0:0:1]:80", "[2001:db8::1]", 80)]
    [InlineData("http://127.0.0.1:9000", "127.0.0.1:9000", 9000)]
    [InlineData("http://minio_1:9000", "minio_1:9000", 9000)]
    [InlineData("https://bücher.example", "xn--bcher-kva.example", 443)]
    public void Presign_Port_IsSignedUnlessItIsTheDefaultOfTheScheme(string url, string host, int port)
    {
        S3Endpoint endpoint = S3Endpoint.Create(url, "us-east-1", UrlStyle.Path);

        endpoint.Port.Should().Be(port);
        TestPresigner.At(endpoint).Presign(new GetObject("key") { Bucket = "bucket" }).Address().Should().Be($"{endpoint.Scheme}://{host}/bucket/key");
    }

    [Theory]
    [InlineData("https://a.example/", "")]
    [InlineData("https://a.example/storage/v1/s3", "/storage/v1/s3")]
    [InlineData("https://a.example/storage/v1/s3/", "/storage/v1/s3")]
    [InlineData("https://a.example/a b", "/a%20b")]
    [InlineData("https://a.example/a%20b", "/a%20b")]
    [InlineData("https://a.example/a+b", "/a%2Bb")]
    [InlineData("https://a.example/%7Ea", "/~a")]
    [InlineData("https://a.example/ä", "/%C3%A4")]
    [InlineData("https://a.example/a%25b", "/a%25b")]
    public void Create_BasePath_IsEncodedOnceWithoutATrailingSlash(string url, string expected)
    {
        S3Endpoint endpoint = S3Endpoint.Create(url, "us-east-1");

        endpoint.BasePath.Should().Be(expected);
        TestPresigner.At(endpoint).Presign(new GetObject("/key") { Bucket = "bucket" }).Address()
            .Should().Be($"https://a.example{expected}/bucket//key");
    }
}
