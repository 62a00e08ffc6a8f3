using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace PresignKit;

/// <summary>A presigned URL, together with its method, its required headers and its expiry.</summary>
/// <remarks>
/// <para>Instances are immutable and thread-safe.</para>
/// <para>System.Text.Json and Newtonsoft.Json serialize an instance as <c>{"url", "method", "headers", "expiresAt"}</c>, which contains the values that a browser needs for
/// <c>fetch</c>.</para>
/// <para>Anyone who has the URL can use it until <see cref="ExpiresAt"/>, so keep it out of logs. <see cref="ToString"/> does not show the query.</para>
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(PresignedUrlJsonConverter))]
[DataContract]
public sealed class PresignedUrl
{
    private static readonly ReadOnlyDictionary<string, string> NoHeaders = new(new Dictionary<string, string>());

    /// <summary>Initializes a presigned URL from its parts.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="method">The HTTP method for which the URL is signed.</param>
    /// <param name="signedAt">The instant at which the URL was signed.</param>
    /// <param name="expiresAt">The instant at which the URL expires.</param>
    /// <param name="requiredHeaders">The headers that must be sent with the URL, or <c>null</c> if there are none.</param>
    /// <remarks>Tests can use this constructor to implement a fake <see cref="IPresigner"/>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> or <paramref name="method"/> is <c>null</c>.</exception>
    public PresignedUrl(
        string url,
        HttpMethod method,
        DateTimeOffset signedAt,
        DateTimeOffset expiresAt,
        IEnumerable<KeyValuePair<string, string>>? requiredHeaders = null)
        : this(url, method, signedAt, expiresAt, requiredHeaders is null ? NoHeaders : HeadersToSend(Named(requiredHeaders)))
    {
    }

    internal PresignedUrl(
        string url, HttpMethod method, DateTimeOffset signedAt, DateTimeOffset expiresAt, ReadOnlyDictionary<string, string> requiredHeaders)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(method);
        Url = url;
        Method = method;
        SignedAt = signedAt;
        ExpiresAt = expiresAt;
        RequiredHeaders = requiredHeaders;
    }

    /// <summary>Gets the URL.</summary>
    /// <remarks>The URL must be sent exactly as it is. A client that decodes and re-encodes the URL invalidates the signature.</remarks>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    [DataMember(Name = "url", Order = 1)]
    public string Url { get; }

    /// <summary>Gets the HTTP method for which the URL is signed.</summary>
    /// <remarks>The store responds with 403 to any other method.</remarks>
    public HttpMethod Method { get; }

    /// <summary>Gets the headers that must be sent with the URL, and their signed values.</summary>
    /// <value>Header names and values. Names are compared case-insensitively. <c>Host</c>, which every client sends, is not included.</value>
    /// <remarks>
    /// The store responds with 403 if one of the headers is missing or has a different value. A value that .NET's <see cref="HttpClient"/> would rewrite is signed in its
    /// rewritten form. For example, <c>private, no-store</c> is signed as <c>no-store, private</c>.
    /// </remarks>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    [DataMember(Name = "headers", Order = 3)]
    public IReadOnlyDictionary<string, string> RequiredHeaders { get; }

    /// <summary>Gets the instant from which the URL is valid, in UTC and whole seconds.</summary>
    public DateTimeOffset SignedAt { get; }

    /// <summary>Gets the instant at which the URL expires, in UTC and whole seconds.</summary>
    /// <remarks>The URL expires at the end of its lifetime or when its credentials expire, whichever comes first.</remarks>
    [DataMember(Name = "expiresAt", Order = 4)]
    public DateTimeOffset ExpiresAt { get; }

    // Newtonsoft.Json uses the data contract and would serialize HttpMethod as an object.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    [DataMember(Name = "method", Order = 2)]
    private string MethodName => Method.Method;

    /// <summary>Returns the URL as a <see cref="Uri"/> with exactly the same path and query.</summary>
    /// <returns>A <see cref="Uri"/> whose <see cref="Uri.PathAndQuery"/> and <see cref="Uri.AbsoluteUri"/> match the URL exactly.</returns>
    /// <remarks>
    /// <para>If you need a string, use <see cref="Url"/>, because <c>Uri.ToString</c> unescapes characters.</para>
    /// <para>.NET Framework always normalizes a <see cref="Uri"/>. If the URL contains escaped non-ASCII characters, the <see cref="Uri"/> may also unescape <c>%2A</c>, <c>%27</c>
    /// and similar sequences (as Mono 6.8 does). Stores decode both forms to the same characters.</para>
    /// </remarks>
    public Uri ToUri() => Platform.ExactUri(Url);

    /// <summary>Returns a request with the method, the exact URL and all required headers.</summary>
    /// <param name="content">The body of an upload, or <c>null</c> if there is none. The content's own headers are replaced if the URL requires headers with the same names.</param>
    /// <returns>A request, which can be sent once.</returns>
    /// <exception cref="ArgumentException">
    /// <para>The URL is signed for a specific <c>Content-Length</c>, but <paramref name="content"/> has a different length.</para>
    /// <para>The URL is for S3, and the length of <paramref name="content"/> is not known (for example, because the content is <c>JsonContent</c> or reads a non-seekable stream).
    /// Stores respond with 411 to a body that is sent in chunks.</para>
    /// <para>The URL is for PUT, and <paramref name="content"/> is a multipart form, or any other multipart message whose content type is not signed. The store would save the
    /// message, including its boundaries, as the object.</para>
    /// </exception>
    public HttpRequestMessage ToHttpRequestMessage(HttpContent? content = null)
    {
        if (content is not null && FindProblem(content) is { } problem)
        {
            throw new ArgumentException(problem, nameof(content));
        }

        HttpRequestMessage request = new(Method, ToUri()) { Content = content };
        foreach (KeyValuePair<string, string> header in RequiredHeaders)
        {
            // System.Net.Http stores content headers in HttpContent.Headers and rejects them in HttpRequestMessage.Headers.
            if (header.Key.Equals("content-length", StringComparison.OrdinalIgnoreCase))
            {
                SetContentLength(request.Content ??= new ByteArrayContent([]), header.Value);
            }
            else if (!request.Headers.TryAddWithoutValidation(header.Key, header.Value))
            {
                request.Content ??= new ByteArrayContent([]);
                request.Content.Headers.Remove(header.Key);
                request.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        return request;
    }

    /// <summary>Returns a curl command line for a POSIX shell (sh, bash, zsh).</summary>
    /// <param name="file">The file to upload (PUT, POST), or the file to which a download is saved (GET). If it is <c>null</c>, an upload has an empty body, and a download is
    /// written to standard output.</param>
    /// <returns>The command line. It contains the URL and the values of the required headers, including any SSE-C key, so treat it as a secret.</returns>
    /// <remarks>Do not run the line in PowerShell or <c>cmd</c>, where a quotation mark in a file name or a header could cause a different command to run. For PowerShell, use
    /// <see cref="ToPowerShell"/>.</remarks>
    public string ToCurl(string? file = null) => CurlLine.ForPosixShell(this, file);

    /// <summary>Returns a command line for Windows PowerShell 5.1 or PowerShell 7 that sends the request with <c>curl.exe</c>, which is part of Windows.</summary>
    /// <param name="file">The file to upload (PUT, POST), or the file to which a download is saved (GET). If it is <c>null</c>, an upload has an empty body, and a download is
    /// written to standard output.</param>
    /// <returns>The command line. It contains the URL and the values of the required headers, including any SSE-C key, so treat it as a secret.</returns>
    /// <exception cref="ArgumentException"><paramref name="file"/> contains a quotation mark or ends with a backslash.</exception>
    /// <remarks>
    /// Do not run the line in <c>cmd</c>. Outside Windows, replace <c>curl.exe</c> with <c>curl</c>. <c>Invoke-WebRequest</c> is not used, because it rejects or rewrites some of
    /// the headers that can be signed. Source:
    /// <see href="https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules">about_Quoting_Rules</see>.
    /// </remarks>
    public string ToPowerShell(string? file = null) => CurlLine.ForPowerShell(this, file);

    /// <summary>Returns the method, the host and path of the URL, and the expiry, but not the query, which contains the signature.</summary>
    public override string ToString() => FormattableString.Invariant($"{Method} {WithoutQuery(Url)} (until {ExpiresAt.UtcDateTime:u})");

    /// <summary>Returns a URL without the parts that might contain secrets: the query, the user name and the password.</summary>
    /// <remarks>In a damaged URL, the <c>?</c> might be missing, so the result also ends at the first <c>&amp;</c> or <c>=</c>.</remarks>
    internal static string WithoutQuery(string url)
    {
        int query = url.IndexOfAny(['?', '#']);
        int start = url.LastIndexOf('@', query < 0 ? url.Length - 1 : query) + 1;
        int end = url.IndexOfAny(['?', '#', '&', '='], start);
        return url[start..(end < 0 ? url.Length : end)];
    }

    /// <summary>Returns the signed headers as they must be sent: trimmed, and with the values of repeated headers joined with commas.</summary>
    internal static ReadOnlyDictionary<string, string> HeadersToSend(ReadOnlySpan<KeyValuePair<string, string>> signed)
    {
        if (signed.IsEmpty)
        {
            return NoHeaders;
        }

        Dictionary<string, string> headers = new(signed.Length, StringComparer.OrdinalIgnoreCase);
        Dictionary<string, List<string>>? repeated = null;
        foreach (KeyValuePair<string, string> header in signed)
        {
            // A header without a value is locked: it is in the list of signed headers but must not be sent.
            if (header.Value is null)
            {
                continue;
            }

            string value = header.Value.Trim(' ', '\t');
            if (!headers.TryGetValue(header.Key, out string? first))
            {
                headers.Add(header.Key, value);
                continue;
            }

            if (!(repeated ??= new(StringComparer.OrdinalIgnoreCase)).TryGetValue(header.Key, out List<string>? values))
            {
                repeated.Add(header.Key, values = [first]);
            }

            values.Add(value);
        }

        if (repeated is not null)
        {
            foreach (KeyValuePair<string, List<string>> header in repeated)
            {
                headers[header.Key] = string.Join(",", header.Value);
            }
        }

        return new ReadOnlyDictionary<string, string>(headers);
    }

    private static KeyValuePair<string, string>[] Named(IEnumerable<KeyValuePair<string, string>> requiredHeaders)
    {
        KeyValuePair<string, string>[] headers = [.. requiredHeaders];
        return Array.Exists(headers, header => header.Key is null)
            ? throw new ArgumentException("The name of a required header is null. Specify its name, or remove the header.", nameof(requiredHeaders))
            : headers;
    }

    private string? FindProblem(HttpContent content)
    {
        if (Method == HttpMethod.Put && IsMultipart(content.Headers.ContentType?.MediaType, out bool isForm)
            && (isForm || !RequiredHeaders.TryGetValue("content-type", out string? signed) || !IsMultipart(signed, out _)))
        {
            return isForm
                ? "The content is a multipart form, which a presigned PUT would store as the object, boundaries included. Use the content of the file itself, such as StreamContent, or a form from PresignPost."
                : "The content is a multipart message, which a presigned PUT would store as the object, boundaries included. Use the content of the file itself, or presign with the multipart type as ContentType to store the message.";
        }

        // Only S3 URLs are checked, because other services accept chunked bodies.
        return content.Headers.ContentLength is null && !RequiredHeaders.ContainsKey("content-length") && Url.Contains("%2Fs3%2Faws4_request")
            ? "The content has an unknown length, so HttpClient would send it in chunks, which stores reject with 411 (Length Required). Call LoadIntoBufferAsync on the content, or set its Headers.ContentLength."
            : null;
    }

    private static bool IsMultipart(string? mediaType, out bool isForm)
    {
        isForm = mediaType is not null && mediaType.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase);
        return mediaType is not null && mediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase);
    }

    private static void SetContentLength(HttpContent content, string signed)
    {
        if (!long.TryParse(signed, NumberStyles.None, CultureInfo.InvariantCulture, out long length))
        {
            content.Headers.TryAddWithoutValidation("Content-Length", signed);
            return;
        }

        if (content.Headers.ContentLength is { } actual && actual != length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The URL is signed for a body of exactly {length} bytes, but the content has {actual} bytes. Presign the URL with ContentLength = {actual}."),
                nameof(content));
        }

        // Without this header, HttpClient would send a stream of unknown length in chunks.
        content.Headers.ContentLength = length;
    }
}
