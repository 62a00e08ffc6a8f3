namespace PresignKit;

/// <summary>What a <see cref="PresignedUrlVerifier"/> expects. Immutable and thread-safe.</summary>
public sealed record PresignedUrlVerifierOptions
{
    /// <summary>The region that the credential scope must name; <c>null</c>, the default, for any: the secret key covers all of them.</summary>
    public string? Region { get; init; }

    /// <summary>The service that the credential scope must name: <c>s3</c> by default.</summary>
    /// <exception cref="ArgumentException">It is set to <c>null</c> or the empty string.</exception>
    public string Service
    {
        get;
        init => field = value is { Length: > 0 } ? value : throw new ArgumentException("The service has no name. Write 's3', or leave it at that.", nameof(Service));
    } = "s3";

    /// <summary>How far ahead of this clock the signer's may be: 0 to 1 day, 15 minutes by default, as AWS allows. It does not make a URL live longer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to something else.</exception>
    public TimeSpan ClockSkew
    {
        get;
        init => field = value >= TimeSpan.Zero && value <= TimeSpan.FromDays(1) ? value : throw new ArgumentOutOfRangeException(
            nameof(ClockSkew), value, "The allowance for clock skew has to be from 0 to 1 day; signers' clocks seldom differ by more than 15 minutes.");
    } = TimeSpan.FromMinutes(15);

    /// <summary>The longest life of a URL that is accepted: 1 second to 7 days (the default, and the limit of SigV4's query form); fractions of a second are cut off.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to something else.</exception>
    public TimeSpan MaxExpiresIn
    {
        get;
        init => field = Expiry.TryGetSeconds(value, S3Provider.SigV4MaxExpirySeconds, out _) ? value : throw new ArgumentOutOfRangeException(
            nameof(MaxExpiresIn), value, "MaxExpiresIn: " + Expiry.Problem(value, S3Provider.SigV4MaxExpirySeconds));
    } = TimeSpan.FromSeconds(S3Provider.SigV4MaxExpirySeconds);

    /// <summary>Whether a URL that has expired is as good as any: for signing it again.</summary>
    internal bool AcceptsExpired { get; init; }
}
