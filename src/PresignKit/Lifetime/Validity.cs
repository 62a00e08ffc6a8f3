namespace PresignKit;

/// <summary>From when on, and for how many seconds, a URL holds.</summary>
internal readonly record struct Validity(DateTimeOffset SignedAt, int Seconds)
{
    public DateTimeOffset ExpiresAt => new(SignedAt.UtcTicks + Seconds * TimeSpan.TicksPerSecond, TimeSpan.Zero);

    /// <summary>The validity of a URL that is signed now.</summary>
    /// <param name="expiresIn">The duration that was asked for, or <c>null</c> for the default one.</param>
    /// <param name="rules">The options and the store.</param>
    /// <param name="credentials">Whose end a URL never outlives in silence.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="paramName">The caller's parameter that holds the duration.</param>
    public static Validity Of(TimeSpan? expiresIn, ValidityRules rules, S3Credentials credentials, TimeProvider timeProvider, string paramName)
    {
        int wanted = rules.Default;
        if (expiresIn is { } asked && !Expiry.TryGetSeconds(asked, rules.Max, out wanted))
        {
            throw new ArgumentOutOfRangeException(paramName, asked, "ExpiresIn: " + Expiry.Problem(asked, rules.Max));
        }

        DateTimeOffset now = Floor(timeProvider.GetUtcNow(), seconds: 1);
        DateTimeOffset signedAt = rules.Window > 0 ? Floor(now, rules.Window) : now;

        // The window comes on top: at its end, the URL still holds as long as was asked for.
        int seconds = wanted + rules.Window;
        if (seconds > rules.Max)
        {
            throw new ArgumentOutOfRangeException(
                paramName,
                expiresIn,
                FormattableString.Invariant(
                    $"ExpiresIn: {wanted} seconds and the SigningWindow of {rules.Window} are more than the {rules.Max} seconds that the store takes. Ask for {rules.Max - rules.Window} seconds at most, or make the window shorter."));
        }

        return credentials.ExpiresAt is { } end && end < signedAt.AddSeconds(seconds)
            ? new Validity(signedAt, UntilTheEnd(expiresIn, wanted, rules, credentials, now, signedAt, paramName))
            : new Validity(signedAt, seconds);
    }

    private static int UntilTheEnd(
        TimeSpan? expiresIn, int wanted, ValidityRules rules, S3Credentials credentials, DateTimeOffset now, DateTimeOffset signedAt, string paramName)
    {
        DateTimeOffset end = credentials.ExpiresAt!.Value;
        int left = (int)Math.Floor((end - now).TotalSeconds);
        if (left < 1)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"The credentials of '{credentials.AccessKeyId}' have expired at {end.UtcDateTime:u}; every URL that they sign answers 403. Renew them."));
        }

        bool refuses = rules.CredentialExpiry == CredentialExpiry.Refuse || (rules.CredentialExpiry == CredentialExpiry.Auto && expiresIn is not null);
        if (left < wanted && refuses)
        {
            throw new ArgumentOutOfRangeException(
                paramName,
                expiresIn ?? TimeSpan.FromSeconds(wanted),
                FormattableString.Invariant(
                    $"ExpiresIn: {wanted} seconds are longer than the credentials of '{credentials.AccessKeyId}' hold, which end in {left} seconds, at {end.UtcDateTime:u}; the URL would end with them. Ask for {left} seconds at most, sign with credentials that hold longer, or set CredentialExpiry to Clamp."));
        }

        return (int)(now - signedAt).TotalSeconds + left;
    }

    /// <summary>The instant cut down to a multiple of so many seconds.</summary>
    public static DateTimeOffset Floor(DateTimeOffset instant, int seconds)
    {
        long step = seconds * TimeSpan.TicksPerSecond;
        return new DateTimeOffset(instant.UtcTicks - instant.UtcTicks % step, TimeSpan.Zero);
    }
}
