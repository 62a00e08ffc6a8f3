namespace PresignKit;

/// <summary>The options for a <see cref="PresignedPostVerifier"/>.</summary>
/// <remarks>Instances are mutable so that configuration can be bound to them, and they are not thread-safe. A verifier copies the options when it is created.</remarks>
public sealed class PresignedPostVerifierOptions
{
    /// <summary>Gets or sets the region that the credential scope must contain.</summary>
    /// <value>The default is <c>null</c>, which accepts any region because a secret access key is valid in all regions.</value>
    public string? Region { get; set; }

    /// <summary>Gets or sets the maximum amount of time by which the signer's clock may be ahead of the verifier's clock.</summary>
    /// <value>From 0 to 1 day. The default is 15 minutes, as on AWS.</value>
    /// <remarks>The clock skew does not extend the lifetime of a form.</remarks>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(15);
}
