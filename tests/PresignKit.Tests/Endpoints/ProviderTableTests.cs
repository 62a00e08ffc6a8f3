using System.Globalization;

namespace PresignKit.Tests;

/// <summary>Each row of the provider table: host, region in the scope, URL style, region and bucket that are read from a host, and supported features.</summary>
public class ProviderTableTests
{
    private const string Account = "0123456789abcdef0123456789abcdef";
    private const string Ref = "abcdefghijklmnopqrst";

    private static readonly Dictionary<string, Row> Rows = new()
    {
        ["Spaces"] = new(S3Endpoint.DigitalOceanSpaces("nyc3"), o => o.UseDigitalOceanSpaces("nyc3"), "nyc3.digitaloceanspaces.com", "nyc3"),
        ["AWS"] = new(S3Endpoint.Aws("eu-west-1"), o => o.UseAws("eu-west-1"), "s3.eu-west-1.amazonaws.com", "eu-west-1"),
        ["R2"] = new(S3Endpoint.CloudflareR2(Account), o => o.UseCloudflareR2(Account), $"{Account}.r2.cloudflarestorage.com", "auto", IsPath: true, Posts: false),
        ["R2 eu"] = new(S3Endpoint.CloudflareR2(Account, "eu"), o => o.UseCloudflareR2(Account, "eu"), $"{Account}.eu.r2.cloudflarestorage.com", "auto", IsPath: true, Posts: false),
        ["R2 fedramp"] = new(S3Endpoint.CloudflareR2(Account, "fedramp"), o => o.UseCloudflareR2(Account, "fedramp"), $"{Account}.fedramp.r2.cloudflarestorage.com", "auto", IsPath: true, Posts: false),
        ["R2 us"] = new(S3Endpoint.CloudflareR2(Account, "us"), o => o.UseCloudflareR2(Account, "us"), $"{Account}.us.r2.cloudflarestorage.com", "auto", IsPath: true, Posts: false),
        ["B2"] = new(S3Endpoint.BackblazeB2("us-west-004"), o => o.UseBackblazeB2("us-west-004"), "s3.us-west-004.backblazeb2.com", "us-west-004", Posts: false),
        ["Wasabi"] = new(S3Endpoint.Wasabi("eu-central-1"), o => o.UseWasabi("eu-central-1"), "s3.eu-central-1.wasabisys.com", "eu-central-1"),
        ["Wasabi us-east-1"] = new(S3Endpoint.Wasabi("us-east-1"), o => o.UseWasabi("us-east-1"), "s3.wasabisys.com", "us-east-1"),
        ["Hetzner"] = new(S3Endpoint.Hetzner("fsn1"), o => o.UseHetzner("fsn1"), "fsn1.your-objectstorage.com", "fsn1"),
        ["Scaleway"] = new(S3Endpoint.Scaleway("fr-par"), o => o.UseScaleway("fr-par"), "s3.fr-par.scw.cloud", "fr-par"),
        ["OVHcloud"] = new(S3Endpoint.OvhCloud("gra"), o => o.UseOvhCloud("gra"), "s3.gra.io.cloud.ovh.net", "gra"),
        ["OVHcloud US"] = new(S3Endpoint.OvhCloud("us-east-va"), o => o.UseOvhCloud("us-east-va"), "s3.us-east-va.io.cloud.ovh.us", "us-east-va"),
        ["Linode"] = new(S3Endpoint.Linode("nl-ams-1"), o => o.UseLinode("nl-ams-1"), "nl-ams-1.linodeobjects.com", "nl-ams-1"),
        ["Vultr"] = new(S3Endpoint.Vultr("ewr1"), o => o.UseVultr("ewr1"), "ewr1.vultrobjects.com", "ewr1"),
        ["IBM"] = new(S3Endpoint.IbmCos("eu-de"), o => o.UseIbmCos("eu-de"), "s3.eu-de.cloud-object-storage.appdomain.cloud", "eu-de", IsPath: true),
        ["Alibaba"] = new(S3Endpoint.AlibabaOss("cn-hangzhou"), o => o.UseAlibabaOss("cn-hangzhou"), "s3.oss-cn-hangzhou.aliyuncs.com", "cn-hangzhou"),
        ["Google"] = new(S3Endpoint.GoogleCloudStorage(), o => o.UseGoogleCloudStorage(), "storage.googleapis.com", "auto", IsPath: true),
        ["Tigris"] = new(S3Endpoint.Tigris(), o => o.UseTigris(), "t3.storage.dev", "auto", MaxDays: 90),
        ["Storj"] = new(S3Endpoint.Storj(), o => o.UseStorj(), "gateway.storjshare.io", "us-1", IsPath: true),
        ["Supabase"] = new(S3Endpoint.Supabase(Ref, "eu-central-1"), o => o.UseSupabase(Ref, "eu-central-1"), $"{Ref}.storage.supabase.co", "eu-central-1", "/storage/v1/s3", IsPath: true),
    };

    public static TheoryData<string> Names => [.. Rows.Keys];

    [Fact]
    public void Rows_InThisTest_CoverAllProviders() => Rows.Values.Select(row => row.Endpoint.Provider).Distinct().Should().BeEquivalentTo(S3Provider.All);

    // The names and regions that messages contain, and the stores that can lock headers.
    [Fact]
    public void All_NamesAndExampleRegions_AreAsExpected() =>
        S3Provider.All.Select(one => $"{one.Name}, {one.RegionExample}{(one.IsCeph ? ", Ceph" : "")}").Should().Equal(
            "DigitalOcean Spaces, nyc3, Ceph", "AWS S3, eu-west-1", "Cloudflare R2, auto", "Backblaze B2, us-west-004", "Wasabi, eu-central-1", "Hetzner Object Storage, fsn1, Ceph",
            "Scaleway Object Storage, fr-par", "OVHcloud Object Storage, gra", "Akamai (Linode) Object Storage, nl-ams-1, Ceph", "Vultr Object Storage, ewr1, Ceph",
            "IBM Cloud Object Storage, eu-de", "Alibaba Cloud OSS, cn-hangzhou", "Google Cloud Storage, auto", "Tigris, auto", "Storj, us-1", "Supabase Storage, eu-central-1");

    // Upload endpoints sign If-None-Match for these providers, because their documentation says that they enforce it.
    [Fact]
    public void SupportsConditionalWrites_OfAllProviders_IsAsDocumented() =>
        S3Provider.All.Where(one => one.SupportsConditionalWrites).Select(one => one.Id).Should().Equal("aws", "r2", "scaleway", "tigris");

    [Fact]
    public void All_IdsAndEndpointPatterns_AreAsExpected() => S3Provider.All.Select(one => $"{one.Id} {one.EndpointPattern}").Should().Equal(
        "spaces https://{region}.digitaloceanspaces.com",
        "aws https://s3.{region}.amazonaws.com",
        "r2 https://{account}.r2.cloudflarestorage.com",
        "b2 https://s3.{region}.backblazeb2.com",
        "wasabi https://s3.{region}.wasabisys.com",
        "hetzner https://{region}.your-objectstorage.com",
        "scaleway https://s3.{region}.scw.cloud",
        "ovh https://s3.{region}.io.cloud.ovh.net",
        "linode https://{region}.linodeobjects.com",
        "vultr https://{region}.vultrobjects.com",
        "ibm https://s3.{region}.cloud-object-storage.appdomain.cloud",
        "alibaba https://s3.oss-{region}.aliyuncs.com",
        "gcs https://storage.googleapis.com",
        "tigris https://t3.storage.dev",
        "storj https://gateway.storjshare.io",
        "supabase https://{account}.storage.supabase.co/storage/v1/s3");

    // The endpoint that the provider creates is the endpoint that its method of S3Endpoint creates.
    [Theory]
    [MemberData(nameof(Names))]
    public void CreateEndpoint_RegionAndAccountOfTheRow_IsTheEndpointOfTheFactory(string name)
    {
        S3Endpoint expected = Rows[name].Endpoint;
        S3Provider provider = expected.Provider!;
        string? accountId = provider.Id switch { "r2" => Account, "supabase" => Ref, _ => null };

        S3Endpoint created = provider.CreateEndpoint(provider.RequiresRegion ? expected.Region : null, accountId);

        created.Provider.Should().BeSameAs(provider);
        provider.RequiresAccountId.Should().Be(accountId is not null);
        created.ToString().Should().Be(name.StartsWith("R2 ", StringComparison.Ordinal) ? Rows["R2"].Endpoint.ToString() : expected.ToString());
        created.Region.Should().Be(expected.Region);
    }

    [Theory]
    [InlineData("spaces", null, null, "DigitalOcean Spaces requires a region. Specify one, such as 'nyc3'.*")]
    [InlineData("spaces", "nyc3", "x", "DigitalOcean Spaces does not use an account ID, but 'x' is specified. Remove it.*")]
    [InlineData("spaces", "ny c3", null, "*'ny c3'*")]
    [InlineData("r2", null, null, "The Cloudflare R2 account ID, which is part of the endpoint https://{account}.r2.cloudflarestorage.com, is missing. Specify it, for example '0123456789abcdef0123456789abcdef'.*")]
    [InlineData("r2", "eu-west-1", Account, "Cloudflare R2 has only one region, 'auto'. Specify this region instead of 'eu-west-1', or none.*")]
    [InlineData("r2", null, "a.b", "'a.b' is not a valid Cloudflare R2 account ID.*")]
    [InlineData("supabase", null, Ref, "Supabase Storage requires a region.*")]
    public void CreateEndpoint_MissingOrUnexpectedArgument_Throws(string id, string? region, string? accountId, string message)
    {
        S3Provider.TryFind(id, out S3Provider? provider).Should().BeTrue();

        provider!.Invoking(one => one.CreateEndpoint(region, accountId)).Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Theory]
    [InlineData("gcs", "eu-west-1", "auto")]
    [InlineData("storj", "auto", "us-1")]
    public void CreateEndpoint_RegionThatTheProviderIgnores_IsReplaced(string id, string region, string expected)
    {
        S3Provider.TryFind(id, out S3Provider? provider).Should().BeTrue();

        provider!.CreateEndpoint(region).Region.Should().Be(expected);
    }

    [Fact]
    public void TryFind_Id_IsCaseInsensitiveAndRejectsUnknownIds()
    {
        S3Provider.TryFind("Spaces", out S3Provider? provider).Should().BeTrue();
        provider.Should().BeSameAs(S3Endpoint.DigitalOceanSpaces("nyc3").Provider);
        S3Provider.TryFind("space", out _).Should().BeFalse();
        S3Provider.TryFind(null, out _).Should().BeFalse();
        provider!.ToString().Should().Be("DigitalOcean Spaces");
        provider.MaxExpiresIn.Should().Be(TimeSpan.FromDays(7));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Factory_Row_CreatesItsUrl(string name)
    {
        Row row = Rows[name];

        row.Endpoint.ToString().Should().Be($"https://{row.Host}{row.BasePath}");
        row.Endpoint.Region.Should().Be(row.Region);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Presign_Row_PutsTheBucketWhereTheStoreExpectsIt(string name)
    {
        Row row = Rows[name];

        PresignedUrl result = TestPresigner.Create(row.Use).Presign(new GetObject("key"));

        result.Address().Should().Be(row.IsPath ? $"https://{row.Host}{row.BasePath}/my-space/key" : $"https://my-space.{row.Host}/key");
        result.Parameter("X-Amz-Credential").Should().EndWith($"%2F20260314%2F{row.Region}%2Fs3%2Faws4_request");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TryCreate_Host_ReadsRegionAndBucket(string name)
    {
        Row row = Rows[name];
        string? region = name == "Supabase" ? row.Region : null;
        (string Url, string? Bucket)[] pasted =
        [
            ($"https://{row.Host}{row.BasePath}", null), ($"https://{row.Host}{row.BasePath}/", null),
            ($"https://{row.Host}{row.BasePath}/my-space", "my-space"), ($"https://my-space.{row.Host}{row.BasePath}", "my-space"),
        ];

        foreach ((string url, string? bucket) in pasted)
        {
            S3Endpoint? endpoint = S3Endpoint.TryCreate(url, region, UrlStyle.Auto, out string? found, out string? problem);

            problem.Should().BeNull(url);
            found.Should().Be(bucket, url);
            (endpoint!.ToString(), endpoint.Region, endpoint.Provider).Should().Be((row.Endpoint.ToString(), row.Region, row.Endpoint.Provider));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Presign_LongestExpiry_IsThatOfTheStore(string name)
    {
        Row row = Rows[name];
        S3Presigner presigner = TestPresigner.Create(row.Use);
        TimeSpan longest = TimeSpan.FromDays(row.MaxDays);

        presigner.Presign(new GetObject("key") { ExpiresIn = longest }).Parameter("X-Amz-Expires")
            .Should().Be((row.MaxDays * 86_400).ToString(CultureInfo.InvariantCulture));
        FluentActions.Invoking(() => presigner.Presign(new GetObject("key") { ExpiresIn = longest + TimeSpan.FromSeconds(1) }))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage($"ExpiresIn is {row.MaxDays}.00:00:01, but must be from 1 second to {row.MaxDays} days*");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void FindPostProblem_Row_NamesStoreAndRemedy(string name)
    {
        Row row = Rows[name];

        string? problem = row.Endpoint.FindPostProblem();

        (problem is null).Should().Be(row.Posts);
        (problem ?? $"{row.Endpoint.Provider!.Name} does not accept POST forms. Presign a PutObject").Should().StartWith($"{row.Endpoint.Provider!.Name} does not accept POST forms. Presign a PutObject");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Cdn_Row_IsSetForSpacesOnly(string name) =>
        Rows[name].Endpoint.Provider!.Cdn?.Pattern.Should().Be(name == "Spaces" ? "{region}.cdn.digitaloceanspaces.com" : null);

    private sealed record Row(
        S3Endpoint Endpoint, Action<PresignerOptions> Use, string Host, string Region, string BasePath = "", bool IsPath = false, bool Posts = true, int MaxDays = 7);
}
