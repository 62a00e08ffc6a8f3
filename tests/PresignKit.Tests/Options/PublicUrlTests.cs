using Microsoft.Extensions.Options;

namespace PresignKit.Tests;

public class PublicUrlTests
{
    private const string Cdn = "https://my-space.nyc3.cdn.digitaloceanspaces.com";

    [Theory]
    [InlineData(Cdn, Cdn + "/a%20b?")]
    [InlineData("https://Files.Example.com:443/", "https://files.example.com/a%20b?")]
    [InlineData("https://f", "https://f/a%20b?")]
    [InlineData("https://a-very-long-name-of-a-cdn-that-is-longer-than-the-store.downloads.example.com", "https://a-very-long-name-of-a-cdn-that-is-longer-than-the-store.downloads.example.com/a%20b?")]
    public void Presign_Get_ShowsTheCdnAndIsSignedForTheOrigin(string cdnUrl, string expected)
    {
        PresignedUrl viaCdn = TestPresigner.Create(options => options.PublicUrl = cdnUrl).Presign(new GetObject("a b"));
        PresignedUrl direct = TestPresigner.Create().Presign(new GetObject("a b"));

        viaCdn.Url.Should().StartWith(expected);
        viaCdn.Url[viaCdn.Url.IndexOf('?')..].Should().Be(direct.Url[direct.Url.IndexOf('?')..]);
    }

    [Fact]
    public void Presign_OtherThanDownloadsOfObjects_LeadsToTheStore()
    {
        S3Presigner presigner = TestPresigner.Create(options => options.PublicUrl = Cdn);

        foreach (S3Operation operation in (S3Operation[])[new PutObject("k"), new HeadObject("k"), new DeleteObject("k"), new ListObjectsV2(),
            new ListParts("k", "id"), new GetObjectTagging("k"), new GetObject("k") { Range = new ByteRange(0, 9) }])
        {
            presigner.Presign(operation).Url.Should().StartWith("https://my-space.nyc3.digitaloceanspaces.com/");
        }
    }

    [Fact]
    public void Presign_GetFromAnotherBucket_IsRefused() => FluentActions
        .Invoking(() => TestPresigner.Create(options => options.PublicUrl = Cdn).Presign(new GetObject("k") { Bucket = "other-space" }))
        .Should().Throw<ArgumentException>().WithMessage("*'other-space' is not the bucket 'my-space'*without PublicUrl*");

    [Theory]
    [InlineData("https://other.nyc3.cdn.digitaloceanspaces.com", "*CDN of the bucket 'other'*'my-space'*")]
    [InlineData("https://my-space.ams3.cdn.digitaloceanspaces.com", "*CDN of the region 'ams3'*'nyc3'*")]
    [InlineData("https://nyc3.cdn.digitaloceanspaces.com", "*CDN of the bucket ''*'my-space'*")]
    [InlineData("https://ams3.digitaloceanspaces.com", "*storage host of DigitalOcean Spaces, not a CDN*")]
    [InlineData("https://cdn.example.com/files", "*has a path*'https://cdn.example.com'*")]
    [InlineData("cdn.example.com", "*does not have a scheme*")]
    [InlineData("https://-ä.example", "*PublicUrl: The host of the endpoint 'https://-ä.example' is not a valid DNS name*")]
    public void New_PublicUrlThatDoesNotFit_IsRefused(string cdnUrl, string message) => Refusal(options => options.PublicUrl = cdnUrl).Should().Match(message);

    [Fact]
    public void New_PublicUrlWithoutBucket_IsRefused() => Refusal(options => (options.PublicUrl, options.Bucket) = ("https://cdn.example.com", null))
        .Should().Match("*host of one bucket*Set Bucket*");

    [Fact]
    public void New_PublicUrlWithDottedBucket_IsRefused() => Refusal(options => (options.PublicUrl, options.Bucket) = ("https://cdn.example.com", "my.space"))
        .Should().Match("*'my.space' is in the path*without dots*");

    [Fact]
    public void New_ProviderWhoseCdnPassesNoSignatureOn_IsRefused() => Refusal(options =>
        {
            options.UseCloudflareR2("0123456789abcdef0123456789abcdef");
            options.PublicUrl = "https://cdn.example.com";
        }).Should().Match("*PublicUrl: Cloudflare R2 verifies signatures on its own hosts only*Remove PublicUrl*");

    private static string Refusal(Action<PresignerOptions> configure) =>
        FluentActions.Invoking(() => TestPresigner.Create(configure)).Should().Throw<OptionsValidationException>().Which.Message;
}
