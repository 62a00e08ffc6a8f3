using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.DocsTests;

/// <summary>The code and the table of docs/getting-started.md.</summary>
public class GettingStartedTests
{
    private static readonly Dictionary<string, (string Line, Action<PresignerOptions> Configure)> Stores = new()
    {
        ["DigitalOcean Spaces"] = Of(o => o.UseDigitalOceanSpaces("nyc3")),
        ["AWS S3"] = Of(o => o.UseAws("eu-west-1")),
        ["Cloudflare R2"] = Of(o => o.UseCloudflareR2("0123456789abcdef0123456789abcdef")),
        ["Backblaze B2"] = Of(o => o.UseBackblazeB2("us-west-004")),
        ["Wasabi"] = Of(o => o.UseWasabi("eu-central-1")),
        ["Hetzner Object Storage"] = Of(o => o.UseHetzner("fsn1")),
        ["Scaleway Object Storage"] = Of(o => o.UseScaleway("fr-par")),
        ["OVHcloud Object Storage"] = Of(o => o.UseOvhCloud("gra")),
        ["Akamai (Linode) Object Storage"] = Of(o => o.UseLinode("nl-ams-1")),
        ["Vultr Object Storage"] = Of(o => o.UseVultr("ewr1")),
        ["IBM Cloud Object Storage"] = Of(o => o.UseIbmCos("eu-de")),
        ["Alibaba Cloud OSS"] = Of(o => o.UseAlibabaOss("cn-hangzhou")),
        ["Google Cloud Storage"] = Of(o => o.UseGoogleCloudStorage()),
        ["Tigris"] = Of(o => o.UseTigris()),
        ["Storj"] = Of(o => o.UseStorj()),
        ["Supabase Storage"] = Of(o => o.UseSupabase("abcdefghijklmnopqrst", "eu-central-1")),
        ["MinIO"] = Of(o => (o.Endpoint, o.Region) = ("http://127.0.0.1:9000", "us-east-1")),
        ["Ceph"] = Of(o => (o.Endpoint, o.Region) = ("https://rgw.example.com", "default")),
        ["Garage"] = Of(o => (o.Endpoint, o.Region) = ("http://127.0.0.1:3900", "garage")),
        ["LocalStack"] = Of(o => (o.Endpoint, o.Region) = ("http://127.0.0.1:4566", "us-east-1")),
    };

    internal static IEnumerable<KeyValuePair<string, Action<PresignerOptions>>> KnownStores =>
        S3Provider.All.Select(provider => new KeyValuePair<string, Action<PresignerOptions>>(provider.Name, Stores[provider.Name].Configure));

    public static TheoryData<string> Names => [.. Stores.Keys];

    [Fact]
    public void Start_WithoutAHost_IsThreeLines()
    {
        string keyId = Example.AccessKeyId, secret = Example.SecretAccessKey;

        PresignerOptions options = new() { Bucket = "my-space", AccessKeyId = keyId, SecretAccessKey = secret };
        options.UseDigitalOceanSpaces("nyc3");
        S3Presigner presigner = new(options);

        string link = presigner.Presign(new GetObject("reports/2026.pdf") { ExpiresIn = TimeSpan.FromHours(1) }).Url;

        link.Should().StartWith("https://my-space.nyc3.digitaloceanspaces.com/reports/2026.pdf?");
    }

    [Fact]
    public void Start_FromAPastedEndpoint_FindsRegionAndBucket()
    {
        PresignerOptions options = new() { AccessKeyId = Example.AccessKeyId, SecretAccessKey = Example.SecretAccessKey };

        options.Endpoint = "https://my-space.nyc3.digitaloceanspaces.com";      // copied from the console: it contains bucket and region

        new S3Presigner(options).Presign(new GetObject("a")).Url.Should().StartWith("https://my-space.nyc3.digitaloceanspaces.com/a?").And.Contain("%2Fnyc3%2Fs3%2F");
    }

    [Fact]
    public void Endpoint_BehindAProxy_IsTheOneThatClientsSee()
    {
        PresignerOptions o = new() { Bucket = "my-bucket", AccessKeyId = Example.AccessKeyId, SecretAccessKey = Example.SecretAccessKey };

        o.Endpoint = "https://files.example.com";       // what the browser connects to, not http://minio:9000
        o.Region = "us-east-1";

        new S3Presigner(o).Presign(new GetObject("a")).Url.Should().StartWith("https://files.example.com/my-bucket/a?");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Table_Row_MatchesTheResultOfTheLine(string name)
    {
        PresignerOptions options = new() { Bucket = "my-bucket", AccessKeyId = Example.AccessKeyId, SecretAccessKey = Example.SecretAccessKey };
        Stores[name].Configure(options);
        PresignedUrl url = new S3Presigner(options, new FakeTimeProvider(Example.Now)).Presign(new GetObject("key"));
        string region = PresignedUrlInfo.TryParse(url.Url, out PresignedUrlInfo? info) ? info.Region! : "";

        Page.Rows("docs/getting-started.md").Should().ContainSingle(row => row[0] == name).Which[..4].Should()
            .Equal(name, $"`{Stores[name].Line}`", $"`{url.Url.Split("key?")[0]}`", $"`{region}`");
    }

    [Fact]
    public void Table_Stores_AreComplete() => Page.Rows("docs/getting-started.md").Select(row => row[0]).Should().Equal(Stores.Keys)
        .And.Contain(S3Provider.All.Select(provider => provider.Name));

    private static (string, Action<PresignerOptions>) Of(Action<PresignerOptions> configure, [CallerArgumentExpression(nameof(configure))] string line = "") =>
        (line["o => ".Length..], configure);
}
