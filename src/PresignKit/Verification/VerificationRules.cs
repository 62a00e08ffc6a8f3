namespace PresignKit;

/// <summary>The rules for verification: a validated, immutable snapshot of <see cref="PresignedUrlVerifierOptions"/> or <see cref="PresignedPostVerifierOptions"/>.</summary>
internal sealed class VerificationRules
{
    public string? Region { get; init; }

    public string Service { get; init; } = "s3";

    public S3Endpoint? Endpoint { get; init; }

    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets the maximum lifetime in seconds.</summary>
    public int MaxExpiresIn { get; init; } = S3Provider.SigV4MaxExpirySeconds;

    public bool AcceptsExpired { get; init; }

    public string[] AllowedUnsignedHeaders { get; init; } = [];

    /// <exception cref="ArgumentException">An option is not valid.</exception>
    public static VerificationRules From(PresignedUrlVerifierOptions options)
    {
        if (options.Service is not { Length: > 0 })
        {
            throw new ArgumentException("Service is empty. Set it to the service in the credential scope, such as 's3', or leave it at its default.", nameof(options));
        }

        RequireClockSkew(options.ClockSkew, nameof(options));
        int storeMax = options.Endpoint?.MaxExpirySeconds ?? S3Provider.SigV4MaxExpirySeconds;
        int max = storeMax;
        if (options.MaxExpiresIn is { } asked && !Expiry.TryGetSeconds(asked, storeMax, out max))
        {
            throw new ArgumentOutOfRangeException(nameof(options), asked, Expiry.Problem("MaxExpiresIn", asked, storeMax));
        }

        return new VerificationRules
        {
            Region = options.Region,
            Service = options.Service,
            Endpoint = options.Endpoint,
            ClockSkew = options.ClockSkew,
            MaxExpiresIn = max,
            AcceptsExpired = options.AcceptsExpired,
            AllowedUnsignedHeaders = [.. options.AllowedUnsignedHeaders],
        };
    }

    /// <exception cref="ArgumentException">An option is not valid.</exception>
    public static VerificationRules From(PresignedPostVerifierOptions options)
    {
        RequireClockSkew(options.ClockSkew, nameof(options));
        return new VerificationRules { Region = options.Region, ClockSkew = options.ClockSkew };
    }

    private static void RequireClockSkew(TimeSpan skew, string paramName)
    {
        if (skew < TimeSpan.Zero || skew > TimeSpan.FromDays(1))
        {
            throw new ArgumentOutOfRangeException(
                paramName, skew, FormattableString.Invariant($"ClockSkew is {skew:c}, but must be from 0 to 1 day. Set it to a duration in this range, such as the default of 15 minutes."));
        }
    }
}
