namespace PresignKit;

// The table of providers. Sources: [doc] the provider's documentation, [src] the source code of a client, [mem] memory only.
// Self-hosted stores (MinIO, Ceph, Garage, SeaweedFS, LocalStack) need no row.
internal sealed partial record S3Provider
{
    public static S3Provider DigitalOceanSpaces { get; } = new()
    {
        Name = "DigitalOcean Spaces",
        IsCeph = true,
        Hosts = [new("{region}.digitaloceanspaces.com")],
        RegionExample = "nyc3",
        // [doc] For tools that only support AWS regions.
        ScopeRegionAlias = "us-east-1",
        Cdn = new("{region}.cdn.digitaloceanspaces.com"),
    };

    public static S3Provider Aws { get; } = new()
    {
        Name = "AWS S3",
        Hosts = AwsHosts.All,
        RegionExample = "eu-west-1",
    };

    public static S3Provider CloudflareR2 { get; } = new()
    {
        Name = "Cloudflare R2",
        // [doc] r2/reference/data-location; us: changelog of 2026-08-17. An account ID has 32 hexadecimal digits.
        Hosts =
        [
            new("{account}.eu.r2.cloudflarestorage.com") { Region = "auto", Variant = "eu", AccountLength = 32 },
            new("{account}.fedramp.r2.cloudflarestorage.com") { Region = "auto", Variant = "fedramp", AccountLength = 32 },
            new("{account}.us.r2.cloudflarestorage.com") { Region = "auto", Variant = "us", AccountLength = 32 },
            new("{account}.r2.cloudflarestorage.com") { Region = "auto", AccountLength = 32 },
        ],
        RegionExample = "auto",
        // [doc] r2/api/s3/api: us-east-1 is an alias for auto.
        ScopeRegionAlias = "us-east-1",
        Style = UrlStyle.Path,
        TakesPostForms = false,
    };

    public static S3Provider BackblazeB2 { get; } = new()
    {
        Name = "Backblaze B2",
        Hosts = [new("s3.{region}.backblazeb2.com")],
        RegionExample = "us-west-004",
        // [doc] cloud-storage-call-the-s3-compatible-api: HTTPS only, both styles. POST Object is not in the list of supported calls
        // (confirmed in transloadit/uppy issue 5052).
        NeedsTls = true,
        TakesPostForms = false,
    };

    public static S3Provider Wasabi { get; } = new()
    {
        Name = "Wasabi",
        // [src] rclone's Wasabi.yaml: us-east-1 is s3.wasabisys.com. The name with the region works as well.
        Hosts = [new("s3.wasabisys.com") { Region = "us-east-1" }, new("s3.{region}.wasabisys.com")],
        RegionExample = "eu-central-1",
    };

    public static S3Provider Hetzner { get; } = new()
    {
        Name = "Hetzner Object Storage",
        IsCeph = true,
        Hosts = [new("{region}.your-objectstorage.com")], // [src] rclone's Hetzner.yaml
        RegionExample = "fsn1",
    };

    public static S3Provider Scaleway { get; } = new()
    {
        Name = "Scaleway Object Storage",
        Hosts = [new("s3.{region}.scw.cloud")], // [src] rclone's Scaleway.yaml
        RegionExample = "fr-par",
    };

    public static S3Provider OvhCloud { get; } = new()
    {
        Name = "OVHcloud Object Storage",
        // [src] rclone's OVHcloud.yaml; [doc] perf is the older name.
        Hosts =
        [
            new("s3.{region}.io.cloud.ovh.us") { RegionPrefix = "us-" },
            new("s3.{region}.io.cloud.ovh.net"),
            new("s3.{region}.perf.cloud.ovh.net") { Variant = "perf" },
        ],
        RegionExample = "gra",
    };

    public static S3Provider Linode { get; } = new()
    {
        Name = "Akamai (Linode) Object Storage",
        IsCeph = true,
        Hosts = [new("{region}.linodeobjects.com")], // [src] rclone's Linode.yaml
        RegionExample = "nl-ams-1",
    };

    public static S3Provider Vultr { get; } = new()
    {
        Name = "Vultr Object Storage",
        IsCeph = true,
        Hosts = [new("{region}.vultrobjects.com")], // [doc] vultr-object-storage: virtual-hosted style whenever possible
        RegionExample = "ewr1",
    };

    public static S3Provider IbmCos { get; } = new()
    {
        Name = "IBM Cloud Object Storage",
        // [src] rclone's IBMCOS.yaml, which uses path style; [mem] direct is the host within a VPC.
        Hosts =
        [
            new("s3.{region}.cloud-object-storage.appdomain.cloud"),
            new("s3.private.{region}.cloud-object-storage.appdomain.cloud") { Variant = "private" },
            new("s3.direct.{region}.cloud-object-storage.appdomain.cloud") { Variant = "direct" },
        ],
        RegionExample = "eu-de",
        Style = UrlStyle.Path,
        // [doc] cloud-object-storage-presign-url: IBM documents no maximum expiry, so the maximum of SigV4 applies.
    };

    public static S3Provider AlibabaOss { get; } = new()
    {
        Name = "Alibaba Cloud OSS",
        // [doc] use-aws-sdks-to-access-oss. The acceleration hosts do not contain a region.
        Hosts =
        [
            new("s3.oss-accelerate.aliyuncs.com") { Variant = "accelerate" },
            new("s3.oss-accelerate-overseas.aliyuncs.com") { Variant = "accelerate-overseas" },
            new("s3.oss-{region}-internal.aliyuncs.com") { Variant = "internal" },
            new("s3.oss-{region}.aliyuncs.com"),
        ],
        RegionExample = "cn-hangzhou",
        IsStyleFixed = true, // [doc] doc-detail/375247: virtual-hosted style only
    };

    public static S3Provider GoogleCloudStorage { get; } = new()
    {
        Name = "Google Cloud Storage",
        Hosts = [new("storage.googleapis.com") { Region = "auto" }],
        RegionExample = "auto",
        TakesAnyRegion = true, // [mem] docs/authentication/signatures: the location in the scope exists for S3 compatibility only
        Style = UrlStyle.Path,
    };

    public static S3Provider Tigris { get; } = new()
    {
        Name = "Tigris",
        // [doc] llms-full.txt; fly is the host that Fly.io provides, [doc] fly.io/docs/tigris.
        Hosts = [new("t3.storage.dev") { Region = "auto" }, new("fly.storage.tigris.dev") { Region = "auto", Variant = "fly" }],
        RegionExample = "auto",
        MaxExpirySeconds = 90 * 86_400, // [doc] docs/objects/presigned
    };

    public static S3Provider Storj { get; } = new()
    {
        Name = "Storj",
        Hosts = [new("gateway.storjshare.io") { Region = "us-1" }], // [src] rclone's Storj.yaml
        RegionExample = "us-1",
        TakesAnyRegion = true, // [src] clients sign for us-1, auto and us-east-1
        Style = UrlStyle.Path,
    };

    public static S3Provider Supabase { get; } = new()
    {
        Name = "Supabase Storage",
        // [doc] guides/storage/s3/authentication: the direct host name, and the older one. Path style is required; the region is that of the project.
        Hosts = [new("{account}.storage.supabase.co") { AccountLength = 20 }, new("{account}.supabase.co") { Variant = "api", AccountLength = 20 }],
        RegionExample = "eu-central-1",
        BasePath = "/storage/v1/s3",
        Style = UrlStyle.Path,
        IsStyleFixed = true,
    };

    // Static members are initialized in textual order, so this comes after the rows.
    internal static S3Provider[] All { get; } =
    [
        DigitalOceanSpaces, Aws, CloudflareR2, BackblazeB2, Wasabi, Hetzner, Scaleway, OvhCloud, Linode, Vultr, IbmCos, AlibabaOss,
        GoogleCloudStorage, Tigris, Storj, Supabase,
    ];
}
