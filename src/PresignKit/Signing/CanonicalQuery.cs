using System.Buffers;

namespace PresignKit;

/// <summary>
/// The canonical query: every parameter except <c>X-Amz-Signature</c>, percent-encoded and sorted byte by byte, first by encoded name and then by encoded value.
/// <code>
/// X-Amz-Algorithm=AWS4-HMAC-SHA256&amp;X-Amz-Credential=…&amp;X-Amz-Date=…&amp;X-Amz-Expires=…[&amp;X-Amz-Security-Token=…]&amp;X-Amz-SignedHeaders=…
/// </code>
/// </summary>
internal static class CanonicalQuery
{
    private const int MaxInsertionSort = 32;

    /// <summary>Appends the canonical query.</summary>
    /// <remarks>Parameters are written in the given order and then sorted if that order is not canonical.</remarks>
    public static void Append(ref ByteBuffer buffer, in SigningInput input, CredentialScope scope)
    {
        int start = buffer.Length;
        int previous = AppendOwn(ref buffer, input, scope);
        bool isSorted = true;
        foreach (KeyValuePair<string, string> parameter in input.Query)
        {
            buffer.Append((byte)'&');
            int name = buffer.Length;
            PercentEncoding.AppendComponent(ref buffer, parameter.Key.AsSpan());
            buffer.Append((byte)'=');
            isSorted &= IsGreater(buffer.Written[name..], buffer.Written[previous..name]);
            PercentEncoding.AppendComponent(ref buffer, parameter.Value.AsSpan());
            previous = name;
        }

        if (!isSorted)
        {
            Sort(ref buffer, start);
        }
    }

    /// <summary>Sorts parameters by encoded name, then by encoded value.</summary>
    /// <remarks>The sort does not need to be stable, because equal parameters are byte-for-byte identical.</remarks>
    public static void Sort(EncodedParameter[] parameters, int count, ReadOnlySpan<byte> encoded)
    {
        if (count > MaxInsertionSort)
        {
            byte[] text = encoded.ToArray();
            Array.Sort(parameters, 0, count, Comparer<EncodedParameter>.Create((left, right) => EncodedParameter.Compare(left, right, text)));

            // The copy might contain a session token.
            Array.Clear(text, 0, text.Length);
            return;
        }

        for (int i = 1; i < count; i++)
        {
            EncodedParameter current = parameters[i];
            int at = i;
            for (; at > 0 && EncodedParameter.Compare(current, parameters[at - 1], encoded) < 0; at--)
            {
                parameters[at] = parameters[at - 1];
            }

            parameters[at] = current;
        }
    }

    /// <summary>Appends <c>name=value</c>, preceded by <c>&amp;</c> unless it is the first parameter after <paramref name="start"/>.</summary>
    public static void AppendParameter(ref ByteBuffer buffer, int start, EncodedParameter parameter, ReadOnlySpan<byte> encoded)
    {
        if (buffer.Length > start)
        {
            buffer.Append((byte)'&');
        }

        buffer.Append(encoded[parameter.Start..parameter.End]);
    }

    /// <summary>Appends the signature's own parameters and returns the start index of the last one.</summary>
    private static int AppendOwn(ref ByteBuffer buffer, in SigningInput input, CredentialScope scope)
    {
        buffer.Append("X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="u8);
        PercentEncoding.AppendComponent(ref buffer, input.AccessKeyId.AsSpan());
        buffer.Append(scope.QueryText);
        InvariantText.WriteTime(buffer.GetSpan(6), input.SignedAt);
        buffer.Advance(6);
        buffer.Append("Z&X-Amz-Expires="u8);
        buffer.Append(input.ExpiresIn);
        if (input is { EncodedSessionToken: not null, SessionTokenIsUnsigned: false })
        {
            buffer.Append("&X-Amz-Security-Token="u8);
            buffer.Append(input.EncodedSessionToken);
        }

        buffer.Append((byte)'&');
        int last = buffer.Length;
        buffer.Append("X-Amz-SignedHeaders="u8);
        if (input.Headers.IsEmpty)
        {
            buffer.Append("host"u8);
        }
        else
        {
            CanonicalHeaders.AppendNames(ref buffer, input.Headers, "%3B"u8);
        }

        return last;
    }

    // Both arguments start with a name and '='. If the names are equal, the result is false, which causes a sort, because the order then depends on the values.
    private static bool IsGreater(ReadOnlySpan<byte> parameter, ReadOnlySpan<byte> previous) =>
        parameter[..^1].SequenceCompareTo(previous[..previous.IndexOf((byte)'=')]) > 0;

    // Encoded names and values contain neither '&' nor '=', so these characters are always delimiters.
    private static void Sort(ref ByteBuffer buffer, int start)
    {
        int count = 1;
        foreach (byte b in buffer.Written[start..])
        {
            count += b == (byte)'&' ? 1 : 0;
        }

        ByteBuffer encoded = new(1024);
        EncodedParameter[] parameters = ArrayPool<EncodedParameter>.Shared.Rent(count);
        try
        {
            encoded.Append(buffer.Written[start..]);
            count = 0;
            for (ReadOnlySpan<byte> rest = encoded.Written; !rest.IsEmpty; count++)
            {
                int at = encoded.Length - rest.Length;
                int length = rest.IndexOf((byte)'&') is >= 0 and int end ? end : rest.Length;
                parameters[count] = new EncodedParameter(at, at + rest.IndexOf((byte)'='), at + length);
                rest = rest[Math.Min(length + 1, rest.Length)..];
            }

            Sort(parameters, count, encoded.Written);
            buffer.Truncate(start);
            for (int i = 0; i < count; i++)
            {
                AppendParameter(ref buffer, start, parameters[i], encoded.Written);
            }
        }
        finally
        {
            ArrayPool<EncodedParameter>.Shared.Return(parameters);
            encoded.Dispose();
        }
    }
}

/// <summary>The position of a percent-encoded <c>name=value</c> in a buffer: from Start to End, with the <c>=</c> at NameEnd.</summary>
internal readonly record struct EncodedParameter(int Start, int NameEnd, int End)
{
    public ReadOnlySpan<byte> Name(ReadOnlySpan<byte> encoded) => encoded[Start..NameEnd];

    public ReadOnlySpan<byte> Value(ReadOnlySpan<byte> encoded) => encoded[(NameEnd + 1)..End];

    /// <summary>Compares two parameters by name, then by value.</summary>
    /// <remarks>Comparing <c>name=value</c> as one string would sort <c>a-b</c> before <c>a</c>, because <c>-</c> precedes <c>=</c> in ASCII.</remarks>
    public static int Compare(EncodedParameter left, EncodedParameter right, ReadOnlySpan<byte> encoded)
    {
        int byName = left.Name(encoded).SequenceCompareTo(right.Name(encoded));
        return byName != 0 ? byName : left.Value(encoded).SequenceCompareTo(right.Value(encoded));
    }
}
