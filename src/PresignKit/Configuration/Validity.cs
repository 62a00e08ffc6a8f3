namespace PresignKit;

/// <summary>From when on, and for how many seconds, a URL holds.</summary>
internal readonly record struct Validity(DateTimeOffset SignedAt, int Seconds)
{
    public DateTimeOffset ExpiresAt => SignedAt.AddSeconds(Seconds);

    /// <summary>
    /// A URL never outlives its credentials in silence: where they end first, a duration that was asked for is refused, and the default one is cut down.
    /// </summary>
    public static Validity Of(S3Operation operation, PresignerSettings settings, S3Credentials credentials, TimeProvider timeProvider)
    {
        int seconds = settings.DefaultExpiresIn;
        if (operation.ExpiresIn is { } asked && !Expiry.TryGetSeconds(asked, out seconds))
        {
            throw new ArgumentOutOfRangeException(nameof(operation), asked, "ExpiresIn: " + Expiry.Problem(asked));
        }

        DateTimeOffset now = timeProvider.GetUtcNow();
        DateTimeOffset signedAt = new(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
        return credentials.ExpiresAt is { } end && end < signedAt.AddSeconds(seconds)
            ? new Validity(signedAt, CutDown(operation, signedAt, end, credentials.AccessKeyId))
            : new Validity(signedAt, seconds);
    }

    private static int CutDown(S3Operation operation, DateTimeOffset signedAt, DateTimeOffset end, string accessKeyId)
    {
        if (!Expiry.TryGetSeconds(end - signedAt, out int left))
        {
            throw new InvalidOperationException(
                FormattableString.Invariant($"The credentials of '{accessKeyId}' have expired at {end.UtcDateTime:u}; every URL that they sign answers 403. Renew them."));
        }

        return operation.ExpiresIn is not { } asked ? left : throw new ArgumentOutOfRangeException(
            nameof(operation),
            asked,
            FormattableString.Invariant(
                $"ExpiresIn: '{asked:c}' is longer than the credentials of '{accessKeyId}' hold, which end in {left} seconds, at {end.UtcDateTime:u}; the URL would end with them. Ask for {left} seconds at most, leave ExpiresIn out, or sign with credentials that hold longer."));
    }
}
