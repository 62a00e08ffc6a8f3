namespace PresignKit;

/// <summary>The canonical headers: one <c>name:value</c> line per header, and the list of signed header names.</summary>
/// <remarks>
/// Names are lowercase and sorted by their bytes. Values are trimmed, each run of white space inside a value becomes one space, and the values of repeated headers are joined
/// with commas in the order given.
/// </remarks>
internal static class CanonicalHeaders
{
    private const string Host = "host";
    private const int MaxInsertionSort = 32;

    /// <summary>Sorts headers by name, ignoring case, and preserves the order of repeated headers.</summary>
    public static void Sort(Span<KeyValuePair<string, string>> headers)
    {
        if (headers.Length > MaxInsertionSort)
        {
            // OrderBy is stable, unlike Array.Sort.
            headers.ToArray().OrderBy(header => header.Key, Comparer<string>.Create(CompareNames)).ToArray().CopyTo(headers);
            return;
        }

        for (int i = 1; i < headers.Length; i++)
        {
            KeyValuePair<string, string> current = headers[i];
            int at = i;
            for (; at > 0 && CompareNames(current.Key, headers[at - 1].Key) < 0; at--)
            {
                headers[at] = headers[at - 1];
            }

            headers[at] = current;
        }
    }

    /// <summary>Appends the part of a canonical request between the query and the payload line: the lines of the sorted headers, an empty line, and the list of names.</summary>
    public static void Append(ref ByteBuffer buffer, ReadOnlySpan<KeyValuePair<string, string>> headers, ReadOnlySpan<char> host)
    {
        AppendLines(ref buffer, headers, host);
        buffer.Append((byte)'\n');
        AppendNames(ref buffer, headers, ";"u8);
        buffer.Append((byte)'\n');
    }

    /// <summary>Appends a line for each sorted header that has a value and inserts the line for <c>host</c> at its sorted position.</summary>
    public static void AppendLines(ref ByteBuffer buffer, ReadOnlySpan<KeyValuePair<string, string>> headers, ReadOnlySpan<char> host)
    {
        bool hostIsWritten = false;
        for (int i = 0; i < headers.Length; i++)
        {
            if (headers[i].Value is null)
            {
                continue;
            }

            if (i > 0 && CompareNames(headers[i].Key, headers[i - 1].Key) == 0)
            {
                buffer.Truncate(buffer.Length - 1);
                buffer.Append((byte)',');
            }
            else
            {
                if (!hostIsWritten && CompareNames(headers[i].Key, Host) > 0)
                {
                    AppendHostLine(ref buffer, host);
                    hostIsWritten = true;
                }

                AppendName(ref buffer, headers[i].Key);
                buffer.Append((byte)':');
            }

            AppendValue(ref buffer, headers[i].Value.AsSpan());
            buffer.Append((byte)'\n');
        }

        if (!hostIsWritten)
        {
            AppendHostLine(ref buffer, host);
        }
    }

    /// <summary>Appends the value of <c>X-Amz-SignedHeaders</c>: the names of the sorted headers and <c>host</c>, each once.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="headers">The sorted headers, without <c>host</c>.</param>
    /// <param name="separator">The separator between names: <c>;</c>, or <c>%3B</c> in a query, where the names are percent-encoded too.</param>
    public static void AppendNames(ref ByteBuffer buffer, ReadOnlySpan<KeyValuePair<string, string>> headers, ReadOnlySpan<byte> separator)
    {
        int start = buffer.Length;
        bool hostIsWritten = false;
        for (int i = 0; i < headers.Length; i++)
        {
            if (i > 0 && CompareNames(headers[i].Key, headers[i - 1].Key) == 0)
            {
                continue;
            }

            if (!hostIsWritten && CompareNames(headers[i].Key, Host) > 0)
            {
                AppendListed(ref buffer, start, Host, separator);
                hostIsWritten = true;
            }

            AppendListed(ref buffer, start, headers[i].Key, separator);
        }

        if (!hostIsWritten)
        {
            AppendListed(ref buffer, start, Host, separator);
        }
    }

    private static void AppendListed(ref ByteBuffer buffer, int start, string name, ReadOnlySpan<byte> separator)
    {
        if (buffer.Length > start)
        {
            buffer.Append(separator);
        }

        if (separator.Length == 1)
        {
            AppendName(ref buffer, name);
            return;
        }

        PercentEncoding.AppendComponent(ref buffer, name.ToLowerInvariant().AsSpan());
    }

    private static void AppendHostLine(ref ByteBuffer buffer, ReadOnlySpan<char> host)
    {
        buffer.Append("host:"u8);
        buffer.Append(host);
        buffer.Append((byte)'\n');
    }

    private static void AppendName(ref ByteBuffer buffer, string name)
    {
        Span<byte> destination = buffer.GetSpan(name.Length);
        for (int i = 0; i < name.Length; i++)
        {
            destination[i] = (byte)Lower(name[i]);
        }

        buffer.Advance(name.Length);
    }

    private static void AppendValue(ref ByteBuffer buffer, ReadOnlySpan<char> value)
    {
        bool first = true;
        while (true)
        {
            int skipped = 0;
            for (; skipped < value.Length && IsWhiteSpace(value[skipped]); skipped++)
            {
            }

            value = value[skipped..];
            if (value.IsEmpty)
            {
                return;
            }

            int length = 1;
            for (; length < value.Length && !IsWhiteSpace(value[length]); length++)
            {
            }

            if (!first)
            {
                buffer.Append((byte)' ');
            }

            buffer.Append(value[..length]);
            value = value[length..];
            first = false;
        }
    }

    private static bool IsWhiteSpace(char c) => c is ' ' or '\t' or '\r' or '\n';

    // Header names are ASCII tokens (RFC 9110 § 5.1), so their UTF-16 code units sort in the same order as their bytes.
    private static int CompareNames(string left, string right)
    {
        int shorter = Math.Min(left.Length, right.Length);
        for (int i = 0; i < shorter; i++)
        {
            int difference = Lower(left[i]) - Lower(right[i]);
            if (difference != 0)
            {
                return difference;
            }
        }

        return left.Length - right.Length;
    }

    private static char Lower(char c) => c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
}
