using System.Diagnostics.CodeAnalysis;

namespace PresignKit.LocalS3.Storage;

/// <summary>A map from keys to values that is sorted by <see cref="Utf8Order"/> and can be read from any position.</summary>
/// <remarks>
/// The entries are in blocks of at most 512, and the blocks are in a list, like a B+ tree with two levels:
/// <code>
/// blocks:  [a … f] [g … m] [n … z]
/// </code>
/// Finding a position takes two binary searches, and reading from there is sequential. An insertion moves at most 512 entries and, if it splits a block, also part of the list of blocks
/// (a bucket with a million keys has about 3,000 blocks). No .NET collection is suitable: SortedDictionary and SortedSet cannot start at a key (GetViewBetween counts the entries of the view,
/// so paging is quadratic), and an insertion into SortedList moves half of all entries on average. Instances are not thread-safe.
/// </remarks>
internal sealed class KeyMap<T>
{
    private const int BlockSize = 512;

    private readonly List<Block> _blocks = [];

    public int Count { get; private set; }

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
    {
        Position position = Seek(key);
        if (IsAt(position, key))
        {
            value = _blocks[position.Block].Values[position.Index];
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>Adds or replaces the value of a key.</summary>
    /// <returns><c>true</c> if the key had a value, which is <paramref name="previous"/>.</returns>
    public bool Set(string key, T value, [MaybeNullWhen(false)] out T previous)
    {
        Position position = Seek(key);
        if (IsAt(position, key))
        {
            Block existing = _blocks[position.Block];
            previous = existing.Values[position.Index];

            // Replaces the key as well, so that the map and the value share one key string.
            existing.Keys[position.Index] = key;
            existing.Values[position.Index] = value;
            return true;
        }

        if (_blocks.Count == 0)
        {
            _blocks.Add(new());
        }
        else if (position.Block == _blocks.Count)
        {
            // The key is greater than all others, so it belongs at the end of the last block.
            position = new(_blocks.Count - 1, _blocks[^1].Count);
        }

        Block block = _blocks[position.Block];
        if (block.Count == BlockSize)
        {
            // Keys are often added in ascending order. Starting an empty block then keeps the others full, whereas splitting in halves would leave every block half empty.
            bool append = position.Block == _blocks.Count - 1 && position.Index == BlockSize;
            int kept = append ? BlockSize : BlockSize / 2;
            _blocks.Insert(position.Block + 1, block.SplitAt(kept));
            if (position.Index > kept || append)
            {
                position = new(position.Block + 1, position.Index - kept);
                block = _blocks[position.Block];
            }
        }

        block.Insert(position.Index, key, value);
        Count++;
        previous = default;
        return false;
    }

    public bool Remove(string key, [MaybeNullWhen(false)] out T removed)
    {
        Position position = Seek(key);
        if (!IsAt(position, key))
        {
            removed = default;
            return false;
        }

        Block block = _blocks[position.Block];
        removed = block.Values[position.Index];
        block.RemoveAt(position.Index);
        Count--;
        if (block.Count == 0)
        {
            _blocks.RemoveAt(position.Block);
        }
        else
        {
            // Otherwise, a bucket from which most objects were deleted would retain many blocks with only a few keys each.
            MergeIfSmall(position.Block);
            MergeIfSmall(position.Block - 1);
        }

        return true;
    }

    public void Clear()
    {
        _blocks.Clear();
        Count = 0;
    }

    /// <summary>Returns the position of the first key that is not less than <paramref name="key"/>.</summary>
    public Position Seek(string key) => Seek(key, static (candidate, key) => Utf8Order.Compare(candidate, key) < 0);

    /// <summary>Returns the position of the first key that is greater than <paramref name="key"/>.</summary>
    public Position SeekAfter(string key) => Seek(key, static (candidate, key) => Utf8Order.Compare(candidate, key) <= 0);

    /// <summary>Returns the position of the first key that is greater than all keys with this prefix.</summary>
    public Position SeekAfterPrefix(string prefix) =>
        Seek(prefix, static (candidate, prefix) => candidate.StartsWith(prefix, StringComparison.Ordinal) || Utf8Order.Compare(candidate, prefix) < 0);

    /// <summary>Gets the entry at a position, or returns <c>false</c> after the last entry.</summary>
    public bool TryGet(Position position, [NotNullWhen(true)] out string? key, [MaybeNullWhen(false)] out T value)
    {
        if (position.Block == _blocks.Count)
        {
            key = null;
            value = default;
            return false;
        }

        Block block = _blocks[position.Block];
        key = block.Keys[position.Index];
        value = block.Values[position.Index];
        return true;
    }

    public Position Next(Position position) =>
        position.Index + 1 < _blocks[position.Block].Count ? new(position.Block, position.Index + 1) : new(position.Block + 1, 0);

    private bool IsAt(Position position, string key) =>
        position.Block < _blocks.Count && string.Equals(_blocks[position.Block].Keys[position.Index], key, StringComparison.Ordinal);

    // Returns the first position whose key is not before the specified key.
    private Position Seek(string key, Func<string, string, bool> isBefore)
    {
        int low = 0;
        int high = _blocks.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            Block candidate = _blocks[middle];
            if (isBefore(candidate.Keys[candidate.Count - 1], key))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        if (low == _blocks.Count)
        {
            return new(low, 0);
        }

        Block block = _blocks[low];
        int first = 0;
        int end = block.Count;
        while (first < end)
        {
            int middle = (first + end) / 2;
            if (isBefore(block.Keys[middle], key))
            {
                first = middle + 1;
            }
            else
            {
                end = middle;
            }
        }

        return new(low, first);
    }

    // Merges a block with the next one if together they fill at most half a block, so that the next insertions do not split the merged block again.
    private void MergeIfSmall(int index)
    {
        if (index >= 0 && index + 1 < _blocks.Count && _blocks[index].Count + _blocks[index + 1].Count <= BlockSize / 2)
        {
            _blocks[index].Append(_blocks[index + 1]);
            _blocks.RemoveAt(index + 1);
        }
    }

    /// <summary>A position, which is valid until the map changes.</summary>
    public readonly record struct Position(int Block, int Index);

    private sealed class Block
    {
        public string[] Keys { get; } = new string[BlockSize];

        public T[] Values { get; } = new T[BlockSize];

        public int Count { get; private set; }

        public void Insert(int index, string key, T value)
        {
            Array.Copy(Keys, index, Keys, index + 1, Count - index);
            Array.Copy(Values, index, Values, index + 1, Count - index);
            Keys[index] = key;
            Values[index] = value;
            Count++;
        }

        public void RemoveAt(int index)
        {
            Count--;
            Array.Copy(Keys, index + 1, Keys, index, Count - index);
            Array.Copy(Values, index + 1, Values, index, Count - index);
            Keys[Count] = null!;
            Values[Count] = default!;
        }

        public void Append(Block next)
        {
            Array.Copy(next.Keys, 0, Keys, Count, next.Count);
            Array.Copy(next.Values, 0, Values, Count, next.Count);
            Count += next.Count;
        }

        public Block SplitAt(int index)
        {
            Block rest = new() { Count = Count - index };
            Array.Copy(Keys, index, rest.Keys, 0, rest.Count);
            Array.Copy(Values, index, rest.Values, 0, rest.Count);
            Array.Clear(Keys, index, rest.Count);
            Array.Clear(Values, index, rest.Count);
            Count = index;
            return rest;
        }
    }
}
