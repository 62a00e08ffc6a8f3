using System.Diagnostics;

namespace PresignKit;

/// <summary>A request to any service, to be presigned by <see cref="SigV4QuerySigner"/>: its parts, as plain text. Immutable and thread-safe.</summary>
/// <remarks><see cref="ToString"/> shows method, host and path only.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record SigV4QueryRequest
{
    /// <summary>Makes a request.</summary>
    /// <param name="method">The HTTP method; it is signed in upper case.</param>
    /// <param name="host">The host, with a port where it is not the scheme's default: <c>sts.eu-west-1.amazonaws.com</c>, <c>db.example.com:5432</c>.</param>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    public SigV4QueryRequest(HttpMethod method, string host)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(host);
        Method = method;
        Host = host;
    }

    /// <summary>The HTTP method.</summary>
    public HttpMethod Method { get; }

    /// <summary>The host, and the port where it has one.</summary>
    public string Host { get; }

    /// <summary>The scheme of the URL, which is not signed: <c>https</c> (the default), <c>http</c>, <c>wss</c>, <c>ws</c>; empty for a URL without
    /// (the tokens of RDS are such).</summary>
    /// <exception cref="ArgumentNullException">It is set to <c>null</c>.</exception>
    public string Scheme
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Scheme));
    } = "https";

    /// <summary>The path, not encoded, with a slash at its start. Default: <c>/</c>.</summary>
    /// <exception cref="ArgumentNullException">It is set to <c>null</c>.</exception>
    public string Path
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Path));
    } = "/";

    /// <summary>The query parameters, not encoded, in any order. Repeated names are kept.</summary>
    /// <exception cref="ArgumentNullException">It is set to <c>null</c>.</exception>
    public IReadOnlyList<KeyValuePair<string, string>> Query
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Query));
    } = [];

    /// <summary>The headers to sign besides <c>host</c>. Repeated ones are joined by commas.</summary>
    /// <exception cref="ArgumentNullException">It is set to <c>null</c>.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IReadOnlyList<KeyValuePair<string, string>> Headers
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Headers));
    } = [];

    /// <summary>How long the URL holds: 1 second to 7 days, cut down to whole seconds; services take less (EKS and RDS 15 minutes). Default: 15 minutes.</summary>
    public TimeSpan ExpiresIn { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// The last line of the canonical request: the lower-case hex SHA-256 of the body, or a word that the service knows. <c>null</c> (the default) stands for
    /// <c>UNSIGNED-PAYLOAD</c> with S3, and for the hash of an empty body elsewhere.
    /// </summary>
    public string? PayloadHash { get; init; }

    /// <summary>
    /// Whether dot segments and doubled slashes are taken out of the path (RFC 3986 § 5.2.4). <c>null</c> (the default): not with S3, whose keys are exact; elsewhere they are.
    /// </summary>
    public bool? NormalizePath { get; init; }

    /// <summary>Whether the signed path is encoded a second time. <c>null</c> (the default): not with S3, elsewhere it is. The URL has it encoded once.</summary>
    public bool? EncodePathTwice { get; init; }

    /// <summary>Whether the session token is added after signing. AWS IoT wants that; everywhere else it is signed, which is the default.</summary>
    public bool SessionTokenIsUnsigned { get; init; }

    /// <summary>Method, host and path.</summary>
    public override string ToString() => $"SigV4QueryRequest {{ {Method} {Printable.Text(Host)}{Printable.Text(Path)} }}";
}
