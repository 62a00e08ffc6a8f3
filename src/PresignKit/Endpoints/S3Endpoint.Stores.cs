namespace PresignKit;

// Contains a factory method for each provider in S3Provider.Table.cs.
public sealed partial class S3Endpoint
{
    /// <summary>Creates an endpoint for DigitalOcean Spaces, <c>https://{region}.digitaloceanspaces.com</c>.</summary>
    /// <param name="region">The datacenter's slug, such as <c>nyc3</c>, <c>ams3</c> or <c>fra1</c>.</param>
    /// <returns>An endpoint with <see cref="UrlStyle.Auto"/>.</returns>
    /// <remarks>Source: <see href="https://docs.digitalocean.com/products/spaces/reference/s3-compatibility/">Spaces API</see>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="region"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="region"/> is not a valid region of the provider.</exception>
    public static S3Endpoint DigitalOceanSpaces(string region) => Of(S3Provider.DigitalOceanSpaces, region);

    /// <summary>Creates an endpoint for AWS S3 in one region, <c>https://s3.{region}.amazonaws.com</c> or the equivalent host in a different partition, such as China.</summary>
    /// <param name="region">The region, such as <c>eu-west-1</c>.</param>
    /// <param name="options">The options that select the dual-stack, FIPS or transfer acceleration host. The default is <c>null</c>, which selects the region's
    /// standard host.</param>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/returns"/>
    /// <remarks>The bucket can be the ARN of an access point (<c>arn:aws:s3:eu-west-1:123456789012:accesspoint/my-point</c>). Requests are then signed for the region in the ARN.
    /// Source: <see href="https://docs.aws.amazon.com/general/latest/gr/s3.html">Amazon S3 endpoints and quotas</see>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="region"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="region"/> is not a valid region, or AWS does not provide a host that matches <paramref name="options"/> in this
    /// region.</exception>
    public static S3Endpoint Aws(string region, AwsEndpointOptions? options = null)
    {
        options ??= new AwsEndpointOptions();
        return options is { Accelerate: true, Fips: true }
            ? throw new ArgumentException("Accelerate and Fips cannot be combined, because AWS does not have a FIPS host for transfer acceleration. Set only one of them.", nameof(options))
            : Of(S3Provider.Aws, region, AwsHosts.Variant(options.DualStack, options.Fips, options.Accelerate));
    }

    /// <summary>Creates an endpoint for Cloudflare R2, <c>https://{accountId}.r2.cloudflarestorage.com</c>.</summary>
    /// <param name="accountId">The account ID, which consists of 32 lowercase hexadecimal digits.</param>
    /// <param name="jurisdiction">The bucket's jurisdiction: <c>eu</c>, <c>fedramp</c> or <c>us</c>. The default is <c>null</c>,
    /// which means that the bucket does not have a jurisdiction.</param>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/returns"/>
    /// <remarks>R2 does not accept POST forms. It accepts presigned URLs only on its own host, not on custom domains. Source:
    /// <see href="https://developers.cloudflare.com/r2/api/s3/api/">S3 API compatibility</see>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="accountId"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="accountId"/> or <paramref name="jurisdiction"/> is not valid.</exception>
    public static S3Endpoint CloudflareR2(string accountId, string? jurisdiction = null)
    {
        ThrowIfNotAccount(S3Provider.CloudflareR2, accountId, nameof(accountId));
        return jurisdiction is null or "eu" or "fedramp" or "us"
            ? Of(S3Provider.CloudflareR2, "auto", jurisdiction ?? "", accountId)
            : throw new ArgumentException(
                $"The jurisdiction '{Printable.Text(jurisdiction)}' is not supported by Cloudflare R2. Use 'eu', 'fedramp' or 'us', or null for a bucket without a jurisdiction.", nameof(jurisdiction));
    }

    /// <summary>Creates an endpoint for Backblaze B2, <c>https://s3.{region}.backblazeb2.com</c>.</summary>
    /// <param name="region">The region in the bucket's endpoint, such as <c>us-west-004</c>.</param>
    /// <remarks>B2 requires HTTPS and does not accept POST forms. Source: <see href="https://www.backblaze.com/docs/cloud-storage-call-the-s3-compatible-api">Call the S3-Compatible API</see>.</remarks>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/*[self::returns or self::exception]"/>
    public static S3Endpoint BackblazeB2(string region) => Of(S3Provider.BackblazeB2, region);

    /// <summary>Creates an endpoint for Wasabi, <c>https://s3.{region}.wasabisys.com</c> (<c>https://s3.wasabisys.com</c> for <c>us-east-1</c>).</summary>
    /// <param name="region">The region, such as <c>eu-central-1</c>.</param>
    /// <remarks>Source: <see href="https://docs.wasabi.com/docs/what-are-the-service-urls-for-wasabis-different-storage-regions">Service URLs</see>.</remarks>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/*[self::returns or self::exception]"/>
    public static S3Endpoint Wasabi(string region) => Of(S3Provider.Wasabi, region);

    /// <summary>Creates an endpoint for Hetzner Object Storage, <c>https://{region}.your-objectstorage.com</c>.</summary>
    /// <param name="region">The location: <c>fsn1</c>, <c>nbg1</c> or <c>hel1</c>.</param>
    /// <remarks>Source: <see href="https://docs.hetzner.com/storage/object-storage/overview">Object Storage</see>.</remarks>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/*[self::returns or self::exception]"/>
    public static S3Endpoint Hetzner(string region) => Of(S3Provider.Hetzner, region);

    /// <summary>Creates an endpoint for Scaleway Object Storage, <c>https://s3.{region}.scw.cloud</c>.</summary>
    /// <param name="region">The region: <c>fr-par</c>, <c>nl-ams</c> or <c>pl-waw</c>.</param>
    /// <remarks>Source: <see href="https://www.scaleway.com/en/docs/object-storage/">Object Storage</see>.</remarks>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/*[self::returns or self::exception]"/>
    public static S3Endpoint Scaleway(string region) => Of(S3Provider.Scaleway, region);

    /// <summary>Creates an endpoint for OVHcloud Object Storage, <c>https://s3.{region}.io.cloud.ovh.net</c> (<c>https://s3.{region}.io.cloud.ovh.us</c> for <c>us-…</c> regions).</summary>
    /// <param name="region">The region in lowercase, such as <c>gra</c>, <c>eu-west-par</c> or <c>us-east-va</c>.</param>
    /// <remarks>Source: <see href="https://help.ovhcloud.com/csm/en-public-cloud-storage-s3-location">Endpoints and geoavailability</see>.</remarks>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/*[self::returns or self::exception]"/>
    public static S3Endpoint OvhCloud(string region) => Of(S3Provider.OvhCloud, region);

    /// <summary>Creates an endpoint for Akamai (Linode) Object Storage, <c>https://{region}.linodeobjects.com</c>.</summary>
    /// <param name="region">The region or cluster in the bucket's host name, such as <c>nl-ams-1</c>.</param>
    /// <remarks>Source: <see href="https://techdocs.akamai.com/cloud-computing/docs/object-storage">Object Storage</see>.</remarks>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/*[self::returns or self::exception]"/>
    public static S3Endpoint Linode(string region) => Of(S3Provider.Linode, region);

    /// <summary>Creates an endpoint for Vultr Object Storage, <c>https://{region}.vultrobjects.com</c>.</summary>
    /// <param name="region">The location in the subscription's host name, such as <c>ewr1</c>.</param>
    /// <remarks>Source: <see href="https://docs.vultr.com/vultr-object-storage">Vultr Object Storage</see>.</remarks>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/*[self::returns or self::exception]"/>
    public static S3Endpoint Vultr(string region) => Of(S3Provider.Vultr, region);

    /// <summary>Creates an endpoint for IBM Cloud Object Storage, <c>https://s3.{region}.cloud-object-storage.appdomain.cloud</c>.</summary>
    /// <param name="region">The region or location, such as <c>eu-de</c>, <c>us-south</c>, or <c>eu</c> for a cross-region bucket.</param>
    /// <remarks>IBM requires HMAC credentials.
    /// Source: <see href="https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-presign-url">Creating a pre-signed URL</see>.</remarks>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/*[self::returns or self::exception]"/>
    public static S3Endpoint IbmCos(string region) => Of(S3Provider.IbmCos, region);

    /// <summary>Creates an endpoint for Alibaba Cloud OSS, <c>https://s3.oss-{region}.aliyuncs.com</c>.</summary>
    /// <param name="region">The region without the prefix <c>oss-</c>, such as <c>cn-hangzhou</c>.</param>
    /// <remarks>OSS accepts virtual-hosted style only. Source: <see href="https://help.aliyun.com/en/oss/developer-reference/use-aws-sdks-to-access-oss">Accessing OSS with the AWS SDK</see>.</remarks>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/*[self::returns or self::exception]"/>
    public static S3Endpoint AlibabaOss(string region) => Of(S3Provider.AlibabaOss, region);

    /// <summary>Creates an endpoint for the Google Cloud Storage XML API, <c>https://storage.googleapis.com</c>.</summary>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/returns"/>
    /// <remarks>Google requires HMAC credentials. Requests are signed for the region <c>auto</c>.
    /// Source: <see href="https://cloud.google.com/storage/docs/authentication/signatures">Signatures</see>.</remarks>
    public static S3Endpoint GoogleCloudStorage() => Of(S3Provider.GoogleCloudStorage, "auto");

    /// <summary>Creates an endpoint for Tigris, <c>https://t3.storage.dev</c>.</summary>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/returns"/>
    /// <remarks>Requests are signed for the region <c>auto</c>, and URLs can be valid for up to 90 days. Source: <see href="https://www.tigrisdata.com/docs/objects/presigned/">Presigned URLs</see>.</remarks>
    public static S3Endpoint Tigris() => Of(S3Provider.Tigris, "auto");

    /// <summary>Creates an endpoint for Storj's hosted gateway, <c>https://gateway.storjshare.io</c>.</summary>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/returns"/>
    /// <remarks>Requests are signed for the region <c>us-1</c>. Source: <see href="https://storj.dev/dcs/api/s3/s3-compatible-gateway">Storj-hosted S3 Compatible Gateway</see>.</remarks>
    public static S3Endpoint Storj() => Of(S3Provider.Storj, "us-1");

    /// <summary>Creates an endpoint for Supabase Storage, <c>https://{projectRef}.storage.supabase.co/storage/v1/s3</c>.</summary>
    /// <param name="projectRef">The project's reference ID, which is the first label of the project's host name.</param>
    /// <param name="region">The region in the project's storage settings, such as <c>eu-central-1</c>.</param>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/returns"/>
    /// <remarks>Supabase supports path style only. Source: <see href="https://supabase.com/docs/guides/storage/s3/authentication">S3 Authentication</see>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="projectRef"/> or <paramref name="region"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="projectRef"/> or <paramref name="region"/> is not valid.</exception>
    public static S3Endpoint Supabase(string projectRef, string region)
    {
        ThrowIfNotAccount(S3Provider.Supabase, projectRef, nameof(projectRef));
        return Of(S3Provider.Supabase, region, account: projectRef);
    }

    internal static S3Endpoint Of(S3Provider provider, string region, string variant = "", string? account = null)
    {
        ArgumentNullException.ThrowIfNull(region);
        if (RegionRules.FindProblem(region, provider, variant) is { } problem)
        {
            throw new ArgumentException(problem, nameof(region));
        }

        HostForm form = provider.FormFor(region, variant)!;
        EndpointUrl url = new(IsTls: true, form.Write(region, account), IsName: true, 443, provider.BasePath);
        return new S3Endpoint(url, region, UrlStyle.Auto, new RecognizedHost(provider, form, region, account, Bucket: null));
    }

    internal static void ThrowIfNotAccount(S3Provider provider, string account, string paramName)
    {
        ArgumentNullException.ThrowIfNull(account, paramName);
        bool isLabel = account.Length is >= 1 and <= 63 && account[0] != '-' && account[^1] != '-' && account.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-');
        if (!isLabel)
        {
            throw new ArgumentException(
                $"'{Printable.Text(account)}' is not a valid {provider.AccountTerm}. Use lowercase letters, digits and '-' only, such as '{provider.AccountExample}', without host and scheme.", paramName);
        }
    }
}
