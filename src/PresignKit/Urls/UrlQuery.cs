namespace PresignKit;

/// <summary>Appends query parameters to URLs: text only, for any URL, absolute or relative. Thread-safe.</summary>
/// <remarks>
/// On a <em>presigned</em> URL the signature covers the whole query: stores answer 403 (<c>SignatureDoesNotMatch</c>, measured on Ceph and Swift) to a parameter appended after signing.
/// <see cref="S3Presigner.Resign"/> makes the same change with a signature that holds; before signing, use <see cref="S3ObjectReadOperation.ResponseHeaders"/> or <see cref="S3Operation.Query"/>.
/// </remarks>
public static class UrlQuery
{
    private const string NoName = "A parameter has no name. Give it one, or leave the parameter out.";

    /// <summary>Appends one parameter, percent-encoded (RFC 3986; a space is <c>%20</c>).</summary>
    /// <param name="url">The URL. It is kept as it is, a fragment (<c>#…</c>) included, which stays at the end.</param>
    /// <param name="name">The parameter's name, not encoded.</param>
    /// <param name="value">The parameter's value, not encoded; <c>null</c> appends the name alone, the empty string <c>name=</c>.</param>
    /// <returns>The URL with the parameter.</returns>
    /// <remarks><inheritdoc cref="UrlQuery" path="/remarks"/></remarks>
    /// <example><c>UrlQuery.Append("https://example.com/a?b=1#top", "response-content-type", "text/plain")</c> is
    /// <c>https://example.com/a?b=1&amp;response-content-type=text%2Fplain#top</c>.</example>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> or <paramref name="name"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty, or a text holds a lone surrogate.</exception>
    public static string Append(string url, string name, string? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0)
        {
            throw new ArgumentException(NoName, nameof(name));
        }

        return Append(url, [new KeyValuePair<string, string>(name, value!)]);
    }

    /// <summary>Appends parameters in the order given, each percent-encoded (RFC 3986; a space is <c>%20</c>).</summary>
    /// <param name="url">The URL. It is kept as it is, a fragment (<c>#…</c>) included, which stays at the end.</param>
    /// <param name="parameters">Names and values, not encoded; a <c>null</c> value appends the name alone. Without any, the URL comes back unchanged.</param>
    /// <returns>The URL with the parameters.</returns>
    /// <remarks><inheritdoc cref="UrlQuery" path="/remarks"/></remarks>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">A name is <c>null</c> or empty, or a text holds a lone surrogate.</exception>
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
                if (string.IsNullOrEmpty(parameter.Key))
                {
                    throw new ArgumentException(NoName, nameof(parameters));
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
}
