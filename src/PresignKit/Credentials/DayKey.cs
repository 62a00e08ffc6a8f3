using System.Diagnostics;
using PresignKit.Signing;

namespace PresignKit;

/// <summary>
/// The signing key of the day for one region and service: one immutable entry, swapped whole. Across midnight or a rotation a thread sees the old
/// pair of credentials and key or the new one.
/// </summary>
internal sealed class DayKey(string region, string service)
{
    // The key itself: a debugger that expands a presigner stops here.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private Entry? _entry;

    public string Region => region;

    public string Service => service;

    public SigningKey For(S3Credentials credentials, DateTime signedAt)
    {
        Entry? entry = Volatile.Read(ref _entry);
        if (entry is null || !entry.Credentials.SignsLike(credentials) || !entry.Key.Scope.Covers(signedAt))
        {
            CredentialScope scope = new(signedAt.Date, region, service);
            entry = new Entry(credentials, SigningKey.Derive(credentials.SecretAccessKey, scope));
            Volatile.Write(ref _entry, entry);
        }

        return entry.Key;
    }

    private sealed class Entry(S3Credentials credentials, SigningKey key)
    {
        public S3Credentials Credentials { get; } = credentials;

        public SigningKey Key { get; } = key;
    }
}
