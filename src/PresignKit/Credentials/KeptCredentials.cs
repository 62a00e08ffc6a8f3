namespace PresignKit;

/// <summary>Credentials, and when to renew them. Immutable.</summary>
internal sealed class KeptCredentials
{
    public KeptCredentials(S3Credentials credentials, DateTimeOffset now, TimeSpan renewBefore)
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
                $"The provider of the credentials returned those of '{credentials.AccessKeyId}', which have expired at {end.UtcDateTime:u}. It has to return credentials that hold."));
        }

        // A provider may give the same ones until shortly before their end: the time left halves, so that it is not asked all the time.
        TimeSpan left = end - now;
        TimeSpan half = TimeSpan.FromTicks(left.Ticks / 2);
        RenewAt = now + (left - renewBefore > half ? left - renewBefore : half);
    }

    public S3Credentials Credentials { get; }

    public DateTimeOffset RenewAt { get; }

    public bool HoldsAt(DateTimeOffset instant) => Credentials.ExpiresAt is not { } end || instant < end;
}
