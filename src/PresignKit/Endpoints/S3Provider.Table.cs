namespace PresignKit;

// The table of providers. Sources: [doc] the provider's documentation, [src] a client's source code, [mem] from memory, not verified.
// Self-hosted stores (MinIO, Ceph, Garage, SeaweedFS, LocalStack) do not need a row.
public sealed partial class S3Provider
{
    internal static S3Provider DigitalOceanSpaces { get; } = new()
    {
        Id = "spaces",
        Name = "DigitalOcean Spaces",
        IsCeph = true,
        Hosts = [new("{region}.digitaloceanspaces.com")],
        RegionExample = "nyc3",
        // [doc] The alias exists for tools that support only AWS regions.
        ScopeRegionAlias = "us-east-1",
        Cdn = new("{region}.cdn.digitaloceanspaces.com"),
        NonEndpoints = [new("cloud.digitalocean.com", NonEndpoint.Console), new("api.digitalocean.com", NonEndpoint.OtherApi)],
    };

    internal static S3Provider Aws { get; } = new()
    {
        Id = "aws",
        Name = "AWS S3",
        // [doc] AmazonS3/latest/userguide/conditional-writes
        SupportsConditionalWrites = true,
        Hosts = AwsHosts.All,
        RegionExample = "eu-west-1",
        FindRegionProblem = AwsRegion.FindProblem,
        NonEndpoints = AwsHosts.NonEndpoints,
    };

    internal static S3Provider CloudflareR2 { get; } = new()
    {
        Id = "r2",
        Name = "Cloudflare R2",
        // [doc] r2/api/s3/conditional-operations
        SupportsConditionalWrites = true,
        // [doc] r2/reference/data-location; us: changelog of 2026-08-17. An account ID has 32 hexadecimal digits.
        Hosts =
        [
            new("{account}.eu.r2.cloudflarestorage.com") { Region = "auto", Variant = "eu", AccountLength = 32 },
            new("{account}.fedramp.r2.cloudflarestorage.com") { Region = "auto", Variant = "fedramp", AccountLength = 32 },
            new("{account}.us.r2.cloudflarestorage.com") { Region = "auto", Variant = "us", AccountLength = 32 },
            new("{account}.r2.cloudflarestorage.com") { Region = "auto", AccountLength = 32 },
        ],
        RegionExample = "auto",
        AccountTerm = "Cloudflare R2 account ID",
        AccountExample = "0123456789abcdef0123456789abcdef",
        // [doc] r2/api/s3/api: us-east-1 is an alias for auto.
        ScopeRegionAlias = "us-east-1",
        Style = UrlStyle.Path,
        AcceptsPostForms = false,
        // [doc] r2/buckets/public-buckets: pub-….r2.dev.
        NonEndpoints = [new("r2.dev", NonEndpoint.PublicHost), new("dash.cloudflare.com", NonEndpoint.Console), new("api.cloudflare.com", NonEndpoint.OtherApi)],
    };

    internal static S3Provider BackblazeB2 { get; } = new()
    {
        Id = "b2",
        Name = "Backblaze B2",
        Hosts = [new("s3.{region}.backblazeb2.com")],
        RegionExample = "us-west-004",
        // [doc] cloud-storage-call-the-s3-compatible-api: HTTPS only, both styles. POST Object is not in the list of supported calls
        // (confirmed in transloadit/uppy issue 5052).
        NeedsTls = true,
        AcceptsPostForms = false,
        // [doc] cloud-storage-download-files-with-the-native-api: f000 to f005 serve /file/bucket/name.
        NonEndpoints =
        [
            new("f*.backblazeb2.com", "is a download host of the native B2 API, which does not check S3 signatures. Use an endpoint such as '{endpoint}'."),
            new("api*.backblazeb2.com", NonEndpoint.OtherApi),
            new("secure.backblaze.com", NonEndpoint.Console),
        ],
    };

    internal static S3Provider Wasabi { get; } = new()
    {
        Id = "wasabi",
        Name = "Wasabi",
        // [src] rclone's Wasabi.yaml: the host for us-east-1 is s3.wasabisys.com. The host name that contains the region also works.
        Hosts = [new("s3.wasabisys.com") { Region = "us-east-1" }, new("s3.{region}.wasabisys.com")],
        RegionExample = "eu-central-1",
        NonEndpoints = [new("console.wasabisys.com", NonEndpoint.Console), new("console.wasabi.com", NonEndpoint.Console), new("iam.wasabisys.com", NonEndpoint.OtherApi)],
    };

    internal static S3Provider Hetzner { get; } = new()
    {
        Id = "hetzner",
        Name = "Hetzner Object Storage",
        IsCeph = true,
        Hosts = [new("{region}.your-objectstorage.com")], // [src] rclone's Hetzner.yaml
        RegionExample = "fsn1",
        NonEndpoints = [new("console.hetzner.com", NonEndpoint.Console), new("console.hetzner.cloud", NonEndpoint.Console)],
    };

    internal static S3Provider Scaleway { get; } = new()
    {
        Id = "scaleway",
        Name = "Scaleway Object Storage",
        // [doc] object-storage/api-cli/using-conditional-writes
        SupportsConditionalWrites = true,
        Hosts = [new("s3.{region}.scw.cloud")], // [src] rclone's Scaleway.yaml
        RegionExample = "fr-par",
        // [src] scaleway/scaleway-cli and many sites: bucket.s3-website.fr-par.scw.cloud.
        NonEndpoints = [new("s3-website.*.scw.cloud", NonEndpoint.Website), new("console.scaleway.com", NonEndpoint.Console), new("api.scaleway.com", NonEndpoint.OtherApi)],
    };

    internal static S3Provider OvhCloud { get; } = new()
    {
        Id = "ovh",
        Name = "OVHcloud Object Storage",
        // [src] rclone's OVHcloud.yaml; [doc] perf is the older name.
        Hosts =
        [
            new("s3.{region}.io.cloud.ovh.us") { RegionPrefix = "us-" },
            new("s3.{region}.io.cloud.ovh.net"),
            new("s3.{region}.perf.cloud.ovh.net") { Variant = "perf" },
        ],
        RegionExample = "gra",
        // storage.gra.cloud.ovh.net/v1/AUTH_… is OpenStack Swift's own API.
        NonEndpoints = [new("storage.*.cloud.ovh.net", NonEndpoint.OtherApi), new("www.ovh.com", NonEndpoint.Console), new("manager.*.ovhcloud.com", NonEndpoint.Console)],
    };

    internal static S3Provider Linode { get; } = new()
    {
        Id = "linode",
        Name = "Akamai (Linode) Object Storage",
        IsCeph = true,
        Hosts = [new("{region}.linodeobjects.com") { ExcludedPrefix = "website-" }], // [src] rclone's Linode.yaml
        RegionExample = "nl-ams-1",
        // [doc] Host a static site: bucket.website-us-east-1.linodeobjects.com.
        NonEndpoints = [new("website-*.linodeobjects.com", NonEndpoint.Website), new("cloud.linode.com", NonEndpoint.Console), new("api.linode.com", NonEndpoint.OtherApi)],
    };

    internal static S3Provider Vultr { get; } = new()
    {
        Id = "vultr",
        Name = "Vultr Object Storage",
        IsCeph = true,
        Hosts = [new("{region}.vultrobjects.com")], // [doc] vultr-object-storage: virtual-hosted style whenever possible
        RegionExample = "ewr1",
        NonEndpoints = [new("my.vultr.com", NonEndpoint.Console), new("api.vultr.com", NonEndpoint.OtherApi)],
    };

    internal static S3Provider IbmCos { get; } = new()
    {
        Id = "ibm",
        Name = "IBM Cloud Object Storage",
        // [src] rclone's IBMCOS.yaml, which uses path style; [mem] 'direct' is the host within a VPC.
        Hosts =
        [
            new("s3.{region}.cloud-object-storage.appdomain.cloud"),
            new("s3.private.{region}.cloud-object-storage.appdomain.cloud") { Variant = "private" },
            new("s3.direct.{region}.cloud-object-storage.appdomain.cloud") { Variant = "direct" },
        ],
        RegionExample = "eu-de",
        Style = UrlStyle.Path,
        // [doc] cloud-object-storage-presign-url: IBM does not document a maximum expiry, so SigV4's maximum applies.
        // [doc] static-website-options: bucket.s3-web.us-east.cloud-object-storage.appdomain.cloud.
        NonEndpoints =
        [
            new("s3-web.*.cloud-object-storage.appdomain.cloud", NonEndpoint.Website),
            new("cloud-object-storage.cloud.ibm.com", NonEndpoint.OtherApi),
            new("cloud.ibm.com", NonEndpoint.Console),
        ],
    };

    internal static S3Provider AlibabaOss { get; } = new()
    {
        Id = "alibaba",
        Name = "Alibaba Cloud OSS",
        // [doc] use-aws-sdks-to-access-oss. The acceleration hosts do not contain a region.
        Hosts =
        [
            new("s3.oss-accelerate.aliyuncs.com") { Variant = "accelerate" },
            new("s3.oss-accelerate-overseas.aliyuncs.com") { Variant = "accelerate-overseas" },
            new("s3.oss-{region}-internal.aliyuncs.com") { Variant = "internal" },
            new("s3.oss-{region}.aliyuncs.com"),
            // [src] rclone's Alibaba.yaml: the hosts of the native API also accept S3 requests.
            new("oss-accelerate.aliyuncs.com") { Variant = "oss-accelerate" },
            new("oss-accelerate-overseas.aliyuncs.com") { Variant = "oss-accelerate-overseas" },
            new("oss-{region}-internal.aliyuncs.com") { Variant = "oss-internal" },
            new("oss-{region}.aliyuncs.com") { Variant = "oss" },
        ],
        RegionExample = "cn-hangzhou",
        NonEndpoints = [new("console.aliyun.com", NonEndpoint.Console)],
        IsStyleFixed = true, // [doc] doc-detail/375247: virtual-hosted style only
    };

    internal static S3Provider GoogleCloudStorage { get; } = new()
    {
        Id = "gcs",
        Name = "Google Cloud Storage",
        Hosts = [new("storage.googleapis.com") { Region = "auto" }],
        RegionExample = "auto",
        TakesAnyRegion = true, // [mem] docs/authentication/signatures: the location in the scope exists only for S3 compatibility
        Style = UrlStyle.Path,
        NonEndpoints =
        [
            new("storage.cloud.google.com", "is for browsers that are signed in to Google, and does not check S3 signatures. Use an endpoint such as '{endpoint}'."),
            new("console.cloud.google.com", NonEndpoint.Console),
            new("firebasestorage.googleapis.com", NonEndpoint.OtherApi),
            new("www.googleapis.com", NonEndpoint.OtherApi),
        ],
    };

    internal static S3Provider Tigris { get; } = new()
    {
        Id = "tigris",
        Name = "Tigris",
        // [doc] objects/conditionals
        SupportsConditionalWrites = true,
        // [doc] llms-full.txt. The variant 'fly' is the host that Fly.io provides ([doc] fly.io/docs/tigris).
        Hosts = [new("t3.storage.dev") { Region = "auto" }, new("fly.storage.tigris.dev") { Region = "auto", Variant = "fly" }],
        RegionExample = "auto",
        MaxExpirySeconds = 90 * 86_400, // [doc] docs/objects/presigned
        // [doc] fly.io, Add Object Storage: the hosts of public buckets.
        NonEndpoints =
        [
            new("tigrisfiles.io", NonEndpoint.PublicHost),
            new("tigrisbucket.io", NonEndpoint.PublicHost),
            new("tigrisblob.io", NonEndpoint.PublicHost),
            new("console.storage.dev", NonEndpoint.Console),
            new("console.tigris.dev", NonEndpoint.Console),
        ],
    };

    internal static S3Provider Storj { get; } = new()
    {
        Id = "storj",
        Name = "Storj",
        Hosts = [new("gateway.storjshare.io") { Region = "us-1" }], // [src] rclone's Storj.yaml
        RegionExample = "us-1",
        TakesAnyRegion = true, // [src] clients sign for us-1, auto and us-east-1
        Style = UrlStyle.Path,
        // [doc] dcs/buckets/public-buckets and storj/uplink: link sharing.
        NonEndpoints = [new("link.storjshare.io", NonEndpoint.PublicHost), new("link.*.storjshare.io", NonEndpoint.PublicHost), new("storj.io", NonEndpoint.Console)],
    };

    internal static S3Provider Supabase { get; } = new()
    {
        Id = "supabase",
        Name = "Supabase Storage",
        // [doc] guides/storage/s3/authentication: the direct host name and the older host name. Path style is required, and the region must be the project's region.
        Hosts = [new("{account}.storage.supabase.co") { AccountLength = 20 }, new("{account}.supabase.co") { Variant = "api", AccountLength = 20 }],
        RegionExample = "eu-central-1",
        AccountTerm = "Supabase project reference",
        AccountExample = "abcdefghijklmnopqrst",
        BasePath = "/storage/v1/s3",
        Style = UrlStyle.Path,
        IsStyleFixed = true,
        NonEndpoints = [new("supabase.com", NonEndpoint.Console)],
    };

    // Static members are initialized in textual order, so these two members must come after the rows.
    private static readonly S3Provider[] Rows =
    [
        DigitalOceanSpaces, Aws, CloudflareR2, BackblazeB2, Wasabi, Hetzner, Scaleway, OvhCloud, Linode, Vultr, IbmCos, AlibabaOss,
        GoogleCloudStorage, Tigris, Storj, Supabase,
    ];

    /// <summary>Gets all known providers.</summary>
    public static IReadOnlyList<S3Provider> All { get; } = Array.AsReadOnly(Rows);
}
