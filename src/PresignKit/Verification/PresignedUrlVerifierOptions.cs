namespace PresignKit;

/// <summary>The requirements of a <see cref="PresignedUrlVerifier"/>.</summary>
/// <remarks>Instances are mutable, so that configuration can be bound to them, and not thread-safe. A verifier copies the options when it is created.</remarks>
public sealed class PresignedUrlVerifierOptions
{
    /// <summary>Gets or sets the region that the credential scope must name.</summary>
    /// <value><c>null</c> (the default) accepts any region, because a secret access key is valid for all regions.</value>
    public string? Region { get; set; }

    /// <summary>Gets or sets the service that the credential scope must name.</summary>
    /// <value>The default is <c>s3</c>.</value>
    public string Service { get; set; } = "s3";

    /// <summary>Gets or sets the endpoint of the store for which the verifier acts.</summary>
    /// <value>With <c>null</c> (the default), bucket and key are known only for the hosts of known providers and for IP addresses. With an endpoint, they are known for
    /// the endpoint's own host and base path, and are <c>null</c> for every other URL.</value>
    /// <remarks>The endpoint determines bucket and key of <see cref="PresignedUrlVerificationResult.Url"/>.</remarks>
    public S3Endpoint? Endpoint { get; set; }

    /// <summary>Gets or sets how far the signer's clock may be ahead of the verifier's clock.</summary>
    /// <value>From 0 to 1 day. The default is 15 minutes, as on AWS.</value>
    /// <remarks>The clock skew does not extend the lifetime of a URL.</remarks>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets or sets the maximum lifetime of a URL.</summary>
    /// <value>From 1 second to the store's maximum, which is 7 days (the limit of SigV4's query form), or more if the store of <see cref="Endpoint"/> allows it. <c>null</c> (the
    /// default) means that maximum.</value>
    /// <remarks>Fractions of a second are ignored.</remarks>
    public TimeSpan? MaxExpiresIn { get; set; }

    /// <summary>Gets or sets whether an expired URL is valid, for example to issue a new URL.</summary>
    /// <value>The default is <c>false</c>.</value>
    public bool AcceptsExpired { get; set; }

    /// <summary>Gets the names of <c>x-amz-*</c> headers that may be sent without being signed, such as <c>X-Amz-Cf-Id</c>, which CloudFront adds.</summary>
    /// <value>Empty by default. A header that a handler of the request reads, such as <c>x-amz-copy-source</c>, must not be listed.</value>
    public ICollection<string> AllowedUnsignedHeaders { get; } = [];
}
