using System.Diagnostics;

namespace PresignKit;

/// <summary>A request to any AWS service, to be presigned with <see cref="SigV4QuerySigner"/>.</summary>
/// <remarks>
/// Instances are immutable and thread-safe. Collections are copied when they are set, and they are compared by content. <see cref="ToString"/> returns only the method, the host
/// and the path.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record SigV4QueryRequest
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly ValueList<KeyValuePair<string, string>> _query = ValueList<KeyValuePair<string, string>>.Empty;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly ValueList<KeyValuePair<string, string>> _headers = ValueList<KeyValuePair<string, string>>.Empty;

    /// <summary>Initializes a new instance for the specified method and host.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="host">The host, followed by the port unless it is the default port, such as <c>sts.eu-west-1.amazonaws.com</c> or <c>db.example.com:5432</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="method"/> or <paramref name="host"/> is <c>null</c>.</exception>
    public SigV4QueryRequest(HttpMethod method, string host)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(host);
        Method = UppercaseMethod.Of(method);
        Host = host;
    }

    /// <summary>Gets the HTTP method, in uppercase.</summary>
    public HttpMethod Method { get; }

    /// <summary>Gets the host, including the port if there is one.</summary>
    public string Host { get; }

    /// <summary>Gets the scheme of the URL.</summary>
    /// <value><c>https</c> (the default), <c>http</c>, <c>wss</c> or <c>ws</c>, or an empty string for a URL without a scheme, such as an RDS token. The scheme is not
    /// signed.</value>
    /// <exception cref="ArgumentNullException">The property is set to <c>null</c>.</exception>
    public string Scheme
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Scheme));
    } = "https";

    /// <summary>Gets the unencoded path.</summary>
    /// <value>A path that starts with a slash. The default is <c>/</c>.</value>
    /// <exception cref="ArgumentNullException">The property is set to <c>null</c>.</exception>
    public string Path
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Path));
    } = "/";

    /// <summary>Gets the query parameters to sign.</summary>
    /// <value>
    /// Unencoded names and values, in any order. Names can be repeated. A <c>null</c> or empty value adds a parameter without a value. The default is an empty collection.
    /// </value>
    /// <exception cref="ArgumentNullException">The property is set to <c>null</c>.</exception>
    public IReadOnlyCollection<KeyValuePair<string,
#nullable disable
        string
#nullable restore
        >> Query
    {
        get => _query;
        init => _query = ValueList<KeyValuePair<string, string>>.CopyOf(value, nameof(Query));
    }

    /// <summary>Gets the headers to sign in addition to <c>host</c>.</summary>
    /// <value>Names and values. If a name is repeated, its values are joined with commas. The default is an empty collection.</value>
    /// <exception cref="ArgumentNullException">The property is set to <c>null</c>.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IReadOnlyCollection<KeyValuePair<string, string>> Headers
    {
        get => _headers;
        init => _headers = ValueList<KeyValuePair<string, string>>.CopyOf(value, nameof(Headers));
    }

    /// <summary>Gets the lifetime of the URL.</summary>
    /// <value>From 1 second to 7 days. Fractions of a second are discarded. The default is 15 minutes, which is the maximum for EKS and RDS.</value>
    public TimeSpan ExpiresIn { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets the hash of the body, which is the last line of the canonical request.</summary>
    /// <value>
    /// The SHA-256 hash of the body in lowercase hexadecimal digits, or a constant that the service defines. The default is <c>null</c>, which means
    /// <c>UNSIGNED-PAYLOAD</c> for S3 and the hash of an empty body for other services.
    /// </value>
    public string? PayloadHash { get; init; }

    /// <summary>Gets a value that indicates whether dot segments and duplicate slashes are removed from the path (RFC 3986 § 5.2.4).</summary>
    /// <value>The default is <c>null</c>, which means <c>false</c> for S3 and <c>true</c> for other services. S3 keys must match exactly.</value>
    public bool? NormalizePath { get; init; }

    /// <summary>Gets a value that indicates whether the signed path is percent-encoded twice.</summary>
    /// <value>The default is <c>null</c>, which means <c>false</c> for S3 and <c>true</c> for other services. The path of the URL is always encoded once.</value>
    public bool? EncodePathTwice { get; init; }

    /// <summary>Gets a value that indicates whether the session token is added after signing.</summary>
    /// <value>Set this to <c>true</c> for AWS IoT, which requires an unsigned token. The default is <c>false</c>, in which case the token is signed.</value>
    public bool SessionTokenIsUnsigned { get; init; }

    /// <summary>Returns the method, the host and the path.</summary>
    /// <returns>A string that omits the headers and the query parameters, which may be confidential.</returns>
    public override string ToString() => $"SigV4QueryRequest {{ {Method} {Printable.Text(Host)}{Printable.Text(Path)} }}";
}
