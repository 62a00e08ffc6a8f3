namespace PresignKit;

/// <summary>Cached credentials and the time at which to renew them.</summary>
internal sealed class CachedCredentials
{
    public CachedCredentials(S3Credentials credentials, DateTimeOffset now, TimeSpan renewBefore)
    {
        Credentials = credentials;
        RenewAt = DateTimeOffset.MaxValue;
        if (credentials.ExpiresAt is not { } end)
        {
            return;
        }

        if (end <= now)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"The credentials provider returned credentials for '{credentials.AccessKeyId}' that expired at {end.UtcDateTime:u}. It must return credentials that are still valid."));
        }

        // Some providers return the same credentials until shortly before they expire. Waiting for at least half of the remaining time avoids calling such a
        // provider continuously.
        TimeSpan left = end - now;
        TimeSpan half = TimeSpan.FromTicks(left.Ticks / 2);
        RenewAt = now + (left - renewBefore > half ? left - renewBefore : half);
    }

    public S3Credentials Credentials { get; }

    public DateTimeOffset RenewAt { get; }

    public bool IsValidAt(DateTimeOffset instant) => Credentials.ExpiresAt is not { } end || instant < end;
}
