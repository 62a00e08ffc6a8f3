namespace PresignKit;

/// <summary>The instant at which a URL is signed, and its lifetime in seconds.</summary>
internal readonly record struct Validity(DateTimeOffset SignedAt, int Seconds)
{
    public DateTimeOffset ExpiresAt => new(SignedAt.UtcTicks + Seconds * TimeSpan.TicksPerSecond, TimeSpan.Zero);

    /// <summary>Returns the validity period of a URL that is signed at the current time.</summary>
    /// <param name="expiresIn">The requested lifetime, or <c>null</c> for the default lifetime.</param>
    /// <param name="rules">The limits from the options and the store.</param>
    /// <param name="credentials">The credentials, which a URL must not silently outlive.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="paramName">The name of the caller's parameter that contains the lifetime.</param>
    public static Validity Of(TimeSpan? expiresIn, ValidityRules rules, S3Credentials credentials, TimeProvider timeProvider, string paramName)
    {
        int wanted = rules.Default;
        if (expiresIn is { } requested && !Expiry.TryGetSeconds(requested, rules.Max, out wanted))
        {
            throw new ArgumentOutOfRangeException(paramName, requested, Expiry.Problem("ExpiresIn", requested, rules.Max, "Request a lifetime in this range, and presign a new URL when it expires."));
        }

        DateTimeOffset now = Floor(timeProvider.GetUtcNow(), seconds: 1);
        DateTimeOffset signedAt = rules.Window > 0 ? Floor(now, rules.Window) : now;

        // The window is added, because a URL that is presigned at the end of a window must still have the requested lifetime.
        int seconds = wanted + rules.Window;
        if (seconds > rules.Max)
        {
            throw new ArgumentOutOfRangeException(
                paramName,
                expiresIn,
                FormattableString.Invariant(
                    $"ExpiresIn is {wanted} s, which together with the SigningWindow of {rules.Window} s exceeds the store's maximum of {rules.Max} s. Request at most {rules.Max - rules.Window} s, or use a shorter window."));
        }

        if (signedAt.UtcTicks > DateTimeOffset.MaxValue.UtcTicks - seconds * TimeSpan.TicksPerSecond)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"The clock shows {signedAt.UtcDateTime:u}, so the URL would expire after the year 9999, which is not supported. Correct the clock (the TimeProvider)."));
        }

        return credentials.ExpiresAt is { } end && end < signedAt.AddSeconds(seconds)
            ? new Validity(signedAt, UntilExpiryOf(credentials, expiresIn, wanted, rules, now, signedAt, paramName))
            : new Validity(signedAt, seconds);
    }

    /// <summary>Rounds an instant down to a multiple of the specified number of seconds.</summary>
    public static DateTimeOffset Floor(DateTimeOffset instant, int seconds)
    {
        long step = seconds * TimeSpan.TicksPerSecond;
        return new DateTimeOffset(instant.UtcTicks - instant.UtcTicks % step, TimeSpan.Zero);
    }

    private static int UntilExpiryOf(
        S3Credentials credentials, TimeSpan? expiresIn, int wanted, ValidityRules rules, DateTimeOffset now, DateTimeOffset signedAt, string paramName)
    {
        DateTimeOffset end = credentials.ExpiresAt!.Value;
        int left = (int)Math.Floor((end - now).TotalSeconds);
        if (left < 1)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"The credentials for '{credentials.AccessKeyId}' expired at {end.UtcDateTime:u}, so the store would reject the URL with 403. Use new credentials."));
        }

        bool throws = rules.CredentialExpiry == CredentialExpiry.Throw || (rules.CredentialExpiry == CredentialExpiry.Auto && expiresIn is not null);
        if (left < wanted && throws)
        {
            throw new ArgumentOutOfRangeException(
                paramName,
                expiresIn ?? TimeSpan.FromSeconds(wanted),
                FormattableString.Invariant(
                    $"ExpiresIn is {wanted} s, but the credentials for '{credentials.AccessKeyId}' expire in {left} s ({end.UtcDateTime:u}). Request at most {left} s, or set CredentialExpiry to Clamp."));
        }

        return (int)(now - signedAt).TotalSeconds + left;
    }
}
