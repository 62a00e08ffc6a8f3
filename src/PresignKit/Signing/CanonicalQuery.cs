using System.Buffers;

namespace PresignKit;

/// <summary>
/// The canonical query: every parameter but <c>X-Amz-Signature</c>, encoded, then sorted by name and value, byte by byte of the encoded text.
/// <code>
/// X-Amz-Algorithm=AWS4-HMAC-SHA256&amp;X-Amz-Credential=…&amp;X-Amz-Date=…&amp;X-Amz-Expires=…[&amp;X-Amz-Security-Token=…]&amp;X-Amz-SignedHeaders=…
/// </code>
/// </summary>
internal static class CanonicalQuery
{
    private const int MaxInsertionSort = 32;

    /// <summary>Appends the canonical query. The parameters are written as they come; only where that is not their order, they are sorted.</summary>
    public static void Append(ref ByteBuffer buffer, in SigningInput request, OwnParameters own)
    {
        int start = buffer.Length;
        int last = own.Append(ref buffer, request.SignedAt, request.ExpiresIn);
        CanonicalHeaders.AppendNames(ref buffer, request.Headers, "%3B"u8);
        if (request.EncodedQuery is { Length: > 0 } encoded)
        {
            buffer.Append((byte)'&');
            buffer.Append(encoded.AsSpan());
            last = buffer.Length - encoded.Length + encoded.LastIndexOf('&') + 1;
        }

        bool isInOrder = true;
        foreach (KeyValuePair<string, string> parameter in request.Query)
        {
            buffer.Append((byte)'&');
            int name = buffer.Length;
            PercentEncoding.AppendComponent(ref buffer, parameter.Key.AsSpan());
            buffer.Append((byte)'=');
            isInOrder &= IsGreater(buffer.Written[name..], buffer.Written[last..name]);
            PercentEncoding.AppendComponent(ref buffer, parameter.Value.AsSpan());
            last = name;
        }

        if (!isInOrder)
        {
            Sort(ref buffer, start);
        }
    }

    /// <summary>Sorts by encoded name, then by encoded value. Parameters that compare as equal are equal in every byte: it does not matter whether a sort is stable.</summary>
    public static void Sort(EncodedParameter[] parameters, int count, ReadOnlySpan<byte> encoded)
    {
        if (count > MaxInsertionSort)
        {
            byte[] text = encoded.ToArray();
            Array.Sort(parameters, 0, count, Comparer<EncodedParameter>.Create((left, right) => EncodedParameter.Compare(left, right, text)));

            // A session token can stand in it.
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

    /// <summary>Appends <c>name=value</c>, after an <c>&amp;</c> where something stands after <paramref name="start"/>.</summary>
    public static void AppendParameter(ref ByteBuffer buffer, int start, EncodedParameter parameter, ReadOnlySpan<byte> encoded)
    {
        if (buffer.Length > start)
        {
            buffer.Append((byte)'&');
        }

        buffer.Append(encoded[parameter.Start..parameter.End]);
    }

    // Both begin with a name and its '='. One that is equal is not greater: their values have a say then.
    private static bool IsGreater(ReadOnlySpan<byte> parameter, ReadOnlySpan<byte> before) =>
        parameter[..^1].SequenceCompareTo(before[..before.IndexOf((byte)'=')]) > 0;

    // An encoded name or value holds neither '&' nor '=': the text itself tells where each begins and ends.
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
