namespace PresignKit;

/// <summary>
/// The canonical request:
/// <code>
/// METHOD\n
/// /encoded/path\n
/// canonical query\n
/// header:value\n     (a line each)
/// \n
/// signed;headers\n
/// payload
/// </code>
/// </summary>
internal static class CanonicalRequest
{
    /// <summary>Appends the canonical request. Path and query stand side by side in it, as they do in the URL.</summary>
    public static Layout Append(ref ByteBuffer buffer, in SigningInput request, OwnParameters parameters)
    {
        CanonicalHeaders.Sort(request.Headers);

        int start = buffer.Length;
        buffer.Append(request.Method.AsSpan());
        buffer.Append((byte)'\n');

        int pathStart = buffer.Length;
        buffer.Append(request.EncodedPathPrefix.AsSpan());
        if (request.EncodePathTwice)
        {
            PercentEncoding.AppendPathTwice(ref buffer, request.Path.AsSpan());
        }
        else
        {
            PercentEncoding.AppendPath(ref buffer, request.Path.AsSpan());
        }

        if (buffer.Length == pathStart)
        {
            buffer.Append((byte)'/');
        }

        int pathEnd = buffer.Length;
        buffer.Append((byte)'\n');
        CanonicalQuery.Append(ref buffer, request, parameters);

        int queryEnd = buffer.Length;
        buffer.Append((byte)'\n');
        if (request.Headers.IsEmpty)
        {
            // What most URLs sign: the same text, which is there already.
            buffer.Append(request.Host.HeadersOfHostAlone);
        }
        else
        {
            AppendHeaders(ref buffer, request.Headers, request.Host.Name.AsSpan());
        }

        buffer.Append(request.Payload.AsSpan());
        return new Layout(start, pathStart, pathEnd, queryEnd);
    }

    /// <summary>Appends the part between the query and the payload line: lines and names of sorted headers.</summary>
    public static void AppendHeaders(ref ByteBuffer buffer, ReadOnlySpan<KeyValuePair<string, string>> headers, ReadOnlySpan<char> host)
    {
        CanonicalHeaders.AppendLines(ref buffer, headers, host);
        buffer.Append((byte)'\n');
        CanonicalHeaders.AppendNames(ref buffer, headers, ";"u8);
        buffer.Append((byte)'\n');
    }

    /// <summary>Where the parts of a canonical request stand in the buffer, which ends with it.</summary>
    internal readonly record struct Layout(int Start, int PathStart, int PathEnd, int QueryEnd);
}
