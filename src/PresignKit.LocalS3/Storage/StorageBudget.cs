namespace PresignKit.LocalS3.Storage;

/// <summary>Limits the number of bytes that the contents of one server use in memory and on disk.</summary>
/// <remarks>Instances are thread-safe. Only the bytes of bodies count, not metadata or the buffers of uploads that are written to disk.</remarks>
/// <param name="maxMemory">The maximum number of bytes in memory.</param>
/// <param name="maxDisk">The maximum number of bytes in temporary files.</param>
internal sealed class StorageBudget(long maxMemory, long maxDisk)
{
    private long _memory;
    private long _disk;

    /// <summary>Gets the number of bytes that are in use in memory.</summary>
    public long Memory => Interlocked.Read(ref _memory);

    /// <summary>Gets the number of bytes that are in use in temporary files.</summary>
    public long Disk => Interlocked.Read(ref _disk);

    /// <summary>Reserves bytes in memory.</summary>
    /// <exception cref="StorageFullException">The bytes would exceed the limit. Nothing is reserved.</exception>
    public void ReserveMemory(long bytes)
    {
        if (!TryReserve(ref _memory, bytes, maxMemory))
        {
            throw new StorageFullException(
                $"The objects and parts in memory would exceed the limit of {maxMemory} bytes. Delete objects, or increase LocalS3Options.MaxMemoryBytes.");
        }
    }

    /// <summary>Reserves bytes in temporary files.</summary>
    /// <exception cref="StorageFullException">The bytes would exceed the limit. Nothing is reserved.</exception>
    public void ReserveDisk(long bytes)
    {
        if (!TryReserve(ref _disk, bytes, maxDisk))
        {
            throw new StorageFullException(
                $"The objects and parts in temporary files would exceed the limit of {maxDisk} bytes. Delete objects, or increase LocalS3Options.MaxDiskBytes.");
        }
    }

    public void ReleaseMemory(long bytes) => Interlocked.Add(ref _memory, -bytes);

    public void ReleaseDisk(long bytes) => Interlocked.Add(ref _disk, -bytes);

    private static bool TryReserve(ref long used, long bytes, long max)
    {
        long before = Interlocked.Read(ref used);
        while (bytes <= max - before)
        {
            long current = Interlocked.CompareExchange(ref used, before + bytes, before);
            if (current == before)
            {
                return true;
            }

            before = current;
        }

        return false;
    }
}
