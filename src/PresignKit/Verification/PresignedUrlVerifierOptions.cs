namespace PresignKit;

/// <summary>The requirements of a <see cref="PresignedUrlVerifier"/>. Mutable, so that configuration can be bound to it; a verifier takes a snapshot. Not thread-safe.</summary>
public sealed class PresignedUrlVerifierOptions
{
    /// <summary>Gets or sets the region that the credential scope must name.</summary>
    /// <value><c>null</c> (the default) accepts any region: the secret access key is valid for all of them.</value>
    public string? Region { get; set; }

    /// <summary>Gets or sets the service that the credential scope must name.</summary>
    /// <value>The default is <c>s3</c>.</value>
    public string Service { get; set; } = "s3";

    /// <summary>Gets or sets the endpoint of the store for which the verifier acts. It determines bucket and key of <see cref="PresignedUrlVerificationResult.Url"/>.</summary>
    /// <value><c>null</c> (the default) determines bucket and key for the hosts of known providers and for IP addresses only. With an endpoint, they are known for
    /// its own host and base path, and <c>null</c> for every other URL.</value>
    public S3Endpoint? Endpoint { get; set; }

    /// <summary>Gets or sets how far the signer's clock may be ahead of this one. It does not extend the lifetime of a URL.</summary>
    /// <value>From 0 to 1 day. The default is 15 minutes, as on AWS.</value>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets or sets the maximum lifetime of a URL. Fractions of a second are ignored.</summary>
    /// <value>From 1 second to the maximum of the store: 7 days, the limit of SigV4's query form, or more if <see cref="Endpoint"/>'s store allows it. <c>null</c> (the default) is that maximum.</value>
    public TimeSpan? MaxExpiresIn { get; set; }

    /// <summary>Gets or sets whether an expired URL is valid, for example to issue a new one.</summary>
    /// <value>The default is <c>false</c>.</value>
    public bool AcceptsExpired { get; set; }

    /// <summary>Gets the names of <c>x-amz-*</c> headers that may be sent without being signed, such as <c>X-Amz-Cf-Id</c>, which CloudFront adds.</summary>
    /// <value>Empty by default. A header that a handler of the request reads, such as <c>x-amz-copy-source</c>, must not be listed.</value>
    public ICollection<string> AllowedUnsignedHeaders { get; } = [];
}
