using System.Buffers;

namespace PresignKit.Signing;

/// <summary>
/// The canonical query: every parameter but <c>X-Amz-Signature</c>, encoded, then sorted by name and value, byte by byte of the encoded text.
/// <code>
/// X-Amz-Algorithm=AWS4-HMAC-SHA256&amp;X-Amz-Credential=…&amp;X-Amz-Date=…&amp;X-Amz-Expires=…[&amp;X-Amz-Security-Token=…]&amp;X-Amz-SignedHeaders=…
/// </code>
/// </summary>
internal static class CanonicalQuery
{
    private const int MaxInsertionSort = 32;

    public static void Append(ref ByteBuffer buffer, in SigningRequest request, CredentialScope scope)
    {
        if (request.Query.IsEmpty)
        {
            Merge(ref buffer, request, scope, [], []);
            return;
        }

        int count = request.Query.Length;
        ByteBuffer encoded = new(512);
        EncodedParameter[] parameters = ArrayPool<EncodedParameter>.Shared.Rent(count);
        try
        {
            Encode(request.Query, ref encoded, parameters);
            Sort(parameters, count, encoded.Written);
            Merge(ref buffer, request, scope, parameters.AsSpan(0, count), encoded.Written);
        }
        finally
        {
            ArrayPool<EncodedParameter>.Shared.Return(parameters);
            encoded.Dispose();
        }
    }

    /// <summary>The value of <c>X-Amz-Date</c>, and the second line of the string to sign: <c>yyyyMMddTHHmmssZ</c>.</summary>
    public static void AppendTimestamp(ref ByteBuffer buffer, DateTime utc)
    {
        CredentialScope.AppendDate(ref buffer, utc);
        buffer.Append((byte)'T');
        buffer.Append(utc.Hour, digits: 2);
        buffer.Append(utc.Minute, digits: 2);
        buffer.Append(utc.Second, digits: 2);
        buffer.Append((byte)'Z');
    }

    private static void Encode(ReadOnlySpan<KeyValuePair<string, string>> query, ref ByteBuffer encoded, EncodedParameter[] parameters)
    {
        for (int i = 0; i < query.Length; i++)
        {
            int start = encoded.Length;
            PercentEncoding.AppendComponent(ref encoded, query[i].Key.AsSpan());
            int nameEnd = encoded.Length;
            PercentEncoding.AppendComponent(ref encoded, query[i].Value.AsSpan());
            parameters[i] = new EncodedParameter(start, nameEnd, encoded.Length);
        }
    }

    /// <summary>Sorts by encoded name, then by encoded value. Parameters that compare as equal are equal in every byte: it does not matter whether a sort is stable.</summary>
    public static void Sort(EncodedParameter[] parameters, int count, ReadOnlySpan<byte> encoded)
    {
        if (count > MaxInsertionSort)
        {
            byte[] text = encoded.ToArray();
            Array.Sort(parameters, 0, count, Comparer<EncodedParameter>.Create((left, right) => EncodedParameter.Compare(left, right, text)));
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

    // The parameters of the signature are in order already: the others are merged into them.
    private static void Merge(
        ref ByteBuffer buffer,
        in SigningRequest request,
        CredentialScope scope,
        ReadOnlySpan<EncodedParameter> parameters,
        ReadOnlySpan<byte> encoded)
    {
        int start = buffer.Length;
        int next = 0;
        for (int own = 0; own < OwnNameCount; own++)
        {
            ReadOnlySpan<byte> ownName = OwnName(own);
            for (; next < parameters.Length && parameters[next].Name(encoded).SequenceCompareTo(ownName) < 0; next++)
            {
                AppendParameter(ref buffer, start, parameters[next], encoded);
            }

            AppendOwn(ref buffer, start, request, scope, own);
        }

        for (; next < parameters.Length; next++)
        {
            AppendParameter(ref buffer, start, parameters[next], encoded);
        }
    }

    /// <summary>Appends <c>name=value</c>, after an <c>&amp;</c> where something stands after <paramref name="start"/>.</summary>
    public static void AppendParameter(ref ByteBuffer buffer, int start, EncodedParameter parameter, ReadOnlySpan<byte> encoded)
    {
        AppendName(ref buffer, start, parameter.Name(encoded));
        buffer.Append(parameter.Value(encoded));
    }

    private static void AppendName(ref ByteBuffer buffer, int start, ReadOnlySpan<byte> name)
    {
        if (buffer.Length > start)
        {
            buffer.Append((byte)'&');
        }

        buffer.Append(name);
        buffer.Append((byte)'=');
    }

    private const int Algorithm = 0, Credential = 1, Date = 2, Expires = 3, SecurityToken = 4, SignedHeaders = 5, OwnNameCount = 6;

    private static ReadOnlySpan<byte> OwnName(int own) => own switch
    {
        Algorithm => "X-Amz-Algorithm"u8,
        Credential => "X-Amz-Credential"u8,
        Date => "X-Amz-Date"u8,
        Expires => "X-Amz-Expires"u8,
        SecurityToken => "X-Amz-Security-Token"u8,
        _ => "X-Amz-SignedHeaders"u8,
    };

    private static void AppendOwn(ref ByteBuffer buffer, int start, in SigningRequest request, CredentialScope scope, int own)
    {
        if (own == SecurityToken && (request.SessionToken is null || request.SessionTokenIsUnsigned))
        {
            return;
        }

        AppendName(ref buffer, start, OwnName(own));
        switch (own)
        {
            case Algorithm:
                buffer.Append(StringToSign.Algorithm);
                break;
            case Credential:
                scope.AppendCredential(ref buffer, request.AccessKeyId);
                break;
            case Date:
                AppendTimestamp(ref buffer, request.SignedAt);
                break;
            case Expires:
                buffer.Append(request.ExpiresIn);
                break;
            case SecurityToken:
                PercentEncoding.AppendComponent(ref buffer, request.SessionToken.AsSpan());
                break;
            default:
                CanonicalHeaders.AppendNames(ref buffer, request.Headers, "%3B"u8);
                break;
        }
    }
}
