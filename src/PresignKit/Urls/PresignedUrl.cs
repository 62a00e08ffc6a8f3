using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Text.Json.Serialization;

namespace PresignKit;

/// <summary>A presigned URL, and everything that its user has to know. Immutable and thread-safe.</summary>
/// <remarks>As JSON (System.Text.Json) it is <c>{"url", "method", "headers", "expiresAt"}</c>: what a browser needs for <c>fetch</c>. Whoever has the URL can use it until <see cref="ExpiresAt"/>: keep it out of logs. <see cref="ToString"/> shows no query.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(PresignedUrlJsonConverter))]
public sealed class PresignedUrl
{
    private static readonly ReadOnlyDictionary<string, string> NoHeaders = new(new Dictionary<string, string>());

    /// <summary>Makes a result; for fakes of <see cref="IPresigner"/> in tests.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="method">The HTTP method that it is signed for.</param>
    /// <param name="signedAt">The instant of signing.</param>
    /// <param name="expiresAt">The instant at which it ends.</param>
    /// <param name="requiredHeaders">The headers that must be sent with it; <c>null</c> for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> or <paramref name="method"/> is <c>null</c>.</exception>
    public PresignedUrl(
        string url,
        HttpMethod method,
        DateTimeOffset signedAt,
        DateTimeOffset expiresAt,
        IReadOnlyDictionary<string, string>? requiredHeaders = null)
        : this(url, method, signedAt, expiresAt, requiredHeaders is null ? NoHeaders : HeadersToSend([.. requiredHeaders]))
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

    /// <summary>The URL, exactly as it must be sent: a client that decodes and re-encodes it breaks it.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Url { get; }

    /// <summary>The HTTP method; the URL answers 403 to any other.</summary>
    public HttpMethod Method { get; }

    /// <summary>
    /// The headers that must be sent with these values, besides <c>Host</c>, which every client sends. Without one of them the store answers 403.
    /// Names are compared without regard to case.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IReadOnlyDictionary<string, string> RequiredHeaders { get; }

    /// <summary>The instant from which the URL holds, in UTC and whole seconds.</summary>
    public DateTimeOffset SignedAt { get; }

    /// <summary>The instant at which the URL ends, in UTC and whole seconds: the end of its own time or of its credentials, whichever comes first.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>The URL as a <see cref="Uri"/> that sends the same path and query.</summary>
    /// <returns>The URI.</returns>
    /// <remarks>
    /// On .NET Framework a plain <see cref="Uri"/>. Beside escaped text beyond ASCII that can write <c>%2A</c>, <c>%27</c> and the like as the characters
    /// themselves (Mono 6.8 does); what a store decodes stays the same.
    /// </remarks>
    public Uri ToUri() => Platform.ExactUri(Url);

    /// <summary>A request with the method, the exact URL and every required header.</summary>
    /// <param name="content">The body of an upload; its own headers of the same names are replaced. <c>null</c> for none.</param>
    /// <returns>The request, to be sent once.</returns>
    /// <exception cref="ArgumentException">The URL is signed for a <c>Content-Length</c>, and <paramref name="content"/> has another length.</exception>
    public HttpRequestMessage ToHttpRequestMessage(HttpContent? content = null) => RequestMessage.Create(this, content);

    /// <summary>A curl line for a POSIX shell.</summary>
    /// <param name="file">The file that is uploaded (PUT, POST), or into which is downloaded (GET). <c>null</c>: an upload sends an empty body, a download goes
    /// to the standard output.</param>
    /// <returns>The line. It holds the URL and the values of the required headers (an SSE-C key, too): treat it as a secret.</returns>
    public string ToCurl(string? file = null) => CurlLine.Create(this, file);

    /// <summary>Method, host and path, and the expiry: without the query, which has the signature in it.</summary>
    public override string ToString() => FormattableString.Invariant($"{Method} {WithoutQuery(Url)} (until {ExpiresAt.UtcDateTime:u})");

    /// <summary>A URL without what may be secret in it: its query, and a user name and password. One that came apart can have lost its '?'.</summary>
    internal static string WithoutQuery(string url)
    {
        int query = url.IndexOfAny(['?', '#']);
        int start = url.LastIndexOf('@', query < 0 ? url.Length - 1 : query) + 1;
        int end = url.IndexOfAny(['?', '#', '&', '='], start);
        return url[start..(end < 0 ? url.Length : end)];
    }

    internal static ReadOnlyDictionary<string, string> HeadersToSend(ReadOnlySpan<KeyValuePair<string, string>> signed)
    {
        if (signed.IsEmpty)
        {
            return NoHeaders;
        }

        Dictionary<string, string> headers = new(signed.Length, StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> header in signed)
        {
            // Without a value it is locked: named among the signed headers, and not to be sent.
            if (header.Value is null)
            {
                continue;
            }

            string value = header.Value.Trim(' ', '\t');
            headers[header.Key] = headers.TryGetValue(header.Key, out string? before) ? before + "," + value : value;
        }

        return new ReadOnlyDictionary<string, string>(headers);
    }
}
