using System.Security.Cryptography;

namespace PresignKit.Signing;

/// <summary>
/// Reuses hash objects with a key: to make one costs as much as to hash a canonical request. There are as many slots as processors, and a thread has its own by its id, so that threads
/// seldom meet; a thread that finds its slot empty makes another object. Thread-safe.
/// </summary>
internal sealed class HashPool(Func<IncrementalHash> create)
{
    public const int Sha256Size = 32;

    [ThreadStatic]
    private static IncrementalHash? _sha256;

    // A slot to a cache line of 64 bytes, and none in the line of the array's length: what two processors write would be sent to and fro.
    private const int Stride = 8;

    private static readonly int Count = Environment.ProcessorCount;

    private readonly IncrementalHash?[] _slots = new IncrementalHash?[(Count + 1) * Stride];

    /// <summary>SHA-256 without a key. One object for each thread: it is the same for all keys.</summary>
    public static void Sha256(scoped ReadOnlySpan<byte> data, scoped Span<byte> destination)
    {
        IncrementalHash hash = _sha256 ?? IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        // Put back when it is done: what a failure left half-way must not be gone on with.
        _sha256 = null;
        Platform.Hash(hash, data, destination);
        _sha256 = hash;
    }

    public void Hash(scoped ReadOnlySpan<byte> data, scoped Span<byte> destination)
    {
        ref IncrementalHash? slot = ref _slots[(Environment.CurrentManagedThreadId % Count + 1) * Stride];
        IncrementalHash hash = Interlocked.Exchange(ref slot, null) ?? create();
        Platform.Hash(hash, data, destination);
        if (Interlocked.CompareExchange(ref slot, hash, null) is not null)
        {
            hash.Dispose();
        }
    }
}
