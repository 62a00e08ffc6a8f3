using System.Diagnostics;

namespace PresignKit;

/// <summary>A bounded, thread-safe cache of the signing keys that are in use, keyed by access key, region and day.</summary>
/// <remarks>
/// Deriving a key takes four times as long as signing with it.
/// <code>
/// set = hash(access key ID, region, day) % 64      set 0: [key][key][key][key]
///                                                  set 1: [key][key][key][key]      a new key is stored in an empty slot of its set or replaces a key there
/// </code>
/// A replaced key is retired: its hash objects are disposed when their last user returns them.
/// </remarks>
internal sealed class SigningKeyCache(string service)
{
    private const int Sets = 64;
    private const int Ways = 4;

    // Real region names have at most 30 characters, but a received URL might contain a longer one. To limit the size of the cache, keys for longer region names are not cached.
    private const int MaxRegionLength = 64;

    // Hidden from debuggers, because the entries contain keys.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly Entry?[] _entries = new Entry?[Sets * Ways];

    private int _turn;

    public string Service => service;

    /// <summary>Gets the key for these credentials, deriving and caching it if necessary.</summary>
    public SigningKey GetOrAdd(S3Credentials credentials, string region, DateTime signedAt)
    {
        if (Find(credentials, region, signedAt) is { } found)
        {
            return found;
        }

        SigningKey key = Derive(credentials, region, signedAt);
        Add(credentials, key);
        return key;
    }

    /// <summary>Gets the cached key for these credentials, or <c>null</c> if it is not cached.</summary>
    public SigningKey? Find(S3Credentials credentials, string region, DateTime signedAt)
    {
        int set = SetOf(credentials, region, signedAt);
        for (int i = set; i < set + Ways; i++)
        {
            if (Volatile.Read(ref _entries[i]) is { } entry && entry.IsFor(credentials, region, signedAt))
            {
                return entry.Key;
            }
        }

        return null;
    }

    /// <summary>Derives a key without caching it, so that unauthenticated requests cannot evict keys that are in use.</summary>
    public SigningKey Derive(S3Credentials credentials, string region, DateTime signedAt) =>
        SigningKey.Derive(credentials.SecretAccessKey, new CredentialScope(signedAt, region, service));

    /// <summary>Caches a key, or retires it if its region name is too long or the same key is already cached.</summary>
    /// <remarks>A retired key can still sign.</remarks>
    public void Add(S3Credentials credentials, SigningKey key)
    {
        if (key.Scope.Region.Length > MaxRegionLength)
        {
            key.Retire();
            return;
        }

        Entry entry = new(credentials, key);
        int set = SetOf(credentials, key.Scope.Region, key.Scope.Date);
        for (int i = set; i < set + Ways; i++)
        {
            // Several threads might derive the first key of a day at the same time, so the same key might already be cached.
            Entry? existing = Interlocked.CompareExchange(ref _entries[i], entry, null);
            if (existing is null)
            {
                return;
            }

            if (existing.IsFor(credentials, key.Scope.Region, key.Scope.Date))
            {
                key.Retire();
                return;
            }
        }

        int replaced = (int)((uint)Interlocked.Increment(ref _turn) % Ways);
        Interlocked.Exchange(ref _entries[set + replaced], entry)?.Key.Retire();
    }

    /// <summary>Checks a signature with the key for these credentials.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <param name="region">The region in the received scope.</param>
    /// <param name="signedAt">The signing time in UTC.</param>
    /// <param name="received">The received request or form.</param>
    /// <param name="isSignedWith">A function that determines whether <paramref name="received"/> is signed with a key.</param>
    /// <remarks>A key is cached only after it has verified a signature, so that unauthenticated requests cannot evict keys that are in use.</remarks>
    public bool IsSigned<T>(S3Credentials credentials, string region, DateTime signedAt, T received, Func<T, SigningKey, bool> isSignedWith)
    {
        SigningKey? cached = Find(credentials, region, signedAt);
        SigningKey key = cached ?? Derive(credentials, region, signedAt);
        bool isSigned = isSignedWith(received, key);
        if (cached is null)
        {
            if (isSigned)
            {
                Add(credentials, key);
            }
            else
            {
                key.Retire();
            }
        }

        return isSigned;
    }

    /// <summary>Removes and retires all keys.</summary>
    public void Clear()
    {
        for (int i = 0; i < _entries.Length; i++)
        {
            Interlocked.Exchange(ref _entries[i], null)?.Key.Retire();
        }
    }

    private static int SetOf(S3Credentials credentials, string region, DateTime signedAt)
    {
        uint hash = (uint)(credentials.AccessKeyId.GetHashCode() ^ region.GetHashCode()) + (uint)(signedAt.Ticks / TimeSpan.TicksPerDay);
        return (int)(hash % Sets) * Ways;
    }

    private sealed class Entry(S3Credentials credentials, SigningKey key)
    {
        public SigningKey Key => key;

        public bool IsFor(S3Credentials other, string region, DateTime signedAt) =>
            (ReferenceEquals(credentials, other) || credentials.SecretAccessKey == other.SecretAccessKey) && key.Scope.Covers(signedAt) && key.Scope.Region == region;
    }
}
