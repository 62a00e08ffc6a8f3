using System.Diagnostics;

namespace PresignKit;

/// <summary>
/// Signing keys of several access keys, regions and days that are needed in turns: a verifier meets links of each day of a week, and to derive a key takes longer than to verify a link.
/// Each has a place by access key, region and day, and gives way to another one of the same place. Thread-safe.
/// </summary>
internal sealed class RecentKeys(string service)
{
    private const int Places = 256;

    // Real ones have 30 characters at most. A URL can hold more, and what is kept must stay small.
    private const int MaxRegionLength = 64;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly KeptKey?[] _keys = new KeptKey?[Places];

    /// <summary>The key that was kept; <c>null</c> where there is none.</summary>
    public SigningKey? Find(S3Credentials credentials, string region, DateTime signedAt)
    {
        KeptKey? kept = Volatile.Read(ref PlaceOf(credentials, region, signedAt));
        return kept?.IsFor(credentials, region, signedAt) == true ? kept.Key : null;
    }

    /// <summary>A new key. It is not kept: what strangers ask for must not push out what is in use.</summary>
    public SigningKey Derive(S3Credentials credentials, string region, DateTime signedAt) =>
        SigningKey.Derive(credentials.SecretAccessKey, new CredentialScope(signedAt, region, service));

    /// <summary>Keeps a key that proved right.</summary>
    public void Keep(S3Credentials credentials, SigningKey key)
    {
        if (key.Scope.Region.Length <= MaxRegionLength)
        {
            Volatile.Write(ref PlaceOf(credentials, key.Scope.Region, key.Scope.Date), new KeptKey(credentials, key));
        }
    }

    // Days are added as they are: those of a week never meet.
    private ref KeptKey? PlaceOf(S3Credentials credentials, string region, DateTime signedAt) =>
        ref _keys[(uint)((credentials.AccessKeyId.GetHashCode() ^ region.GetHashCode()) + (int)(signedAt.Ticks / TimeSpan.TicksPerDay)) % Places];
}
