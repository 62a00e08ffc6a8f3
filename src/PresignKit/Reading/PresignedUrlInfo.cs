using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics;
using System.Globalization;

namespace PresignKit;

/// <summary>What a presigned URL says of itself. It is not verified: anybody can write such a URL. Immutable and thread-safe.</summary>
/// <example><code>
/// if (PresignedUrlInfo.TryParse(url, out var info) &amp;&amp; info.IsExpired(DateTimeOffset.UtcNow))
/// {
///     Console.WriteLine($"{info.Bucket}/{info.Key} ended at {info.ExpiresAt:u}");
/// }
/// </code></example>
[DebuggerDisplay("{ToString(),nq}")]
public sealed partial class PresignedUrlInfo
{
    private readonly string _path;
    private readonly bool _isTls;
    private readonly S3Endpoint? _endpoint;
    private UrlLocation? _location;

    /// <summary><c>AWS4-HMAC-SHA256</c>, <c>AWS4-ECDSA-P256-SHA256</c> (SigV4a), or <c>HMAC-SHA1</c> for SigV2, which has no word for it.</summary>
    public string Algorithm { get; }

    /// <summary>The id of the access key that signed it, or is said to.</summary>
    public string AccessKeyId { get; }

    /// <summary>The day in the credential scope, at 00:00 UTC; <c>null</c> for SigV2.</summary>
    public DateTimeOffset? ScopeDate { get; private init; }

    /// <summary>The region in the credential scope; for SigV4a its set of regions (<c>*</c>); <c>null</c> for SigV2.</summary>
    public string? Region { get; private init; }

    /// <summary>The service in the credential scope, <c>s3</c> mostly; <c>null</c> for SigV2.</summary>
    public string? Service { get; private init; }

    /// <summary>The instant of signing; <c>null</c> for SigV2.</summary>
    public DateTimeOffset? SignedAt { get; private init; }

    /// <summary>How long it holds from <see cref="SignedAt"/> on, in whole seconds, as it says itself: below 1 second and above 7 days, stores refuse it. <c>null</c> for SigV2.</summary>
    public TimeSpan? ExpiresIn { get; private init; }

    /// <summary>The instant from which on it holds no longer.</summary>
    public DateTimeOffset ExpiresAt { get; private init; }

    /// <summary>The names of the headers that are signed, lower case: each but <c>host</c> must be sent with its value. Empty for SigV2.</summary>
    public IReadOnlyList<string> SignedHeaders { get; private init; } = [];

    /// <summary>Whether the URL holds the session token of temporary credentials: it ends with them, whatever <see cref="ExpiresAt"/> says.</summary>
    public bool HasSessionToken { get; private init; }

    /// <summary>Host and port in lower case, without the scheme's default port.</summary>
    public string Host { get; }

    /// <summary>The bucket, an ARN where the host is an access point's; <c>null</c> where the URL names none, or where neither an endpoint nor the host tells which part it is.</summary>
    public string? Bucket => Location.Bucket;

    /// <summary>The object's key, decoded; <c>null</c> where there is none, or where it is not known where it begins.</summary>
    public string? Key => Location.Key;

    /// <summary>The response headers that the URL overrides.</summary>
    public ResponseHeaderOverrides ResponseHeaders { get; private init; } = NoOverrides;

    /// <summary>The parameters that belong neither to the signature nor to <see cref="ResponseHeaders"/>, decoded, in the order of the URL; one without a value has the empty one.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> OtherParameters { get; private init; } = [];

    private UrlLocation Location => _location ??= UrlLocation.Find(Host, _isTls, _path.AsSpan(), Region, _endpoint);

    /// <summary>Reads a presigned URL, of SigV4, SigV4a or SigV2. Bucket and key are found where the host is a known provider's or an IP address.</summary>
    /// <param name="url">An absolute URL, <c>http</c> or <c>https</c>.</param>
    /// <param name="info">What it says; <c>null</c> where it is no presigned URL or cannot be read.</param>
    /// <returns>Whether it could be read. Nothing is thrown, and no more than 131,072 characters are read.</returns>
    public static bool TryParse(string? url, [NotNullWhen(true)] out PresignedUrlInfo? info) => (info = Read(url, endpoint: null)) is not null;

    /// <summary>Reads a presigned URL of a store whose endpoint is known, which tells bucket and key.</summary>
    /// <param name="url">An absolute URL, <c>http</c> or <c>https</c>.</param>
    /// <param name="endpoint">Where the store answers. A URL for another host is read as if there were none.</param>
    /// <param name="info">What it says; <c>null</c> where it is no presigned URL or cannot be read.</param>
    /// <returns>Whether it could be read. No URL leads to an exception, and no more than 131,072 characters are read.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoint"/> is <c>null</c>.</exception>
    public static bool TryParse(string? url, S3Endpoint endpoint, [NotNullWhen(true)] out PresignedUrlInfo? info)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return (info = Read(url, endpoint)) is not null;
    }

    /// <summary>Whether the URL has expired. Stores may see it some seconds earlier or later: clocks differ.</summary>
    /// <param name="now">The present instant.</param>
    public bool IsExpired(DateTimeOffset now) => now >= ExpiresAt;

    /// <summary>How long the URL still holds; <see cref="TimeSpan.Zero"/> where it has expired.</summary>
    /// <param name="now">The present instant.</param>
    public TimeSpan Remaining(DateTimeOffset now) => IsExpired(now) ? TimeSpan.Zero : ExpiresAt - now;

    /// <summary>Whether it leads to the same place as another URL: the same host and path, or the same bucket and key at an endpoint that has both URLs, in whatever style.</summary>
    internal bool LeadsWhere(PresignedUrlInfo other, S3Endpoint endpoint) =>
        (Host == other.Host && EncodedPath == other.EncodedPath)
        || (Bucket is not null && Bucket == other.Bucket && Key == other.Key && IsAt(endpoint) && other.IsAt(endpoint));

    private string EncodedPath => UrlLocation.EncodedPath(_path.AsSpan()) is { Length: > 0 } path ? path : "/";

    private bool IsAt(S3Endpoint endpoint) => UrlLocation.In(endpoint, Host, EncodedPath) is not null;

    /// <summary>Host, path and end: nothing that could be used.</summary>
    public override string ToString() => FormattableString.Invariant($"{Host}{_path} ({Algorithm}, until {ExpiresAt.UtcDateTime:u})");

    private const string SigV4a = "AWS4-ECDSA-P256-SHA256";

    // What most URLs have.
    private static readonly ReadOnlyCollection<string> HostAlone = Array.AsReadOnly(["host"]);
    private static readonly ResponseHeaderOverrides NoOverrides = new();

    private PresignedUrlInfo(UrlParts parts, S3Endpoint? endpoint, string algorithm, string accessKeyId)
    {
        Host = UrlParts.SignedForm(parts.Authority, parts.IsTls);
        Algorithm = algorithm;
        AccessKeyId = accessKeyId;
        _path = parts.Path.ToString();
        _isTls = parts.IsTls;
        _endpoint = endpoint;
    }

    private static PresignedUrlInfo? Read(string? url, S3Endpoint? endpoint)
    {
        if (!UrlParts.TryCut(url.AsSpan(), out UrlParts parts) || parts.Authority.IsEmpty || !UrlLocation.IsPath(parts.Path))
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
            return parameters.IsPresigned ? ReadSigV4(parts, endpoint, query, parameters) : ReadSigV2(parts, endpoint, query);
        }
        finally
        {
            query.Dispose();
        }
    }

    private static PresignedUrlInfo? ReadSigV4(UrlParts parts, S3Endpoint? endpoint, in ReceivedQuery query, SigV4Parameters parameters)
    {
        if (!parameters.AreText)
        {
            return null;
        }

        string algorithm = parameters.IsHmac ? StringToSign.Algorithm : PercentEncoding.Decode(parameters.Algorithm)!;
        bool isSigV4a = algorithm == SigV4a;
        bool isReadable = parameters.TryGetCredential(isSigV4a, out string accessKeyId, out ReadOnlySpan<byte> date, out string region, out string service)
            & parameters.TryGetSignedAt(out DateTimeOffset signedAt)
            & parameters.TryGetExpiresIn(out int seconds)
            & SigV4Parameters.TryGetDate(date, out DateTimeOffset scopeDate);
        if (!isReadable || parameters is { HasSignature: false } or { HasSignedHeaders: false } or { HasAlgorithm: false } ||
            !TryReadOthers(query, isName: SigV4Parameters.IsName, out ResponseHeaderOverrides overrides, out IReadOnlyList<KeyValuePair<string, string>> others))
        {
            return null;
        }

        return new PresignedUrlInfo(parts, endpoint, algorithm, accessKeyId)
        {
            ScopeDate = scopeDate,
            Region = isSigV4a ? others.FirstOrDefault(parameter => parameter.Key == "X-Amz-Region-Set").Value ?? "" : region,
            Service = service,
            SignedAt = signedAt,
            ExpiresIn = TimeSpan.FromSeconds(seconds),
            ExpiresAt = Add(signedAt, seconds),
            SignedHeaders = parameters.SignedHeadersText is var names and not "host" ? Array.AsReadOnly(names.Split(';')) : HostAlone,
            HasSessionToken = parameters.HasSessionToken,
            ResponseHeaders = overrides,
            OtherParameters = others,
        };
    }

    // AWSAccessKeyId=…&Expires=(seconds since 1970)&Signature=…
    private static PresignedUrlInfo? ReadSigV2(UrlParts parts, S3Endpoint? endpoint, in ReceivedQuery query)
    {
        int key = query.IndexOf("AWSAccessKeyId"u8);
        int expires = query.IndexOf("Expires"u8);
        int signature = query.IndexOf("Signature"u8);
        if (key < 0 || expires < 0 || signature < 0 || PercentEncoding.Decode(query.Value(key)) is not { Length: > 0 } accessKeyId ||
            !long.TryParse(Platform.AsciiToString(query.Value(expires)), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) ||
            !TryReadOthers(query, IsSigV2Name, out ResponseHeaderOverrides overrides, out IReadOnlyList<KeyValuePair<string, string>> others))
        {
            return null;
        }

        return new PresignedUrlInfo(parts, endpoint, "HMAC-SHA1", accessKeyId)
        {
            ExpiresAt = Add(DateTimeOffset.FromUnixTimeSeconds(0), seconds),
            HasSessionToken = query.IndexOf("x-amz-security-token"u8) >= 0,
            ResponseHeaders = overrides,
            OtherParameters = others,
        };
    }

    private delegate bool NameTest(ReadOnlySpan<byte> name);

    private static bool IsSigV2Name(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("AWSAccessKeyId"u8) || name.SequenceEqual("Expires"u8) || name.SequenceEqual("Signature"u8) || name.SequenceEqual("x-amz-security-token"u8);

    private static bool TryReadOthers(
        in ReceivedQuery query, NameTest isName, out ResponseHeaderOverrides overrides, out IReadOnlyList<KeyValuePair<string, string>> others)
    {
        overrides = NoOverrides;
        others = [];
        List<KeyValuePair<string, string>>? found = null;
        for (int i = 0; i < query.Count; i++)
        {
            if (isName(query.Name(i)))
            {
                continue;
            }

            if (PercentEncoding.Decode(query.Name(i)) is not { } name || PercentEncoding.Decode(query.Value(i)) is not { } value)
            {
                return false;
            }

            if (ResponseHeaderOverrides.TryRead(overrides, name, value) is { } more)
            {
                overrides = more;
            }
            else
            {
                (found ??= []).Add(new KeyValuePair<string, string>(name, value));
            }
        }

        others = found?.AsReadOnly() ?? others;
        return true;
    }

    // What a URL says can be past the end of the calendar.
    private static DateTimeOffset Add(DateTimeOffset start, long seconds) =>
        seconds >= (DateTimeOffset.MaxValue - start).TotalSeconds ? DateTimeOffset.MaxValue
        : seconds <= (DateTimeOffset.MinValue - start).TotalSeconds ? DateTimeOffset.MinValue
        : start.AddSeconds(seconds);
}
