using System.Buffers;
using System.Runtime.CompilerServices;

namespace PresignKit;

/// <summary>The query of a URL that arrived: its parameters, each decoded and encoded again. From the shared pools: dispose it, and pass it by reference.</summary>
internal ref struct ReceivedQuery
{
    private ByteBuffer _encoded;
    private EncodedParameter[] _parameters;
    private int _count;

    private ReceivedQuery(int capacity)
    {
        _encoded = new ByteBuffer(1024);
        _parameters = ArrayPool<EncodedParameter>.Shared.Rent(capacity);
        _count = 0;
    }

    public readonly int Count => _count;

    /// <summary>Reads a query, without its <c>?</c>. Empty parameters (<c>&amp;&amp;</c>) are none. <c>false</c> where an escape is broken or a
    /// character stands there that no URL holds; dispose the result then too.</summary>
    public static bool TryRead(ReadOnlySpan<char> query, out ReceivedQuery received)
    {
        received = new ReceivedQuery(capacity: 16);
        while (!query.IsEmpty)
        {
            int length = 1;
            if (query[0] != '&' && !received.TryAdd(query, out length))
            {
                return false;
            }

            query = query[length..];
        }

        return true;
    }

    /// <summary>All of it, encoded: names and values side by side, in no order.</summary>
    public readonly ReadOnlySpan<byte> Encoded => _encoded.Written;

    /// <summary>The name of a parameter, encoded.</summary>
    public readonly ReadOnlySpan<byte> Name(int index) => _parameters[index].Name(_encoded.Written);

    /// <summary>The value of a parameter, encoded; empty where there is none.</summary>
    public readonly ReadOnlySpan<byte> Value(int index) => _parameters[index].Value(_encoded.Written);

    /// <summary>Where the first parameter of a name stands; -1 for none.</summary>
    public readonly int IndexOf(ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < _count; i++)
        {
            if (Name(i).SequenceEqual(name))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Puts the parameters into canonical order; says whether a name stands there twice.</summary>
    public readonly bool SortAndFindDuplicate()
    {
        CanonicalQuery.Sort(_parameters, _count, _encoded.Written);
        for (int i = 1; i < _count; i++)
        {
            if (Name(i).SequenceEqual(Name(i - 1)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Appends the canonical query of sorted parameters: all of them but the signature.</summary>
    public readonly void AppendCanonical(ref ByteBuffer buffer)
    {
        int start = buffer.Length;
        for (int i = 0; i < _count; i++)
        {
            if (!Name(i).SequenceEqual("X-Amz-Signature"u8))
            {
                CanonicalQuery.AppendParameter(ref buffer, start, _parameters[i], _encoded.Written);
            }
        }
    }

    public void Dispose()
    {
        _encoded.Dispose();
        if (_parameters is not null)
        {
            ArrayPool<EncodedParameter>.Shared.Return(_parameters);
        }

        this = default;
    }

    // The first parameter of a query, up to its '&', and how long it is there. By itself: what is inlined into all of its callers at once leaves no room to inline what it calls.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAdd(ReadOnlySpan<char> query, out int length)
    {
        length = 0;
        ReadOnlySpan<char> rest = query;
        int start = _encoded.Length;
        if (!PercentEncoding.TryAppendReceivedName(ref _encoded, ref rest))
        {
            return false;
        }

        int nameEnd = _encoded.Length;
        _encoded.Append((byte)'=');
        if (!rest.IsEmpty && rest[0] == '=')
        {
            rest = rest[1..];
            if (!PercentEncoding.TryAppendReceivedValue(ref _encoded, ref rest))
            {
                return false;
            }
        }

        if (_count == _parameters.Length)
        {
            EncodedParameter[] larger = ArrayPool<EncodedParameter>.Shared.Rent(_count * 2);
            _parameters.AsSpan(0, _count).CopyTo(larger);
            ArrayPool<EncodedParameter>.Shared.Return(_parameters);
            _parameters = larger;
        }

        _parameters[_count++] = new EncodedParameter(start, nameEnd, _encoded.Length);
        length = query.Length - rest.Length;
        return true;
    }
}
