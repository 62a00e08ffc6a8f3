namespace PresignKit;

/// <summary>
/// The canonical request:
/// <code>
/// METHOD\n
/// /encoded/path\n
/// canonical query\n
/// header:value\n     (one line per header)
/// \n
/// signed;headers\n
/// payload
/// </code>
/// </summary>
internal static class CanonicalRequest
{
    /// <summary>Appends the canonical request.</summary>
    /// <remarks>A single byte separates the path from the query, in the canonical request as well as in the URL, so the signer can replace this byte and reuse the path and the query in place.</remarks>
    public static Layout Append(ref ByteBuffer buffer, in SigningInput input, CredentialScope scope)
    {
        if (input.Headers.Length > 1)
        {
            CanonicalHeaders.Sort(input.Headers);
        }

        int start = buffer.Length;
        buffer.Append(input.Method.AsSpan());
        buffer.Append((byte)'\n');

        int pathStart = buffer.Length;
        buffer.Append(input.EncodedPathPrefix.AsSpan());
        if (input.EncodePathTwice)
        {
            PercentEncoding.AppendPathTwice(ref buffer, input.Path.AsSpan());
        }
        else
        {
            PercentEncoding.AppendPath(ref buffer, input.Path.AsSpan());
        }

        if (buffer.Length == pathStart)
        {
            buffer.Append((byte)'/');
        }

        int pathEnd = buffer.Length;
        buffer.Append((byte)'\n');
        CanonicalQuery.Append(ref buffer, input, scope);

        int queryEnd = buffer.Length;
        buffer.Append((byte)'\n');
        if (input.Headers.IsEmpty)
        {
            buffer.Append(input.Host.CanonicalHeaders);
        }
        else
        {
            CanonicalHeaders.Append(ref buffer, input.Headers, input.Host.Name.AsSpan());
        }

        buffer.Append(input.Payload.AsSpan());
        return new Layout(start, pathStart, pathEnd, queryEnd);
    }

    /// <summary>The positions of the parts of the canonical request, which is at the end of the buffer.</summary>
    internal readonly record struct Layout(int Start, int PathStart, int PathEnd, int QueryEnd);
}

/// <summary>The payload line, which is the last line of a canonical request.</summary>
internal static class PayloadLine
{
    /// <summary>The payload line of a request whose body is not signed.</summary>
    public const string Unsigned = "UNSIGNED-PAYLOAD";

    /// <summary>Returns the value of a signed <c>x-amz-content-sha256</c> header, which servers use as the payload line, or <c>null</c> if that header is not signed.</summary>
    public static string? SignedBy(ReadOnlySpan<KeyValuePair<string, string>> headers)
    {
        foreach (KeyValuePair<string, string> header in headers)
        {
            if (IsHeader(header.Key))
            {
                return header.Value?.Trim();
            }
        }

        return null;
    }

    /// <summary>Determines whether a header is <c>x-amz-content-sha256</c>, which contains the payload line.</summary>
    public static bool IsHeader(string name) => name.Equals("x-amz-content-sha256", StringComparison.OrdinalIgnoreCase);
}
