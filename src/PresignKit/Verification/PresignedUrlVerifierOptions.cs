namespace PresignKit;

/// <summary>The options for a <see cref="PresignedUrlVerifier"/>.</summary>
/// <remarks>Instances are mutable so that configuration can be bound to them, and they are not thread-safe. A verifier copies the options when it is created.</remarks>
public sealed class PresignedUrlVerifierOptions
{
    /// <summary>Gets or sets the region that the credential scope must contain.</summary>
    /// <value>The default is <c>null</c>, which accepts any region because a secret access key is valid in all regions.</value>
    public string? Region { get; set; }

    /// <summary>Gets or sets the service that the credential scope must contain.</summary>
    /// <value>The default is <c>s3</c>.</value>
    public string Service { get; set; } = "s3";

    /// <summary>Gets or sets the endpoint of the store that the verifier stands in for.</summary>
    /// <value>The default is <c>null</c>. Without an endpoint, the bucket and the key are known only if the host is an IP address or <c>localhost</c>, or belongs to a known
    /// provider. With an endpoint, they are known only for URLs with the endpoint's host and base path. For all other URLs, they are <c>null</c>.</value>
    /// <remarks>The endpoint determines the bucket and the key of <see cref="PresignedUrlVerificationResult.Url"/>.</remarks>
    public S3Endpoint? Endpoint { get; set; }

    /// <summary>Gets or sets the maximum amount of time by which the signer's clock may be ahead of the verifier's clock.</summary>
    /// <value>From 0 to 1 day. The default is 15 minutes, as on AWS.</value>
    /// <remarks>The clock skew does not extend the lifetime of a URL.</remarks>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets or sets the maximum lifetime of a URL.</summary>
    /// <value>From 1 second to the store's maximum. The store's maximum is 7 days (the limit for SigV4 in a query) unless the store at <see cref="Endpoint"/> allows more. The
    /// default is <c>null</c>, which means the store's maximum.</value>
    /// <remarks>Fractions of a second are ignored.</remarks>
    public TimeSpan? MaxExpiresIn { get; set; }

    /// <summary>Gets or sets a value that indicates whether expired URLs are accepted, for example to replace them with new URLs.</summary>
    /// <value>The default is <c>false</c>.</value>
    public bool AcceptsExpired { get; set; }

    /// <summary>Gets the names of <c>x-amz-*</c> headers that may be sent without being signed, such as <c>X-Amz-Cf-Id</c>, which CloudFront adds.</summary>
    /// <value>Empty by default. Do not add a header that your request handler reads, such as <c>x-amz-copy-source</c>.</value>
    public ICollection<string> AllowedUnsignedHeaders { get; } = [];
}
