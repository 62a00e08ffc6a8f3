using System.Buffers;
using System.Runtime.CompilerServices;

namespace PresignKit;

/// <summary>The query of a received URL, with its parameters decoded and re-encoded so that each byte has exactly one encoding.</summary>
/// <remarks>This is the library's only parser for received queries. The struct owns pooled arrays, so it must be disposed and passed by reference.</remarks>
internal struct ReceivedQuery
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

    /// <summary>Gets the percent-encoded <c>name=value</c> pairs, without separators, in the order in which they appear in the URL.</summary>
    public readonly ReadOnlySpan<byte> Encoded => _encoded.Written;

    /// <summary>Parses a query and skips empty parameters (<c>&amp;&amp;</c>).</summary>
    /// <param name="query">The query, without the leading <c>?</c>.</param>
    /// <param name="received">The parsed query, which must be disposed even if the result is <c>false</c>.</param>
    /// <returns><c>false</c> if an escape is malformed or a character is not valid in a URL.</returns>
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

    /// <summary>Gets the encoded name of a parameter.</summary>
    public readonly ReadOnlySpan<byte> Name(int index) => _parameters[index].Name(_encoded.Written);

    /// <summary>Gets the encoded value of a parameter, or an empty span if the parameter does not have a value.</summary>
    public readonly ReadOnlySpan<byte> Value(int index) => _parameters[index].Value(_encoded.Written);

    /// <summary>Returns the index of the first parameter with the specified name, or -1 if there is none.</summary>
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

    /// <summary>Sorts the parameters into canonical order.</summary>
    public readonly void Sort() => CanonicalQuery.Sort(_parameters, _count, _encoded.Written);

    /// <summary>Removes the accepted parameters that follow the signature and returns their decoded names and values.</summary>
    /// <remarks>Call this method before <see cref="Sort"/> because it requires the original order of the parameters.</remarks>
    public List<KeyValuePair<string, string>>? TakeAppended(IReadOnlyCollection<string> acceptedNames)
    {
        int signature = acceptedNames.Count == 0 ? -1 : IndexOf("X-Amz-Signature"u8);
        if (signature < 0)
        {
            return null;
        }

        HashSet<string> accepted = new(acceptedNames, StringComparer.Ordinal);
        List<KeyValuePair<string, string>> appended = [];
        int kept = signature + 1;
        for (int i = kept; i < _count; i++)
        {
            if (PercentEncoding.Decode(Name(i)) is { } name && accepted.Contains(name) && PercentEncoding.Decode(Value(i)) is { } value)
            {
                appended.Add(new KeyValuePair<string, string>(name, value));
            }
            else
            {
                _parameters[kept++] = _parameters[i];
            }
        }

        _count = kept;
        return appended;
    }

    /// <summary>Returns the encoded names of the parameters that follow the specified parameter in the URL.</summary>
    /// <remarks>The names are in their original order, even after <see cref="Sort"/>.</remarks>
    public readonly List<string> NamesAfter(int index)
    {
        List<EncodedParameter> following = [];
        for (int i = 0; i < _count; i++)
        {
            if (_parameters[i].Start > _parameters[index].Start)
            {
                following.Add(_parameters[i]);
            }
        }

        following.Sort((left, right) => left.Start - right.Start);
        List<string> names = new(following.Count);
        foreach (EncodedParameter parameter in following)
        {
            names.Add(Platform.AsciiToString(parameter.Name(_encoded.Written)));
        }

        return names;
    }

    /// <summary>Determines whether any two parameters have the same name. The parameters must be sorted.</summary>
    public readonly bool HasDuplicate()
    {
        for (int i = 1; i < _count; i++)
        {
            if (Name(i).SequenceEqual(Name(i - 1)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Appends the canonical query, which consists of all parameters except the signature. The parameters must be sorted.</summary>
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

    // Adds the first parameter of a query, which ends at the first '&', and returns the parameter's length in the query. Inlining is disabled because otherwise the JIT would not
    // inline the calls within this method.
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
