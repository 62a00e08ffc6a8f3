namespace PresignKit;

// Contains a Use… method for each provider that has a factory method in S3Endpoint.
public sealed partial class PresignerOptions
{
    /// <summary>Sets the store to DigitalOcean Spaces.</summary>
    /// <inheritdoc cref="S3Endpoint.DigitalOceanSpaces" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.DigitalOceanSpaces" path="/exception"/>
    public void UseDigitalOceanSpaces(string region) => UseEndpoint(S3Endpoint.DigitalOceanSpaces(region));

    /// <summary>Sets the store to AWS S3.</summary>
    /// <inheritdoc cref="S3Endpoint.Aws" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.Aws" path="/param[@name='options']"/>
    /// <inheritdoc cref="S3Endpoint.Aws" path="/exception"/>
    public void UseAws(string region, AwsEndpointOptions? options = null) => UseEndpoint(S3Endpoint.Aws(region, options));

    /// <summary>Sets the store to Cloudflare R2.</summary>
    /// <inheritdoc cref="S3Endpoint.CloudflareR2" path="/param[@name='accountId']"/>
    /// <inheritdoc cref="S3Endpoint.CloudflareR2" path="/param[@name='jurisdiction']"/>
    /// <inheritdoc cref="S3Endpoint.CloudflareR2" path="/exception"/>
    public void UseCloudflareR2(string accountId, string? jurisdiction = null) => UseEndpoint(S3Endpoint.CloudflareR2(accountId, jurisdiction));

    /// <summary>Sets the store to Backblaze B2.</summary>
    /// <inheritdoc cref="S3Endpoint.BackblazeB2" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.BackblazeB2" path="/exception"/>
    public void UseBackblazeB2(string region) => UseEndpoint(S3Endpoint.BackblazeB2(region));

    /// <summary>Sets the store to Wasabi.</summary>
    /// <inheritdoc cref="S3Endpoint.Wasabi" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.Wasabi" path="/exception"/>
    public void UseWasabi(string region) => UseEndpoint(S3Endpoint.Wasabi(region));

    /// <summary>Sets the store to Hetzner Object Storage.</summary>
    /// <inheritdoc cref="S3Endpoint.Hetzner" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.Hetzner" path="/exception"/>
    public void UseHetzner(string region) => UseEndpoint(S3Endpoint.Hetzner(region));

    /// <summary>Sets the store to Scaleway Object Storage.</summary>
    /// <inheritdoc cref="S3Endpoint.Scaleway" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.Scaleway" path="/exception"/>
    public void UseScaleway(string region) => UseEndpoint(S3Endpoint.Scaleway(region));

    /// <summary>Sets the store to OVHcloud Object Storage.</summary>
    /// <inheritdoc cref="S3Endpoint.OvhCloud" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.OvhCloud" path="/exception"/>
    public void UseOvhCloud(string region) => UseEndpoint(S3Endpoint.OvhCloud(region));

    /// <summary>Sets the store to Akamai (Linode) Object Storage.</summary>
    /// <inheritdoc cref="S3Endpoint.Linode" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.Linode" path="/exception"/>
    public void UseLinode(string region) => UseEndpoint(S3Endpoint.Linode(region));

    /// <summary>Sets the store to Vultr Object Storage.</summary>
    /// <inheritdoc cref="S3Endpoint.Vultr" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.Vultr" path="/exception"/>
    public void UseVultr(string region) => UseEndpoint(S3Endpoint.Vultr(region));

    /// <summary>Sets the store to IBM Cloud Object Storage.</summary>
    /// <inheritdoc cref="S3Endpoint.IbmCos" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.IbmCos" path="/exception"/>
    public void UseIbmCos(string region) => UseEndpoint(S3Endpoint.IbmCos(region));

    /// <summary>Sets the store to Alibaba Cloud OSS.</summary>
    /// <inheritdoc cref="S3Endpoint.AlibabaOss" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.AlibabaOss" path="/exception"/>
    public void UseAlibabaOss(string region) => UseEndpoint(S3Endpoint.AlibabaOss(region));

    /// <summary>Sets the store to Google Cloud Storage, which requires HMAC credentials.</summary>
    public void UseGoogleCloudStorage() => UseEndpoint(S3Endpoint.GoogleCloudStorage());

    /// <summary>Sets the store to Tigris.</summary>
    public void UseTigris() => UseEndpoint(S3Endpoint.Tigris());

    /// <summary>Sets the store to Storj.</summary>
    public void UseStorj() => UseEndpoint(S3Endpoint.Storj());

    /// <summary>Sets the store to Supabase Storage.</summary>
    /// <inheritdoc cref="S3Endpoint.Supabase" path="/param[@name='projectRef']"/>
    /// <inheritdoc cref="S3Endpoint.Supabase" path="/param[@name='region']"/>
    /// <inheritdoc cref="S3Endpoint.Supabase" path="/exception"/>
    public void UseSupabase(string projectRef, string region) => UseEndpoint(S3Endpoint.Supabase(projectRef, region));
}
