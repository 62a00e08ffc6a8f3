using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace PresignKit;

/// <summary>The content of a presigned URL.</summary>
/// <remarks>
/// Anyone can create a URL with a fake signature, so do not trust the content unless it comes from a <see cref="PresignedUrlVerificationResult"/>.
/// Instances are immutable and thread-safe.
/// </remarks>
/// <example><code>
/// if (PresignedUrlInfo.TryParse(url, out var info) &amp;&amp; info.IsExpired(DateTimeOffset.UtcNow))
/// {
///     Console.WriteLine($"{info.Bucket}/{info.Key} expired at {info.ExpiresAt:u}");
/// }
/// </code></example>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class PresignedUrlInfo
{
    private const string SigV4a = "AWS4-ECDSA-P256-SHA256";
    private const string SigV2 = "HMAC-SHA1";

    // The signed headers of most URLs.
    private static readonly ReadOnlyCollection<string> HostAlone = Array.AsReadOnly(["host"]);

    // Hidden from the debugger because the parts contain the signature.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly UrlParts _parts;
    private readonly S3Endpoint? _endpoint;
    private readonly bool _isAtEndpointOnly;
    private readonly DateTime _scopeDate;
    private UrlLocation? _location;

    private PresignedUrlInfo(UrlParts parts, string host, S3Endpoint? endpoint, bool isAtEndpointOnly, string algorithm, string accessKeyId, RequestParameters others)
    {
        _parts = parts;
        _endpoint = endpoint;
        _isAtEndpointOnly = isAtEndpointOnly;
        Host = host;
        Algorithm = algorithm;
        AccessKeyId = accessKeyId;
        ResponseHeaders = others.ResponseHeaders;
        OtherParameters = others.Others;
    }

    // SigV4 and SigV4a
    private PresignedUrlInfo(
        UrlParts parts, string host, S3Endpoint? endpoint, bool isAtEndpointOnly, string algorithm, in Credential credential, string region, string signedHeaders, bool hasSessionToken, RequestParameters others)
        : this(parts, host, endpoint, isAtEndpointOnly, algorithm, credential.AccessKeyId, others)
    {
        _scopeDate = credential.ScopeDate;
        SignedAtUtc = credential.SignedAt;
        Seconds = credential.ExpiresIn;
        Region = region;
        Service = credential.Service;
        SignedHeaders = signedHeaders == "host" ? HostAlone : Array.AsReadOnly(signedHeaders.Split([';'], StringSplitOptions.RemoveEmptyEntries));
        HasSessionToken = hasSessionToken;
    }

    // SigV2
    private PresignedUrlInfo(UrlParts parts, S3Endpoint? endpoint, string accessKeyId, long unixSeconds, bool hasSessionToken, RequestParameters others)
        : this(parts, UrlParts.SignedHost(parts.Authority, parts.IsTls), endpoint, isAtEndpointOnly: false, SigV2, accessKeyId, others)
    {
        Seconds = unixSeconds;
        HasSessionToken = hasSessionToken;
    }

    /// <summary>Gets the signature algorithm: <c>AWS4-HMAC-SHA256</c>, <c>AWS4-ECDSA-P256-SHA256</c> (SigV4a) or <c>HMAC-SHA1</c> (SigV2).</summary>
    /// <remarks>A SigV2 URL does not contain the name of its algorithm.</remarks>
    public string Algorithm { get; }

    /// <summary>Gets the ID of the access key that signed the URL, as stated in the URL.</summary>
    public string AccessKeyId { get; }

    /// <summary>Gets the date in the credential scope (at midnight UTC), or <c>null</c> for SigV2.</summary>
    public DateTimeOffset? ScopeDate => Service is null ? null : new DateTimeOffset(_scopeDate, TimeSpan.Zero);

    /// <summary>Gets the region in the credential scope, the set of regions for SigV4a (such as <c>*</c>), or <c>null</c> for SigV2.</summary>
    public string? Region { get; }

    /// <summary>Gets the service in the credential scope, usually <c>s3</c>, or <c>null</c> for SigV2.</summary>
    public string? Service { get; }

    /// <summary>Gets the instant at which the URL was signed, or <c>null</c> for SigV2.</summary>
    public DateTimeOffset? SignedAt => Service is null ? null : new DateTimeOffset(SignedAtUtc, TimeSpan.Zero);

    /// <summary>Gets the lifetime in whole seconds, starting at <see cref="SignedAt"/>, or <c>null</c> for SigV2.</summary>
    /// <remarks>The value in a URL might be outside the range that stores accept (1 second to 7 days).</remarks>
    public TimeSpan? ExpiresIn => Service is null ? null : TimeSpan.FromSeconds(Seconds);

    /// <summary>Gets the instant at which the URL expires.</summary>
    public DateTimeOffset ExpiresAt => Add(Service is null ? DateTimeOffset.FromUnixTimeSeconds(0) : new DateTimeOffset(SignedAtUtc, TimeSpan.Zero), Seconds);

    /// <summary>Gets the lowercase names of the signed headers.</summary>
    /// <value>Empty for SigV2.</value>
    /// <remarks>Each header except <c>host</c> must be sent with its signed value.</remarks>
    public IReadOnlyList<string> SignedHeaders { get; } = [];

    /// <summary>Gets a value that indicates whether the URL contains the session token of temporary credentials.</summary>
    /// <remarks>A URL with a session token stops working when the credentials expire, even if they expire before <see cref="ExpiresAt"/>.</remarks>
    public bool HasSessionToken { get; }

    /// <summary>Gets the host and port in lowercase, without the scheme's default port.</summary>
    public string Host { get; }

    /// <summary>Gets the bucket, or an ARN if the host belongs to an access point.</summary>
    /// <value><c>null</c> if the URL does not contain a bucket, as with <see cref="UrlStyle.BucketBoundHostname"/>, or if the bucket cannot be determined from the endpoint or the
    /// host.</value>
    public string? Bucket => Location.Bucket;

    /// <summary>Gets the decoded key of the object.</summary>
    /// <value><c>null</c> if the URL does not contain a key, if the key is not valid UTF-8, or if the start of the key cannot be determined.</value>
    public string? Key => Location.Key;

    /// <summary>Gets the response headers that the URL overrides.</summary>
    public ResponseHeaderOverrides ResponseHeaders { get; }

    /// <summary>Gets the decoded parameters that belong neither to the signature nor to <see cref="ResponseHeaders"/>, in the order in which they appear in the URL.</summary>
    /// <value>If a parameter in the URL does not have a value, its value in the list is an empty string.</value>
    public IReadOnlyList<KeyValuePair<string, string>> OtherParameters { get; }

    /// <summary>Gets a value that indicates whether the URL's bucket and key, if any, are known.</summary>
    internal bool IsLocated => !ReferenceEquals(Location, UrlLocation.Unknown);

    internal ReadOnlySpan<char> Path => _parts.Path;

    /// <summary>Gets the instant at which the URL was signed (unspecified for SigV2).</summary>
    internal DateTime SignedAtUtc { get; }

    /// <summary>Gets the lifetime in seconds or, for SigV2, the expiry in Unix time.</summary>
    internal long Seconds { get; }

    private UrlLocation Location => _location ??= _isAtEndpointOnly
        ? UrlLocation.At(_endpoint!, Host, _parts.Path) ?? UrlLocation.Unknown
        : UrlLocation.Find(Host, _parts.IsTls, _parts.Path, Region, _endpoint);

    /// <summary>Parses a URL that was presigned with SigV4, SigV4a or SigV2.</summary>
    /// <param name="url">An absolute <c>http</c> or <c>https</c> URL. A URL is repaired before it is parsed if it was copied from HTML (<c>&amp;amp;</c>), JSON (<c>\u0026</c>),
    /// wrapped text or a sentence, or if it was percent-encoded twice.</param>
    /// <param name="info">The content of the URL, or <c>null</c> if the URL is not presigned or cannot be parsed.</param>
    /// <returns><c>true</c> if the URL was parsed, otherwise <c>false</c>. An invalid URL does not cause an exception. A URL with more than 131,072 characters is not
    /// parsed.</returns>
    /// <remarks>The bucket and the key are known only if the host is an IP address or <c>localhost</c>, or belongs to a known provider.</remarks>
    public static bool TryParse(string? url, [NotNullWhen(true)] out PresignedUrlInfo? info) => TryParse(url, endpoint: null, out info, out _);

    /// <summary>Parses a presigned URL and uses the store's endpoint to find the bucket and the key.</summary>
    /// <param name="url">An absolute <c>http</c> or <c>https</c> URL.</param>
    /// <param name="endpoint">The endpoint of the store. A URL for a different host is parsed as if no endpoint were specified.</param>
    /// <param name="info">The content of the URL, or <c>null</c> if the URL is not presigned or cannot be parsed.</param>
    /// <returns><c>true</c> if the URL was parsed, otherwise <c>false</c>. An invalid URL does not cause an exception. A URL with more than 131,072 characters is not
    /// parsed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoint"/> is <c>null</c>.</exception>
    public static bool TryParse(string? url, S3Endpoint endpoint, [NotNullWhen(true)] out PresignedUrlInfo? info)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return TryParse(url, endpoint, out info, out _);
    }

    /// <summary>Parses a presigned URL and describes any problem with it.</summary>
    /// <param name="url">An absolute URL, which is repaired in the same cases as in <see cref="TryParse(string, out PresignedUrlInfo)"/>.</param>
    /// <param name="endpoint">The store's endpoint, which is used to find the bucket and the key, or <c>null</c> if the endpoint is unknown.</param>
    /// <param name="info">The content of the URL, or <c>null</c> if the URL is not presigned or cannot be parsed.</param>
    /// <param name="problem">A human-readable description of the problem and its remedy, or <c>null</c> if no problem was found. If the URL cannot be parsed, the description
    /// explains why. If the URL was parsed, the description explains why a store would reject it: the URL was damaged when it was copied, or its signature does not have 64
    /// lowercase hexadecimal digits. The description contains neither a signature nor a session token.</param>
    /// <returns><c>true</c> if the URL was parsed, otherwise <c>false</c>. An invalid URL does not cause an exception. A URL with more than 131,072 characters is not
    /// parsed.</returns>
    /// <example><code>
    /// if (!PresignedUrlInfo.TryParse(pasted, endpoint: null, out var info, out string? problem) || problem is not null)
    /// {
    ///     Console.WriteLine(problem);      // The URL contains '&amp;amp;', so it was copied from HTML. Replace it with '&amp;'.
    /// }
    /// </code></example>
    public static bool TryParse(string? url, S3Endpoint? endpoint, [NotNullWhen(true)] out PresignedUrlInfo? info, out string? problem)
    {
        problem = null;
        info = Parse(url, endpoint, out bool isComplete);
        if (isComplete)
        {
            return info is not null;
        }

        if (url is null)
        {
            problem = "The URL is null. Pass an absolute URL.";
            return false;
        }

        string repaired = PastedUrl.Repair(url, out string? damage);
        info = damage is null ? info : Parse(repaired, endpoint, out isComplete) ?? info;
        string? flaw = isComplete ? null : UrlProblem.FindFlaw(repaired) ?? (info is null ? UrlProblem.Malformed : null);
        problem = damage is null ? flaw : flaw is null ? damage : damage + " " + flaw;
        return info is not null;
    }

    /// <summary>Restores a presigned URL that was damaged when it was copied.</summary>
    /// <param name="url">The URL as it was pasted. It might contain <c>&amp;amp;</c> from HTML, <c>\u0026</c> from JSON or line breaks from wrapped text. It might be surrounded
    /// by quotation marks or punctuation, or be percent-encoded twice.</param>
    /// <param name="damage">A human-readable description of the damage and its remedy, or <c>null</c> if the URL can be parsed as it is or if no damage was found. The description
    /// does not contain any secrets.</param>
    /// <returns>The restored URL, or <paramref name="url"/> if <paramref name="damage"/> is <c>null</c>. The result is not necessarily a complete presigned URL.</returns>
    /// <remarks><see cref="TryParse(string, S3Endpoint, out PresignedUrlInfo, out string)"/> restores a URL in the same way and then parses it. If you verify, re-sign or send the
    /// restored URL, show the description to a person because the restored URL is not the URL that was received. A server must not restore the URL of an incoming
    /// request.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> is <c>null</c>.</exception>
    /// <example><code>
    /// string url = PresignedUrlInfo.Repair(pasted, out string? damage);      // The URL contains '&amp;amp;', so it was copied from HTML. Replace it with '&amp;'.
    /// </code></example>
    public static string Repair(string url, out string? damage)
    {
        ArgumentNullException.ThrowIfNull(url);
        damage = null;
        _ = Parse(url, endpoint: null, out bool isComplete);
        return isComplete ? url : PastedUrl.Repair(url, out damage);
    }

    /// <summary>Masks secrets in presigned URLs, forms and headers within a string: access key IDs, signatures, tokens, policies and encryption keys.</summary>
    /// <param name="text">A URL, or any string that contains URLs, form fields or headers, such as a log, an email, a HAR file, JSON, HTML or XML. A URL parameter can contain
    /// another URL.</param>
    /// <returns>The string with <c>***</c> in place of each secret. The rest of the string is unchanged.</returns>
    /// <remarks>
    /// <para>A secret is recognized by the name before it. The name and the value can be separated by any run of quotation marks, brackets, commas, line breaks and the word
    /// <c>value</c>. Any of these parts can be escaped up to eight times (<c>%253D</c>, <c>\\u003D</c>, <c>&amp;#61;</c>, <c>=3D</c>). Lines can be wrapped, even in the middle
    /// of a name or a value. A value that precedes its name is recognized only in the form <c>value="…" name="…"</c> or the equivalent JSON.</para>
    /// <para>The recognized names are <c>sig</c>, <c>q-signature</c>, <c>AWSAccessKeyId</c>, <c>SignatureProvided</c>, the names of secret access keys and SSE-C keys, and names
    /// that end in the word <c>signature</c>, <c>credential</c>, <c>token</c> or <c>policy</c>, or in the words <c>access key ID</c>. S3, Google and Alibaba Cloud use
    /// parameters whose names have these endings. After a vendor-specific name, such as <c>X-Amz-Signature</c>, every value that follows <c>=</c> or <c>:</c> is masked. The names
    /// <c>signature</c>, <c>credential</c>, <c>policy</c>, <c>token</c> and <c>sig</c> are also ordinary words. In a query parameter, a JSON string, an attribute or a form part,
    /// every value that follows one of these names is masked. Elsewhere, and after any other name that ends in one of these words, a value is masked only if it looks like a
    /// secret. To look like a secret, a value must have at least 16 letters and digits, mixed as in base64 or hexadecimal. A policy must also start like base64-encoded JSON. For
    /// example, <c>Retry policy: exponential</c> is not changed.</para>
    /// <para>The credential scope remains visible because its date and region are useful in a log. Redacting a string twice has the same result as redacting it once. The running
    /// time is linear in the length of the string.</para>
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <c>null</c>.</exception>
    /// <example><c>https://s.example/k?X-Amz-Credential=AK%2F20260314%2Fnyc3%2Fs3%2Faws4_request&amp;X-Amz-Signature=0f3c…</c> becomes
    /// <c>https://s.example/k?X-Amz-Credential=***%2F20260314%2Fnyc3%2Fs3%2Faws4_request&amp;X-Amz-Signature=***</c>.</example>
    public static string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Redaction.Apply(text);
    }

    /// <summary>Determines whether the URL has expired.</summary>
    /// <remarks>A store may reject the URL a few seconds earlier or later because clocks differ.</remarks>
    /// <param name="now">The current instant.</param>
    public bool IsExpired(DateTimeOffset now) => now >= ExpiresAt;

    /// <summary>Returns the remaining lifetime of the URL, or <see cref="TimeSpan.Zero"/> if it has expired.</summary>
    /// <param name="now">The current instant.</param>
    public TimeSpan Remaining(DateTimeOffset now) => IsExpired(now) ? TimeSpan.Zero : ExpiresAt - now;

    /// <summary>Returns a string that contains the host, the path, the algorithm and the expiry.</summary>
    /// <remarks>The query is omitted, so the result cannot be used as a presigned URL.</remarks>
    public override string ToString() => FormattableString.Invariant($"{Host}{_parts.Path.ToString()} ({Algorithm}, expires {ExpiresAt.UtcDateTime:u})");

    /// <summary>Creates an instance for a verifier from the parsed parts of a SigV4 URL.</summary>
    internal static PresignedUrlInfo Create(
        UrlParts parts, string host, in SigV4Parameters parameters, in Credential credential, RequestParameters others, S3Endpoint? endpoint, bool isAtEndpointOnly) => new(
            parts, host, endpoint, isAtEndpointOnly, StringToSign.Algorithm, credential, credential.Region,
            parameters.SignedHeadersText, parameters.HasSessionToken, others);

    // A URL is complete if it can be parsed and, for AWS4-HMAC-SHA256, its signature has 64 lowercase hexadecimal digits.
    private static PresignedUrlInfo? Parse(string? url, S3Endpoint? endpoint, out bool isComplete)
    {
        isComplete = false;
        if (!UrlParts.TrySplit(url, out UrlParts parts) || parts.Authority.IsEmpty || !IsPath(parts.Path))
        {
            return null;
        }

        ReceivedQuery query = default;
        try
        {
            if (!ReceivedQuery.TryRead(parts.Query, out query))
            {
                return null;
            }

            SigV4Parameters parameters = new(query);
            PresignedUrlInfo? info = parameters.IsPresigned ? ParseSigV4(parts, endpoint, query, parameters) : ParseSigV2(parts, endpoint, query);
            isComplete = info is not null && (!parameters.IsHmac || UrlProblem.IsSignature(parameters.Signature));
            return info;
        }
        finally
        {
            query.Dispose();
        }
    }

    private static PresignedUrlInfo? ParseSigV4(UrlParts parts, S3Endpoint? endpoint, in ReceivedQuery query, in SigV4Parameters parameters)
    {
        if (!parameters.AreText || parameters is { HasSignature: false } or { HasSignedHeaders: false } or { HasAlgorithm: false })
        {
            return null;
        }

        string algorithm = parameters.IsHmac ? StringToSign.Algorithm : PercentEncoding.Decode(parameters.Algorithm)!;
        bool isSigV4a = algorithm == SigV4a;
        if (!parameters.TryReadCredential(isSigV4a, knownRegion: null, out Credential credential)
            || RequestParameters.Read(query, SigV4Parameters.IsName) is not { } others)
        {
            return null;
        }

        string region = isSigV4a ? others.Others.FirstOrDefault(parameter => parameter.Key == "X-Amz-Region-Set").Value ?? "" : credential.Region;
        return new PresignedUrlInfo(
            parts, UrlParts.SignedHost(parts.Authority, parts.IsTls), endpoint, isAtEndpointOnly: false, algorithm, credential, region,
            parameters.SignedHeadersText, parameters.HasSessionToken, others);
    }

    // AWSAccessKeyId=…&Expires=(seconds since 1970)&Signature=…
    private static PresignedUrlInfo? ParseSigV2(UrlParts parts, S3Endpoint? endpoint, in ReceivedQuery query)
    {
        int key = query.IndexOf("AWSAccessKeyId"u8);
        int expires = query.IndexOf("Expires"u8);
        int signature = query.IndexOf("Signature"u8);
        if (key < 0 || expires < 0 || signature < 0 || PercentEncoding.Decode(query.Value(key)) is not { Length: > 0 } accessKeyId ||
            !long.TryParse(Platform.AsciiToString(query.Value(expires)), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) ||
            RequestParameters.Read(query, IsSigV2Name) is not { } others)
        {
            return null;
        }

        return new PresignedUrlInfo(parts, endpoint, accessKeyId, seconds, hasSessionToken: query.IndexOf("x-amz-security-token"u8) >= 0, others);
    }

    private static bool IsSigV2Name(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("AWSAccessKeyId"u8) || name.SequenceEqual("Expires"u8) || name.SequenceEqual("Signature"u8) || name.SequenceEqual("x-amz-security-token"u8);

    private static bool IsPath(ReadOnlySpan<char> path)
    {
        ByteBuffer buffer = new(256);
        try
        {
            return PercentEncoding.TryAppendReceivedPath(ref buffer, path);
        }
        finally
        {
            buffer.Dispose();
        }
    }

    // The expiry in a URL might be outside the range of DateTimeOffset.
    private static DateTimeOffset Add(DateTimeOffset start, long seconds) =>
        seconds >= (DateTimeOffset.MaxValue - start).TotalSeconds ? DateTimeOffset.MaxValue
        : seconds <= (DateTimeOffset.MinValue - start).TotalSeconds ? DateTimeOffset.MinValue
        : start.AddSeconds(seconds);
}
