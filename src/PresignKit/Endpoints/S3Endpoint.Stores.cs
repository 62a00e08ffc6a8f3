namespace PresignKit;

// The stores of the table S3Provider, by name.
public sealed partial class S3Endpoint
{
    /// <summary>DigitalOcean Spaces: <c>https://{region}.digitaloceanspaces.com</c>.</summary>
    /// <param name="region">The slug of the datacenter, like <c>nyc3</c>, <c>ams3</c>, <c>fra1</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <remarks>Source: <see href="https://docs.digitalocean.com/products/spaces/reference/s3-compatibility/">Spaces API</see>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="region"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="region"/> is empty or no region's name.</exception>
    public static S3Endpoint DigitalOceanSpaces(string region) => Of(S3Provider.DigitalOceanSpaces, region);

    /// <summary>AWS S3, by its regional host: <c>https://s3.{region}.amazonaws.com</c>, or that of the region's partition (China, GovCloud, …).</summary>
    /// <param name="region">The region, like <c>eu-west-1</c>.</param>
    /// <param name="options">Dual-stack, FIPS or transfer acceleration; <c>null</c> for none of them.</param>
    /// <returns>The endpoint.</returns>
    /// <remarks>The ARN of an access point may stand in place of a bucket (<c>arn:aws:s3:eu-west-1:123456789012:accesspoint/my-point</c>): its region signs.
    /// Source: <see href="https://docs.aws.amazon.com/general/latest/gr/s3.html">Amazon S3 endpoints and quotas</see>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="region"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="region"/> is empty or no region's name; or AWS does not have the combination of
    /// <paramref name="options"/>, or not in the region.</exception>
    public static S3Endpoint Aws(string region, AwsEndpointOptions? options = null)
    {
        string? problem = null;
        string? variant = options is null ? "" : options.ToVariant(out problem);
        return problem is null ? Of(S3Provider.Aws, region, variant!) : throw new ArgumentException(problem, nameof(options));
    }

    /// <summary>Cloudflare R2: <c>https://{accountId}.r2.cloudflarestorage.com</c>. It takes no POST forms, and no signatures on custom domains.</summary>
    /// <param name="accountId">The account's id, 32 hexadecimal digits in lower case.</param>
    /// <param name="jurisdiction">The jurisdiction of the bucket: <c>eu</c>, <c>fedramp</c> or <c>us</c>; <c>null</c> for a bucket without one.</param>
    /// <returns>The endpoint.</returns>
    /// <remarks>Source: <see href="https://developers.cloudflare.com/r2/api/s3/api/">S3 API compatibility</see>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="accountId"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="accountId"/> is no account's id, or <paramref name="jurisdiction"/> is none that R2 has.</exception>
    public static S3Endpoint CloudflareR2(string accountId, string? jurisdiction = null)
    {
        ThrowIfNoLabel(accountId, nameof(accountId), "account id of Cloudflare R2", "0123456789abcdef0123456789abcdef");
        return jurisdiction is null or "eu" or "fedramp" or "us"
            ? Of(S3Provider.CloudflareR2, "auto", jurisdiction ?? "", accountId)
            : throw new ArgumentException(
                $"The jurisdiction '{Printable.Text(jurisdiction)}' is none of Cloudflare R2's. Write 'eu', 'fedramp' or 'us', or null for a bucket without one.", nameof(jurisdiction));
    }

    /// <summary>Backblaze B2: <c>https://s3.{region}.backblazeb2.com</c>. HTTPS only; it takes no POST forms.</summary>
    /// <param name="region">The region in the bucket's endpoint, like <c>us-west-004</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <remarks>Source: <see href="https://www.backblaze.com/docs/cloud-storage-call-the-s3-compatible-api">Call the S3-Compatible API</see>.</remarks>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/exception"/>
    public static S3Endpoint BackblazeB2(string region) => Of(S3Provider.BackblazeB2, region);

    /// <summary>Wasabi: <c>https://s3.{region}.wasabisys.com</c>; for <c>us-east-1</c> it is <c>https://s3.wasabisys.com</c>.</summary>
    /// <param name="region">The region, like <c>eu-central-1</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <remarks>Source: <see href="https://docs.wasabi.com/docs/what-are-the-service-urls-for-wasabis-different-storage-regions">Service URLs</see>.</remarks>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/exception"/>
    public static S3Endpoint Wasabi(string region) => Of(S3Provider.Wasabi, region);

    /// <summary>Hetzner Object Storage: <c>https://{region}.your-objectstorage.com</c>.</summary>
    /// <param name="region">The location: <c>fsn1</c>, <c>nbg1</c> or <c>hel1</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <remarks>Source: <see href="https://docs.hetzner.com/storage/object-storage/overview">Object Storage</see>.</remarks>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/exception"/>
    public static S3Endpoint Hetzner(string region) => Of(S3Provider.Hetzner, region);

    /// <summary>Scaleway Object Storage: <c>https://s3.{region}.scw.cloud</c>.</summary>
    /// <param name="region">The region, like <c>fr-par</c>, <c>nl-ams</c>, <c>pl-waw</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <remarks>Source: <see href="https://www.scaleway.com/en/docs/object-storage/">Object Storage</see>.</remarks>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/exception"/>
    public static S3Endpoint Scaleway(string region) => Of(S3Provider.Scaleway, region);

    /// <summary>OVHcloud Object Storage: <c>https://s3.{region}.io.cloud.ovh.net</c>; for regions of the USA (<c>us-…</c>) it is <c>https://s3.{region}.io.cloud.ovh.us</c>.</summary>
    /// <param name="region">The region in lower case, like <c>gra</c>, <c>eu-west-par</c>, <c>us-east-va</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <remarks>Source: <see href="https://help.ovhcloud.com/csm/en-public-cloud-storage-s3-location">Endpoints and geoavailability</see>.</remarks>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/exception"/>
    public static S3Endpoint OvhCloud(string region) => Of(S3Provider.OvhCloud, region);

    /// <summary>Akamai (Linode) Object Storage: <c>https://{region}.linodeobjects.com</c>.</summary>
    /// <param name="region">The region or cluster in the bucket's host name, like <c>nl-ams-1</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <remarks>Source: <see href="https://techdocs.akamai.com/cloud-computing/docs/object-storage">Object Storage</see>.</remarks>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/exception"/>
    public static S3Endpoint Linode(string region) => Of(S3Provider.Linode, region);

    /// <summary>Vultr Object Storage: <c>https://{region}.vultrobjects.com</c>.</summary>
    /// <param name="region">The location in the subscription's host name, like <c>ewr1</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <remarks>Source: <see href="https://docs.vultr.com/vultr-object-storage">Vultr Object Storage</see>.</remarks>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/exception"/>
    public static S3Endpoint Vultr(string region) => Of(S3Provider.Vultr, region);

    /// <summary>IBM Cloud Object Storage, with HMAC credentials: <c>https://s3.{region}.cloud-object-storage.appdomain.cloud</c>.</summary>
    /// <param name="region">The region or location, like <c>eu-de</c>, <c>us-south</c>, or <c>eu</c> across regions.</param>
    /// <returns>The endpoint.</returns>
    /// <remarks>Source: <see href="https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-presign-url">Creating a pre-signed URL</see>.</remarks>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/exception"/>
    public static S3Endpoint IbmCos(string region) => Of(S3Provider.IbmCos, region);

    /// <summary>Alibaba Cloud OSS: <c>https://s3.oss-{region}.aliyuncs.com</c>. It takes the bucket in the host name only.</summary>
    /// <param name="region">The region, like <c>cn-hangzhou</c>, without <c>oss-</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <remarks>Source: <see href="https://help.aliyun.com/en/oss/developer-reference/use-aws-sdks-to-access-oss">Accessing OSS with the AWS SDK</see>.</remarks>
    /// <inheritdoc cref="DigitalOceanSpaces" path="/exception"/>
    public static S3Endpoint AlibabaOss(string region) => Of(S3Provider.AlibabaOss, region);

    /// <summary>Google Cloud Storage by its XML API, with HMAC credentials: <c>https://storage.googleapis.com</c>. The region in the scope is <c>auto</c>.</summary>
    /// <returns>The endpoint.</returns>
    /// <remarks>Source: <see href="https://cloud.google.com/storage/docs/authentication/signatures">Signatures</see>.</remarks>
    public static S3Endpoint GoogleCloudStorage() => Of(S3Provider.GoogleCloudStorage, "auto");

    /// <summary>Tigris: <c>https://t3.storage.dev</c>. The region in the scope is <c>auto</c>; URLs hold for up to 90 days.</summary>
    /// <returns>The endpoint.</returns>
    /// <remarks>Source: <see href="https://www.tigrisdata.com/docs/objects/presigned/">Presigned URLs</see>.</remarks>
    public static S3Endpoint Tigris() => Of(S3Provider.Tigris, "auto");

    /// <summary>Storj, by its hosted gateway: <c>https://gateway.storjshare.io</c>. The region in the scope is <c>us-1</c>.</summary>
    /// <returns>The endpoint.</returns>
    /// <remarks>Source: <see href="https://storj.dev/dcs/api/s3/s3-compatible-gateway">Storj-hosted S3 Compatible Gateway</see>.</remarks>
    public static S3Endpoint Storj() => Of(S3Provider.Storj, "us-1");

    /// <summary>Supabase Storage: <c>https://{projectRef}.storage.supabase.co/storage/v1/s3</c>. It takes the bucket in the path only.</summary>
    /// <param name="projectRef">The project's reference, which stands in its URLs.</param>
    /// <param name="region">The region of the project, as its storage settings show it, like <c>eu-central-1</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <remarks>Source: <see href="https://supabase.com/docs/guides/storage/s3/authentication">S3 Authentication</see>.</remarks>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="projectRef"/> is no project's reference, or <paramref name="region"/> is empty or no region's name.</exception>
    public static S3Endpoint Supabase(string projectRef, string region)
    {
        ThrowIfNoLabel(projectRef, nameof(projectRef), "project reference of Supabase", "abcdefghijklmnopqrst");
        return Of(S3Provider.Supabase, region, account: projectRef);
    }

    private static S3Endpoint Of(S3Provider provider, string region, string variant = "", string? account = null)
    {
        ArgumentNullException.ThrowIfNull(region);
        if (RegionRules.FindProblem(region, provider, variant) is { } problem)
        {
            throw new ArgumentException(problem, nameof(region));
        }

        HostForm form = provider.FormFor(region, variant)!;
        EndpointUrl url = new(IsTls: true, form.Write(region, account), IsName: true, 443, provider.BasePath);
        return new S3Endpoint(url, region, UrlStyle.Auto, provider, form, account);
    }

    private static void ThrowIfNoLabel(string value, string paramName, string what, string example)
    {
        ArgumentNullException.ThrowIfNull(value, paramName);
        bool isLabel = value.Length is >= 1 and <= 63 && value[0] != '-' && value[^1] != '-' && value.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-');
        if (!isLabel)
        {
            throw new ArgumentException($"'{Printable.Text(value)}' is no {what}: lower-case letters, digits and '-' only. Write it like '{example}', without host or scheme.", paramName);
        }
    }
}
