namespace PresignKit;

// One Use… method for each store that S3Endpoint names.
public sealed partial class PresignerOptions
{
    /// <summary>Takes DigitalOcean Spaces as the store.</summary>
    /// <inheritdoc cref="S3Endpoint.DigitalOceanSpaces" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.DigitalOceanSpaces" path="/exception"/>
    public void UseDigitalOceanSpaces(string region) => UseEndpoint(S3Endpoint.DigitalOceanSpaces(region));

    /// <summary>Takes AWS S3 as the store.</summary>
    /// <inheritdoc cref="S3Endpoint.Aws" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.Aws" path="/param[@name='options']"/>
    /// <inheritdoc cref="S3Endpoint.Aws" path="/exception"/>
    public void UseAws(string region, AwsEndpointOptions? options = null) => UseEndpoint(S3Endpoint.Aws(region, options));

    /// <summary>Takes Cloudflare R2 as the store.</summary>
    /// <inheritdoc cref="S3Endpoint.CloudflareR2" path="/param[@name='accountId']"/>
    /// <inheritdoc cref="S3Endpoint.CloudflareR2" path="/param[@name='jurisdiction']"/>
    /// <inheritdoc cref="S3Endpoint.CloudflareR2" path="/exception"/>
    public void UseCloudflareR2(string accountId, string? jurisdiction = null) => UseEndpoint(S3Endpoint.CloudflareR2(accountId, jurisdiction));

    /// <summary>Takes Backblaze B2 as the store.</summary>
    /// <inheritdoc cref="S3Endpoint.BackblazeB2" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.BackblazeB2" path="/exception"/>
    public void UseBackblazeB2(string region) => UseEndpoint(S3Endpoint.BackblazeB2(region));

    /// <summary>Takes Wasabi as the store.</summary>
    /// <inheritdoc cref="S3Endpoint.Wasabi" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.Wasabi" path="/exception"/>
    public void UseWasabi(string region) => UseEndpoint(S3Endpoint.Wasabi(region));

    /// <summary>Takes Hetzner Object Storage as the store.</summary>
    /// <inheritdoc cref="S3Endpoint.Hetzner" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.Hetzner" path="/exception"/>
    public void UseHetzner(string region) => UseEndpoint(S3Endpoint.Hetzner(region));

    /// <summary>Takes Scaleway Object Storage as the store.</summary>
    /// <inheritdoc cref="S3Endpoint.Scaleway" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.Scaleway" path="/exception"/>
    public void UseScaleway(string region) => UseEndpoint(S3Endpoint.Scaleway(region));

    /// <summary>Takes OVHcloud Object Storage as the store.</summary>
    /// <inheritdoc cref="S3Endpoint.OvhCloud" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.OvhCloud" path="/exception"/>
    public void UseOvhCloud(string region) => UseEndpoint(S3Endpoint.OvhCloud(region));

    /// <summary>Takes Akamai (Linode) Object Storage as the store.</summary>
    /// <inheritdoc cref="S3Endpoint.Linode" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.Linode" path="/exception"/>
    public void UseLinode(string region) => UseEndpoint(S3Endpoint.Linode(region));

    /// <summary>Takes Vultr Object Storage as the store.</summary>
    /// <inheritdoc cref="S3Endpoint.Vultr" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.Vultr" path="/exception"/>
    public void UseVultr(string region) => UseEndpoint(S3Endpoint.Vultr(region));

    /// <summary>Takes IBM Cloud Object Storage as the store.</summary>
    /// <inheritdoc cref="S3Endpoint.IbmCos" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.IbmCos" path="/exception"/>
    public void UseIbmCos(string region) => UseEndpoint(S3Endpoint.IbmCos(region));

    /// <summary>Takes Alibaba Cloud OSS as the store.</summary>
    /// <inheritdoc cref="S3Endpoint.AlibabaOss" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.AlibabaOss" path="/exception"/>
    public void UseAlibabaOss(string region) => UseEndpoint(S3Endpoint.AlibabaOss(region));

    /// <summary>Takes Google Cloud Storage (HMAC credentials) as the store.</summary>
    public void UseGoogleCloudStorage() => UseEndpoint(S3Endpoint.GoogleCloudStorage());

    /// <summary>Takes Tigris as the store.</summary>
    public void UseTigris() => UseEndpoint(S3Endpoint.Tigris());

    /// <summary>Takes Storj as the store.</summary>
    public void UseStorj() => UseEndpoint(S3Endpoint.Storj());

    /// <summary>Takes Supabase Storage as the store.</summary>
    /// <inheritdoc cref="S3Endpoint.Supabase" path="/param[@name='projectRef']"/>
    /// <inheritdoc cref="S3Endpoint.Supabase" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.Supabase" path="/exception"/>
    public void UseSupabase(string projectRef, string region) => UseEndpoint(S3Endpoint.Supabase(projectRef, region));
}
