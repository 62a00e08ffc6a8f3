using Microsoft.Extensions.Options;

namespace PresignKit.Tests;

public class UrlStyleTests
{
    [Theory]
    [InlineData("https://nyc3.digitaloceanspaces.com", "my-space", UrlStyle.Auto, "https://my-space.nyc3.digitaloceanspaces.com/key")]
    [InlineData("https://nyc3.digitaloceanspaces.com", "my-space", UrlStyle.Path, "https://nyc3.digitaloceanspaces.com/my-space/key")]
    [InlineData("https://nyc3.digitaloceanspaces.com", "my.space", UrlStyle.Auto, "https://nyc3.digitaloceanspaces.com/my.space/key")]
    [InlineData("http://nyc3.digitaloceanspaces.com", "my.space", UrlStyle.Auto, "http://my.space.nyc3.digitaloceanspaces.com/key")]
    [InlineData("http://nyc3.digitaloceanspaces.com", "my.space", UrlStyle.VirtualHosted, "http://my.space.nyc3.digitaloceanspaces.com/key")]
    [InlineData("http://nyc3.digitaloceanspaces.com", "my.-space", UrlStyle.Auto, "http://nyc3.digitaloceanspaces.com/my.-space/key")]
    [InlineData("http://nyc3.digitaloceanspaces.com", "my-.space", UrlStyle.Auto, "http://nyc3.digitaloceanspaces.com/my-.space/key")]
    [InlineData("https://store.example", "my-space", UrlStyle.Auto, "https://store.example/my-space/key")]
    [InlineData("https://minio.example.com", "my-space", UrlStyle.Auto, "https://minio.example.com/my-space/key")]
    [InlineData("http://host.docker.internal:9000", "my-space", UrlStyle.Auto, "http://host.docker.internal:9000/my-space/key")]
    [InlineData("http://minio.storage.svc.cluster.local", "my-space", UrlStyle.Auto, "http://minio.storage.svc.cluster.local/my-space/key")]
    [InlineData("https://axaxnpcrorw5.compat.objectstorage.us-ashburn-1.oraclecloud.com", "my-space", UrlStyle.Auto, "https://axaxnpcrorw5.compat.objectstorage.us-ashburn-1.oraclecloud.com/my-space/key")]
    [InlineData("https://eu2.contabostorage.com", "my-space", UrlStyle.Auto, "https://eu2.contabostorage.com/my-space/key")]
    [InlineData("https://store.example", "my-space", UrlStyle.VirtualHosted, "https://my-space.store.example/key")]
    [InlineData("https://store.example", "my_space", UrlStyle.Auto, "https://store.example/my_space/key")]
    [InlineData("https://store.example:8443", "my-space", UrlStyle.VirtualHosted, "https://my-space.store.example:8443/key")]
    [InlineData("https://store.example/base", "my-space", UrlStyle.Auto, "https://store.example/base/my-space/key")]
    [InlineData("https://store.example/base", "my-space", UrlStyle.VirtualHosted, "https://my-space.store.example/base/key")]
    [InlineData("http://localhost:9000", "my-space", UrlStyle.Auto, "http://localhost:9000/my-space/key")]
    [InlineData("http://localhost:9000", "my-space", UrlStyle.VirtualHosted, "http://my-space.localhost:9000/key")]
    [InlineData("http://minio:9000", "my-space", UrlStyle.Auto, "http://minio:9000/my-space/key")]
    [InlineData("http://127.0.0.1:9000", "my-space", UrlStyle.Auto, "http://127.0.0.1:9000/my-space/key")]
    [InlineData("http://127.0.0.1", "127", UrlStyle.Auto, "http://127.0.0.1/127/key")]
    [InlineData("http://[::1]:9000", "my-space", UrlStyle.Auto, "http://[::1]:9000/my-space/key")]
    [InlineData("http://[::1]", "my-space", UrlStyle.Path, "http://[::1]/my-space/key")]
    public void Presign_Style_PutsTheBucketWhereItBelongs(string endpoint, string bucket, UrlStyle style, string expected)
    {
        PresignedUrl byEndpoint = TestPresigner.At(S3Endpoint.Create(endpoint, RegionOf(endpoint), style)).Presign(new GetObject("key") { Bucket = bucket });
        PresignedUrl byOptions = TestPresigner.Configured(endpoint, RegionOf(endpoint), bucket, style).Presign(new GetObject("key"));

        byEndpoint.Address().Should().Be(expected);
        byOptions.Url.Should().Be(byEndpoint.Url);
    }

    [Theory]
    [InlineData("https://nyc3.digitaloceanspaces.com", "my.space", "The bucket 'my.space' contains a dot, so the host name would not match the TLS certificate of https://nyc3.digitaloceanspaces.com in virtual-hosted style.")]
    [InlineData("https://store.example", "My-Space", "The bucket 'My-Space' contains a character other than lowercase letters, digits and hyphens, which*host name of https://store.example *")]
    [InlineData("https://store.example", "my_space", "The bucket 'my_space' contains a character other than lowercase letters, digits and hyphens, which*")]
    [InlineData("http://store.example", "My_Space", "The bucket 'My_Space' contains a character other than lowercase letters, digits, dots and hyphens, which*")]
    [InlineData("https://store.example", "B23456789-123456789-123456789-123456789-123456789-123456789-123", "*contains a character other than lowercase letters, digits and hyphens, which*")]
    [InlineData("http://store.example", "my-.space", "The bucket 'my-.space' contains a hyphen next to a dot, which*host name of http://store.example *")]
    [InlineData("http://store.example", "my.-space", "The bucket 'my.-space' contains a hyphen next to a dot, which*")]
    [InlineData("https://store.example", "b23456789-123456789-123456789-123456789-123456789-123456789-1234", "The bucket 'b2*4' has 64 characters, but at most 63 fit into the host name of https://store.example *")]
    [InlineData("http://127.0.0.1:9000", "my-space", "The host '127.0.0.1' is an IP address, which does not support virtual-hosted style.")]
    [InlineData("http://[::1]:9000", "my-space", "The host '[::1]' is an IP address, which does not support virtual-hosted style.")]
    public void Presign_VirtualHostedStyleNotPossible_NamesTheReasonAndTheRemedy(string endpoint, string bucket, string reason)
    {
        string message = reason + " Use UrlStyle.Path or UrlStyle.Auto.";

        FluentActions
            .Invoking(() => TestPresigner.At(S3Endpoint.Create(endpoint, RegionOf(endpoint), UrlStyle.VirtualHosted), bucket: null)
                .Presign(new GetObject("key") { Bucket = bucket }))
            .Should().Throw<ArgumentException>().WithMessage(message + "*").WithParameterName("operation");
        FluentActions.Invoking(() => TestPresigner.Configured(endpoint, RegionOf(endpoint), bucket, UrlStyle.VirtualHosted))
            .Should().Throw<OptionsValidationException>().WithMessage("PresignerOptions.Bucket: " + message);
    }

    [Fact]
    public void New_UndefinedStyle_NamesItAndTheDefinedOnes() => FluentActions
        .Invoking(() => TestPresigner.Create(options => options.UrlStyle = (UrlStyle)7))
        .Should().Throw<OptionsValidationException>().WithMessage("PresignerOptions.UrlStyle: 7 is not a URL style. Use Auto, VirtualHosted, Path or BucketBoundHostname.");

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void Create_UndefinedStyle_IsRejected(int style) => FluentActions
        .Invoking(() => S3Endpoint.Create("https://store.example", "us-east-1", (UrlStyle)style))
        .Should().Throw<ArgumentOutOfRangeException>().WithMessage(FormattableString.Invariant($"{style} is not a URL style. Use Auto, VirtualHosted, Path or BucketBoundHostname.*")).WithParameterName(nameof(style));

    [Fact]
    public void New_StyleOfTheOptions_OverridesThatOfTheEndpoint() => TestPresigner.Create(options =>
        {
            options.UseEndpoint(S3Endpoint.Create("https://store.example", "us-east-1", UrlStyle.VirtualHosted));
            options.UrlStyle = UrlStyle.Path;
        }).Presign(new GetObject("key")).Address().Should().Be("https://store.example/my-space/key");

    [Theory]
    [InlineData(UrlStyle.Auto, "https://my-space.nyc3.digitaloceanspaces.com/")]
    [InlineData(UrlStyle.Path, "https://nyc3.digitaloceanspaces.com/my-space")]
    public void Presign_BucketRequest_NamesTheBucketWithoutAKey(UrlStyle style, string expected) =>
        TestPresigner.Create(options => options.UrlStyle = style).Presign(new S3BucketRequest(HttpMethod.Get) { Bucket = "my-space" }).Address()
            .Should().Be(expected);

    [Theory]
    [InlineData("https://store.example", "https://store.example/")]
    [InlineData("https://store.example/base", "https://store.example/base/")]
    public void Presign_ServiceRequest_DoesNotNameABucket(string endpoint, string expected) =>
        TestPresigner.At(S3Endpoint.Create(endpoint, "us-east-1")).Presign(new S3ServiceRequest(HttpMethod.Get)).Address().Should().Be(expected);

    [Fact]
    public void Endpoint_Spaces_HasTheExpectedParts()
    {
        S3Endpoint endpoint = S3Endpoint.DigitalOceanSpaces("nyc3");

        endpoint.Should().BeEquivalentTo(new
        {
            Scheme = "https",
            Host = "nyc3.digitaloceanspaces.com",
            Port = 443,
            BasePath = "",
            Region = "nyc3",
            UrlStyle = UrlStyle.Auto,
        });
    }

    private static string RegionOf(string endpoint) => endpoint.Contains("nyc3") ? "nyc3" : "us-east-1";
}
