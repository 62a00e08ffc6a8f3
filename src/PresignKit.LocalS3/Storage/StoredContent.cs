using System.Buffers;
using System.Collections.ObjectModel;
using System.IO.Pipelines;

namespace PresignKit.LocalS3.Storage;

/// <summary>The immutable bytes of an object or a part, in memory, in a temporary file, or in several parts.</summary>
/// <remarks>
/// References are counted, so that a download in progress can finish even if its object is replaced or deleted. The creator has the first reference. The last <see cref="Release"/> frees the
/// memory or deletes the files. Instances are thread-safe.
/// </remarks>
internal sealed class StoredContent
{
    // As large as possible without using the large object heap when the pool has to allocate a buffer.
    private const int ReadSize = 64 * 1024;

    private readonly StorageBudget? _budget;
    private readonly byte[]? _bytes;
    private readonly TemporaryFile? _file;
    private readonly StoredContent[]? _parts;

    // The offset of each part.
    private readonly long[]? _offsets;

    private int _references = 1;

    private StoredContent(long length, byte[] md5, IReadOnlyDictionary<ChecksumAlgorithm, byte[]>? checksums)
    {
        Length = length;
        Md5 = md5;
        Checksums = checksums ?? ReadOnlyDictionary<ChecksumAlgorithm, byte[]>.Empty;
    }

    private StoredContent(byte[] bytes, StorageBudget budget, byte[] md5, IReadOnlyDictionary<ChecksumAlgorithm, byte[]>? checksums)
        : this(bytes.Length, md5, checksums)
    {
        _bytes = bytes;
        _budget = budget;
    }

    private StoredContent(TemporaryFile file, long length, StorageBudget budget, byte[] md5, IReadOnlyDictionary<ChecksumAlgorithm, byte[]>? checksums)
        : this(length, md5, checksums)
    {
        _file = file;
        _budget = budget;
    }

    private StoredContent(StoredContent[] parts, long[] offsets, long length, byte[] md5, IReadOnlyDictionary<ChecksumAlgorithm, byte[]>? checksums)
        : this(length, md5, checksums)
    {
        _parts = parts;
        _offsets = offsets;
    }

    /// <summary>Gets the number of bytes.</summary>
    public long Length { get; }

    /// <summary>Gets the MD5 hash of the bytes. For concatenated contents, this is the value passed to <see cref="Concatenate"/>.</summary>
    public byte[] Md5 { get; }

    /// <summary>Gets the checksums that were requested from the writer.</summary>
    public IReadOnlyDictionary<ChecksumAlgorithm, byte[]> Checksums { get; }

    /// <summary>Creates content from bytes that are already counted in the budget, and takes ownership of the bytes.</summary>
    internal static StoredContent InMemory(byte[] bytes, StorageBudget budget, byte[] md5, IReadOnlyDictionary<ChecksumAlgorithm, byte[]>? checksums) =>
        new(bytes, budget, md5, checksums);

    /// <summary>Creates content from a file whose bytes are already counted in the budget, and takes ownership of the file.</summary>
    internal static StoredContent InFile(TemporaryFile file, long length, StorageBudget budget, byte[] md5, IReadOnlyDictionary<ChecksumAlgorithm, byte[]>? checksums) =>
        new(file, length, budget, md5, checksums);

    /// <summary>Concatenates contents without copying them. The result has its own references to the parts.</summary>
    public static StoredContent Concatenate(IReadOnlyList<StoredContent> parts, byte[] md5, IReadOnlyDictionary<ChecksumAlgorithm, byte[]>? checksums = null)
    {
        StoredContent[] copy = [.. parts];
        long[] offsets = new long[copy.Length];
        long length = 0;
        for (int i = 0; i < copy.Length; i++)
        {
            copy[i].AddReference();
            offsets[i] = length;
            length += copy[i].Length;
        }

        return new(copy, offsets, length, md5, checksums);
    }

    /// <summary>Adds a reference.</summary>
    /// <returns>This instance.</returns>
    /// <exception cref="ObjectDisposedException">
    /// The last reference was already released. To add a reference, the caller must hold one already, or must hold the lock of a bucket that has a reference.
    /// </exception>
    public StoredContent AddReference()
    {
        int references = Volatile.Read(ref _references);
        while (true)
        {
            ObjectDisposedException.ThrowIf(references <= 0, this);
            int current = Interlocked.CompareExchange(ref _references, references + 1, references);
            if (current == references)
            {
                return this;
            }

            references = current;
        }
    }

    /// <summary>Releases a reference.</summary>
    /// <exception cref="ObjectDisposedException">The last reference was already released.</exception>
    public void Release()
    {
        int references = Interlocked.Decrement(ref _references);
        ObjectDisposedException.ThrowIf(references < 0, this);
        if (references > 0)
        {
            return;
        }

        if (_bytes is not null)
        {
            _budget!.ReleaseMemory(Length);
        }
        else if (_file is not null)
        {
            _file.Dispose();
            _budget!.ReleaseDisk(Length);
        }
        else
        {
            foreach (StoredContent part in _parts!)
            {
                part.Release();
            }
        }
    }

    /// <summary>Writes a range of the bytes to a stream.</summary>
    public ValueTask CopyToAsync(Stream destination, long offset, long length, CancellationToken cancellationToken = default) =>
        CopyToAsync(destination.WriteAsync, offset, length, cancellationToken);

    /// <summary>Copies a range of the bytes to a writer, which computes the hashes of the copy.</summary>
    public ValueTask CopyToAsync(ContentWriter destination, long offset, long length, CancellationToken cancellationToken = default) =>
        CopyToAsync(destination.WriteAsync, offset, length, cancellationToken);

    /// <summary>Writes a range of the bytes to a pipe, reading files directly into its buffers.</summary>
    /// <exception cref="OperationCanceledException">The operation was canceled, or the flush of the pipe was canceled.</exception>
    /// <exception cref="IOException">The reader of the pipe stopped reading.</exception>
    public async ValueTask CopyToAsync(PipeWriter destination, long offset, long length, CancellationToken cancellationToken = default)
    {
        foreach (Segment segment in SegmentsOf(offset, length))
        {
            for (long position = segment.Offset, end = segment.Offset + segment.Length; position < end;)
            {
                int size = (int)Math.Min(ReadSize, end - position);
                Memory<byte> memory = destination.GetMemory(size)[..size];
                if (segment.Content._bytes is { } bytes)
                {
                    bytes.AsMemory((int)position, size).CopyTo(memory);
                }
                else
                {
                    size = await segment.Content.ReadAsync(memory, position, cancellationToken).ConfigureAwait(false);
                }

                destination.Advance(size);
                position += size;
                FlushResult flush = await destination.FlushAsync(cancellationToken).ConfigureAwait(false);
                if (flush.IsCanceled)
                {
                    throw new OperationCanceledException();
                }

                if (flush.IsCompleted && position < end)
                {
                    throw new IOException("The client stopped reading before the response was complete.");
                }
            }
        }
    }

    /// <summary>Returns a copy of all bytes.</summary>
    /// <exception cref="InvalidOperationException">The content is longer than an array can be.</exception>
    public byte[] ToArray()
    {
        if (Length > Array.MaxLength)
        {
            throw new InvalidOperationException($"The content has {Length} bytes, which is more than an array can contain. Read it as a stream.");
        }

        byte[] result = new byte[Length];
        int position = 0;
        foreach (Segment segment in SegmentsOf(0, Length))
        {
            Span<byte> target = result.AsSpan(position, (int)segment.Length);
            segment.Content.Read(target, segment.Offset);
            position += target.Length;
        }

        return result;
    }

    private async ValueTask CopyToAsync(
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> write, long offset, long length, CancellationToken cancellationToken)
    {
        foreach (Segment segment in SegmentsOf(offset, length))
        {
            if (segment.Content._bytes is { } bytes)
            {
                await write(bytes.AsMemory((int)segment.Offset, (int)segment.Length), cancellationToken).ConfigureAwait(false);
                continue;
            }

            byte[] buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
            try
            {
                for (long position = segment.Offset, end = segment.Offset + segment.Length; position < end;)
                {
                    int size = (int)Math.Min(buffer.Length, end - position);
                    int read = await segment.Content.ReadAsync(buffer.AsMemory(0, size), position, cancellationToken).ConfigureAwait(false);
                    await write(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                    position += read;
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    // Splits a range into segments of contents that are in memory or in a file.
    private IEnumerable<Segment> SegmentsOf(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length - offset);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _references) <= 0, this);
        if (length == 0)
        {
            return [];
        }

        return _parts is null ? [new(this, offset, length)] : PartSegmentsOf(offset, length);
    }

    private IEnumerable<Segment> PartSegmentsOf(long offset, long length)
    {
        int first = Array.BinarySearch(_offsets!, offset);
        if (first < 0)
        {
            first = ~first - 1;
        }

        for (int i = first; length > 0; i++)
        {
            StoredContent part = _parts![i];
            long start = offset - _offsets![i];
            long count = Math.Min(length, part.Length - start);
            foreach (Segment segment in part.SegmentsOf(start, count))
            {
                yield return segment;
            }

            offset += count;
            length -= count;
        }
    }

    private async ValueTask<int> ReadAsync(Memory<byte> buffer, long position, CancellationToken cancellationToken)
    {
        int read = await RandomAccess.ReadAsync(_file!.Handle, buffer, position, cancellationToken).ConfigureAwait(false);
        return read > 0 ? read : throw Truncated();
    }

    private void Read(Span<byte> buffer, long position)
    {
        if (_bytes is not null)
        {
            _bytes.AsSpan((int)position, buffer.Length).CopyTo(buffer);
            return;
        }

        while (!buffer.IsEmpty)
        {
            int read = RandomAccess.Read(_file!.Handle, buffer, position);
            if (read == 0)
            {
                throw Truncated();
            }

            buffer = buffer[read..];
            position += read;
        }
    }

    private EndOfStreamException Truncated() =>
        new($"The temporary file of the object has fewer than {Length} bytes. Do not change or delete the files of a running server.");

    private readonly record struct Segment(StoredContent Content, long Offset, long Length);
}
