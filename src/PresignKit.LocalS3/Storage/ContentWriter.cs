using System.Buffers;
using System.Security.Cryptography;

namespace PresignKit.LocalS3.Storage;

/// <summary>Receives the body of an object or a part, and computes its hashes.</summary>
/// <remarks>
/// Up to 64 KiB are stored in memory, and longer bodies in a temporary file. MD5, which every ETag requires, is slower than the network and the file, so it runs in parallel with both:
/// <code>
/// caller          fill block 2              fill block 3              …
/// thread pool     MD5 of block 1            MD5 of block 2            …
/// thread pool     write block 1, other hashes   write block 2, other hashes   …
/// </code>
/// A writer uses two blocks regardless of the length of the body. Instances are not thread-safe.
/// </remarks>
internal sealed class ContentWriter : IAsyncDisposable
{
    private const int MaxInMemory = 64 * 1024;
    private const int BlockSize = 256 * 1024;

    private readonly StorageBudget _budget;
    private readonly TemporaryFolder _folder;
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private readonly (ChecksumAlgorithm Algorithm, ChecksumHash Hash)[] _checksums;
    private readonly IReadOnlyCollection<ChecksumAlgorithm> _requested;
    private readonly bool _sha256OfContent;

    // The block that is being filled.
    private byte[]? _block;
    private int _filled;

    // The block that is being hashed and written.
    private byte[]? _pendingBlock;
    private Task _pending = Task.CompletedTask;

    private TemporaryFile? _file;
    private long _written;
    private long _reservedMemory;
    private long _reservedDisk;
    private State _state;

    /// <param name="budget">The budget that the bytes count towards.</param>
    /// <param name="folder">The folder for bodies that are longer than 64 KiB.</param>
    /// <param name="checksums">The checksums to compute.</param>
    /// <param name="sha256OfContent">Whether to compute <see cref="Sha256"/>.</param>
    public ContentWriter(StorageBudget budget, TemporaryFolder folder, IReadOnlyCollection<ChecksumAlgorithm> checksums, bool sha256OfContent = false)
    {
        _budget = budget;
        _folder = folder;
        _requested = checksums;
        _sha256OfContent = sha256OfContent;
        IEnumerable<ChecksumAlgorithm> algorithms = sha256OfContent ? checksums.Append(ChecksumAlgorithm.Sha256) : checksums;
        _checksums = [.. algorithms.Distinct().Select(algorithm => (algorithm, ChecksumHash.Create(algorithm)))];
    }

    private enum State
    {
        Open,
        Failed,
        Completed,
        Disposed,
    }

    /// <summary>Gets the number of bytes received.</summary>
    public long Length { get; private set; }

    /// <summary>Gets the SHA-256 hash of the body, or <c>null</c> if it was not requested or the writer is not complete.</summary>
    public byte[]? Sha256 { get; private set; }

    /// <summary>Appends bytes to the body.</summary>
    /// <remarks>The bytes are copied, so the caller can reuse the memory when the task is completed. After an exception, the writer can only be disposed.</remarks>
    /// <exception cref="StorageFullException">The bytes do not fit within the budget.</exception>
    /// <exception cref="IOException">An earlier block could not be written.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        RequireOpen();
        cancellationToken.ThrowIfCancellationRequested();

        // If the reservation fails, the body is incomplete, so CompleteAsync must not accept it.
        _state = State.Failed;
        Reserve(data.Length);
        _state = State.Open;
        Length += data.Length;
        return TryFill(ref data) ? ValueTask.CompletedTask : WriteBlocksAsync(data);
    }

    /// <inheritdoc cref="WriteAsync(ReadOnlyMemory{byte}, CancellationToken)"/>
    public async ValueTask WriteAsync(ReadOnlySequence<byte> data, CancellationToken cancellationToken = default)
    {
        foreach (ReadOnlyMemory<byte> segment in data)
        {
            await WriteAsync(segment, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Finishes the body.</summary>
    /// <returns>The content with one reference, which belongs to the caller.</returns>
    /// <exception cref="IOException">An earlier block could not be written.</exception>
    public async ValueTask<StoredContent> CompleteAsync()
    {
        RequireOpen();
        if (_file is null)
        {
            HashAll(_block.AsSpan(0, _filled));
        }
        else
        {
            await StartBlockAsync().ConfigureAwait(false);
            await _pending.ConfigureAwait(false);
        }

        byte[] md5 = _md5.GetHashAndReset();
        Dictionary<ChecksumAlgorithm, byte[]> values = _checksums.ToDictionary(entry => entry.Algorithm, entry => entry.Hash.GetHashAndReset());
        if (_sha256OfContent)
        {
            Sha256 = values[ChecksumAlgorithm.Sha256];
            if (!_requested.Contains(ChecksumAlgorithm.Sha256))
            {
                values.Remove(ChecksumAlgorithm.Sha256);
            }
        }

        StoredContent content = _file is null
            ? StoredContent.InMemory(_block.AsSpan(0, _filled).ToArray(), _budget, md5, values)
            : StoredContent.InFile(_file, Length, _budget, md5, values);

        // The content now owns the file and the reserved bytes.
        _file = null;
        _reservedMemory = 0;
        _reservedDisk = 0;
        _state = State.Completed;
        return content;
    }

    /// <summary>Releases the buffers, and the stored bytes unless <see cref="CompleteAsync"/> returned them.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_state == State.Disposed)
        {
            return;
        }

        _state = State.Disposed;

        // The pending task uses the blocks, the file and the hashes. Its exception has already been thrown by WriteAsync or CompleteAsync, or is irrelevant because the body is discarded.
        await _pending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Return(ref _block);
        Return(ref _pendingBlock);
        _md5.Dispose();
        foreach ((_, ChecksumHash hash) in _checksums)
        {
            hash.Dispose();
        }

        _file?.Dispose();
        _budget.ReleaseMemory(_reservedMemory);
        _budget.ReleaseDisk(_reservedDisk);
    }

    private static void Return(ref byte[]? block)
    {
        if (block is not null)
        {
            ArrayPool<byte>.Shared.Return(block);
            block = null;
        }
    }

    private void RequireOpen()
    {
        ObjectDisposedException.ThrowIf(_state == State.Disposed, this);
        if (_state != State.Open)
        {
            throw new InvalidOperationException(
                _state == State.Failed
                    ? "The body is incomplete because an earlier write failed. Dispose the writer."
                    : "The writer is already complete. Create a new writer for each body.");
        }
    }

    private void Reserve(int count)
    {
        if (_file is null && Length + count <= MaxInMemory)
        {
            _budget.ReserveMemory(count);
            _reservedMemory += count;
            return;
        }

        _budget.ReserveDisk(_reservedMemory + count);
        _reservedDisk += _reservedMemory + count;
        _budget.ReleaseMemory(_reservedMemory);
        _reservedMemory = 0;
        _file ??= _folder.Create();
    }

    // Copies as many bytes as fit into the current block. Returns true if no bytes are left.
    private bool TryFill(ref ReadOnlyMemory<byte> data)
    {
        if (data.IsEmpty)
        {
            return true;
        }

        _block ??= ArrayPool<byte>.Shared.Rent(_file is null ? MaxInMemory : BlockSize);
        int count = Math.Min(data.Length, _block.Length - _filled);
        data.Span[..count].CopyTo(_block.AsSpan(_filled));
        _filled += count;
        data = data[count..];
        return data.IsEmpty;
    }

    private async ValueTask WriteBlocksAsync(ReadOnlyMemory<byte> data)
    {
        do
        {
            await StartBlockAsync().ConfigureAwait(false);
        }
        while (!TryFill(ref data));
    }

    // Waits for the previous block, and starts to hash and write the current one.
    private async ValueTask StartBlockAsync()
    {
        await _pending.ConfigureAwait(false);
        (byte[] block, int length, long offset) = (_block!, _filled, _written);
        (_block, _pendingBlock) = (_pendingBlock, _block);
        if (_block?.Length < BlockSize)
        {
            Return(ref _block);
        }

        _written += length;
        _filled = 0;
        Task md5 = Task.Run(() => _md5.AppendData(block, 0, length));
        Task others = Task.Run(() =>
        {
            RandomAccess.Write(_file!.Handle, block.AsSpan(0, length), offset);
            AppendChecksums(block.AsSpan(0, length));
        });
        _pending = Task.WhenAll(md5, others);
    }

    private void HashAll(ReadOnlySpan<byte> data)
    {
        _md5.AppendData(data);
        AppendChecksums(data);
    }

    private void AppendChecksums(ReadOnlySpan<byte> data)
    {
        foreach ((_, ChecksumHash hash) in _checksums)
        {
            hash.Append(data);
        }
    }
}
