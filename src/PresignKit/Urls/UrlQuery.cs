namespace PresignKit;

/// <summary>Appends query parameters to an absolute or relative URL.</summary>
/// <remarks>
/// <para>These methods do not re-sign the URL, so do not use them on a <em>presigned</em> URL. The signature of a presigned URL covers the whole query. If a parameter is
/// appended after signing, stores respond with 403 (<c>SignatureDoesNotMatch</c>, observed with Ceph and Swift).</para>
/// <para>To change a presigned URL, use <see cref="S3Presigner.Resign"/>. To add parameters before signing, use <see cref="S3ObjectReadOperation.ResponseHeaders"/> or
/// <see cref="S3Operation.Query"/>.</para>
/// <para>The methods are thread-safe.</para>
/// </remarks>
public static class UrlQuery
{
    // Far longer than any URL that a server accepts, but short enough that buffer sizes do not overflow.
    private const int MaxLength = 1 << 24;

    private const string NoName = "A parameter does not have a name. Specify a name, or remove the parameter.";

    /// <summary>Percent-encodes a parameter (RFC 3986; a space becomes <c>%20</c>) and appends it to a URL.</summary>
    /// <param name="url">The URL. Its existing parts are not changed, and a fragment (<c>#…</c>) remains at the end.</param>
    /// <param name="name">The name of the parameter, not encoded.</param>
    /// <param name="value">The value of the parameter, not encoded. If it is <c>null</c>, only the name is appended. If it is empty, <c>name=</c> is appended.</param>
    /// <returns>The URL with the additional parameter.</returns>
    /// <remarks><inheritdoc cref="UrlQuery" path="/remarks"/></remarks>
    /// <example><c>UrlQuery.Append("https://example.com/a?b=1#top", "response-content-type", "text/plain")</c> returns
    /// <c>https://example.com/a?b=1&amp;response-content-type=text%2Fplain#top</c>.</example>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> or <paramref name="name"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty, a name or value contains a lone surrogate, or the parameters exceed 16 Mi characters in
    /// total.</exception>
    public static string Append(string url, string name, string? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0)
        {
            throw new ArgumentException(NoName, nameof(name));
        }

        return Append(url, [new KeyValuePair<string, string>(name, value!)]);
    }

    /// <summary>Percent-encodes parameters (RFC 3986; a space becomes <c>%20</c>) and appends them to a URL in order.</summary>
    /// <param name="url">The URL. Its existing parts are not changed, and a fragment (<c>#…</c>) remains at the end.</param>
    /// <param name="parameters">Names and values, not encoded. If a value is <c>null</c>, only the name is appended.</param>
    /// <returns>The URL with the additional parameters, or <paramref name="url"/> if there are none.</returns>
    /// <remarks><inheritdoc cref="UrlQuery" path="/remarks"/></remarks>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">A name is <c>null</c> or empty, a name or value contains a lone surrogate, or the parameters exceed 16 Mi characters in
    /// total.</exception>
    public static string Append(string url, IEnumerable<KeyValuePair<string,
#nullable disable
        string
#nullable restore
        >> parameters)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(parameters);

        int fragment = url.IndexOf('#');
        ReadOnlySpan<char> beforeFragment = fragment < 0 ? url.AsSpan() : url.AsSpan(0, fragment);
        int query = beforeFragment.IndexOf('?');
        bool hasQuery = query >= 0;
        bool needsSeparator = !hasQuery || (query < beforeFragment.Length - 1 && beforeFragment[^1] != '&');

        ByteBuffer appended = new(256);
        try
        {
            foreach (KeyValuePair<string, string> parameter in parameters)
            {
                if (FindProblem(parameter.Key, parameter.Value, appended.Length) is { } problem)
                {
                    throw new ArgumentException(problem, nameof(parameters));
                }

                if (needsSeparator)
                {
                    appended.Append(hasQuery ? (byte)'&' : (byte)'?');
                }

                PercentEncoding.AppendParameter(ref appended, parameter.Key, parameter.Value);
                hasQuery = true;
                needsSeparator = true;
            }

            return url.Insert(beforeFragment.Length, Platform.AsciiToString(appended.Written));
        }
        finally
        {
            appended.Dispose();
        }
    }

    private static string? FindProblem(string? name, string? value, int length) =>
        name is not { Length: > 0 } ? NoName
        : (long)name.Length + (value?.Length ?? 0) + length > MaxLength
            ? FormattableString.Invariant($"The query exceeds {MaxLength} characters at the parameter '{Printable.Text(name)}'. Send the data in the body of a request.")
        : Utf8.CountBytes(name.AsSpan()) < 0 || Utf8.CountBytes(value.AsSpan()) < 0
            ? $"The parameter '{Printable.Text(name)}' contains a lone surrogate (half of a UTF-16 pair), which cannot be encoded as UTF-8. Correct the text."
        : null;
}
