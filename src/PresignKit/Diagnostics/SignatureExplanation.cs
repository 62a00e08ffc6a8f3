using System.Diagnostics;
using System.Security.Cryptography;

namespace PresignKit;

/// <summary>The canonical request and the string to sign for a presigned URL. Use them to find the cause of a <c>403 SignatureDoesNotMatch</c> response.</summary>
/// <example><code>
/// SignatureExplanation explanation = presigner.Explain(new GetObject("reports/2026.pdf"));
/// Console.WriteLine(explanation.CanonicalRequest);
/// Console.WriteLine(explanation.CompareWith(responseText));
/// </code></example>
/// <remarks>
/// Instances are immutable and thread-safe. They do not contain the secret access key, and the session token and SSE-C headers are masked in every public property.
/// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html">Authenticating Requests: Using Query Parameters</see>.
/// </remarks>
public sealed class SignatureExplanation
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _canonicalRequest;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly SentSignature _sent;

    private readonly DateTimeOffset _expiresAt;

    // A description of how the URL was damaged when it was copied, or null if no repair was necessary.
    private readonly string? _damage;

    private SignatureExplanation(ReceivedRequest request, string canonicalRequest, string stringToSign, bool isSignedNow, string? damage)
    {
        _damage = damage;
        _canonicalRequest = canonicalRequest;
        _sent = new SentSignature(request, canonicalRequest);
        _expiresAt = request.Url.ExpiresAt;
        StringToSign = stringToSign;
        IsSignedNow = isSignedNow;
        CanonicalRequest = SecretMask.Apply(canonicalRequest);

        // The names of the signed headers follow the empty line after the headers.
        string[] lines = canonicalRequest.Split('\n');
        SignedHeaders = Array.AsReadOnly(lines[Array.IndexOf(lines, "", 3) + 1].Split(';'));
    }

    /// <summary>Gets the canonical request: the method, the path, the query, a line for each header, an empty line, the names of the signed headers, and the payload line.</summary>
    /// <value>Secrets are masked.</value>
    public string CanonicalRequest { get; }

    /// <summary>Gets the string to sign: the algorithm, the signing time, the credential scope, and the SHA-256 hash of the canonical request.</summary>
    /// <value>The hash is computed from the canonical request before its secrets are masked.</value>
    public string StringToSign { get; }

    /// <summary>Gets the lowercase names of the signed headers, in canonical order.</summary>
    /// <value>Each header except <c>host</c> must be sent with its signed value. Headers that only <see cref="PresignerOptions.LockUnsignedHeaders"/> adds must not be sent.</value>
    public IReadOnlyList<string> SignedHeaders { get; }

    /// <summary>Gets a value that indicates whether the URL was signed for this explanation. If it was, its signing time differs from the signing time of the rejected URL.</summary>
    internal bool IsSignedNow { get; }

    /// <summary>Computes the canonical request and the string to sign for a presigned URL (<c>AWS4-HMAC-SHA256</c>), as a store would.</summary>
    /// <param name="method">The method of the request.</param>
    /// <param name="url">The URL as it was sent. If the URL was damaged when it was copied (<c>&amp;amp;</c>, line breaks, quotation marks) and cannot be read, it is repaired, and
    /// <see cref="CompareWith(string)"/> describes the damage.</param>
    /// <param name="headers">The headers that were sent, or <c>null</c> if only <c>Host</c> was sent. Unsigned headers are ignored, except <c>x-amz-*</c> headers,
    /// which must be signed.</param>
    /// <returns>The canonical request and the string to sign for the URL.</returns>
    /// <remarks>The signature is not verified, so no credentials are required.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="method"/> or <paramref name="url"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">The URL is not a presigned URL, or every store would reject it regardless of the signature. The message describes the problem.</exception>
    public static SignatureExplanation Of(HttpMethod method, string url, IEnumerable<KeyValuePair<string, string>>? headers = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(url);
        return Of(method, url, headers, isSignedNow: false);
    }

    /// <summary>Compares the canonical request and the string to sign with the response from a store that rejected the request.</summary>
    /// <param name="errorResponse">The XML body of the store's response. HTTP headers (<c>curl -i</c>) or other lines, such as lines from a browser or a log, can precede it. AWS,
    /// Swift and some other stores include the <c>CanonicalRequest</c> and <c>StringToSign</c> that they computed.</param>
    /// <returns>The first line that differs and the likely cause, or the store's own message if the error is not about the signature. Secrets are masked.</returns>
    /// <remarks>
    /// <para>If the explanation is from <see cref="S3Presigner.Explain"/>, the signing times are not compared because the rejected URL was signed at a different time.</para>
    /// <para>An explanation from <c>Of</c> describes the request that was sent. A store that received this request computes the same canonical request, even if the URL was changed
    /// after signing. To find such a change, use the overload that accepts credentials.</para>
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="errorResponse"/> is <c>null</c>.</exception>
    public SignatureComparison CompareWith(string errorResponse)
    {
        ArgumentNullException.ThrowIfNull(errorResponse);
        return Compare(errorResponse, credentials: null);
    }

    /// <summary>Compares this explanation with the response from a store that rejected the request, and uses credentials to find changes that were made after signing.</summary>
    /// <param name="errorResponse">The store's response, as in <see cref="CompareWith(string)"/>. If it does not contain the store's canonical request (as on Ceph), the credentials
    /// can still reveal a different method or appended parameters.</param>
    /// <param name="credentials">The credentials that signed the URL. Credentials with a different access key ID are not used, which <see cref="SignatureComparison.Cause"/> mentions if it matters.</param>
    /// <returns>The first difference and the likely cause. Neither contains any part of the credentials except the access key ID.</returns>
    /// <remarks>The signature is verified for the request as it was sent, then for GET, HEAD, PUT, POST and DELETE, with and without the parameters that follow
    /// <c>X-Amz-Signature</c>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="errorResponse"/> or <paramref name="credentials"/> is <c>null</c>.</exception>
    public SignatureComparison CompareWith(string errorResponse, S3Credentials credentials)
    {
        ArgumentNullException.ThrowIfNull(errorResponse);
        ArgumentNullException.ThrowIfNull(credentials);
        return Compare(errorResponse, credentials);
    }

    /// <summary>Returns the canonical request and the string to sign, each with a heading.</summary>
    public override string ToString() => $"Canonical request:\n{CanonicalRequest}\n\nString to sign:\n{StringToSign}";

    internal static SignatureExplanation Of(HttpMethod method, string url, IEnumerable<KeyValuePair<string, string>>? headers, bool isSignedNow)
    {
        using ReceivedRequest request = Read(method, url, headers, out string? damage);
        CredentialScope scope = new(request.Url.SignedAtUtc, request.Url.Region!, request.Url.Service!);
        ByteBuffer stringToSign = new(256);
        try
        {
            Span<byte> hash = stackalloc byte[SigningKey.SignatureSize];
            using (IncrementalHash sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
            {
                Platform.Hash(sha256, request.CanonicalRequest, hash);
            }

            PresignKit.StringToSign.Append(ref stringToSign, scope, request.Url.SignedAtUtc, hash);
            return new SignatureExplanation(request, Platform.Utf8ToString(request.CanonicalRequest), Platform.Utf8ToString(stringToSign.Written), isSignedNow, damage);
        }
        finally
        {
            stringToSign.Dispose();
        }
    }

    // A URL is repaired only if it cannot be read. Damage from copying usually makes a URL unreadable, and a readable URL may have been sent exactly as it is.
    private static ReceivedRequest Read(HttpMethod method, string url, IEnumerable<KeyValuePair<string, string>>? headers, out string? damage)
    {
        damage = null;
        IReadOnlyCollection<KeyValuePair<string, string>>? sent = headers is null ? null : [.. headers];
        ReceivedRequest? request = ReceivedRequest.Parse(method, url, sent, new ReceivedRequest.ParseOptions(), out PresignedUrlVerificationStatus failure, out _);
        if (request is null && PastedUrl.Repair(url, out damage) is { } repaired && damage is not null)
        {
            request = ReceivedRequest.Parse(method, repaired, sent, new ReceivedRequest.ParseOptions(), out failure, out _);
        }

        return request ?? throw new ArgumentException(
            failure == PresignedUrlVerificationStatus.Malformed && UrlProblem.Find(url) is { } problem ? problem : Problem(failure), nameof(url));
    }

    private SignatureComparison Compare(string errorResponse, S3Credentials? credentials)
    {
        SignatureComparison comparison = CompareText(errorResponse, credentials);
        return _damage is null ? comparison : comparison.WithCause($"{_damage} {comparison.Cause}");
    }

    private SignatureComparison CompareText(string errorResponse, S3Credentials? credentials)
    {
        ErrorResponse store = ErrorResponse.Read(errorResponse);
        if (StoreError.Describe(store, SecretMask.SecretsIn(_canonicalRequest), IsSignedNow ? null : _expiresAt) is { } error)
        {
            return new SignatureComparison(SignatureDifference.OtherError, error);
        }

        bool isSameText = store.CanonicalRequest is not null || (store.StringToSign is not null && !IsSignedNow);
        if (SignatureDiagnosis.FindDifference(_canonicalRequest, StringToSign, store, IsSignedNow) is { } difference)
        {
            return difference;
        }

        string? unused = credentials is null ? null : _sent.FindReasonNotToUse(credentials);
        S3Credentials? usable = unused is null ? credentials : null;
        SignatureComparison comparison = (usable is null ? null : _sent.FindChange(usable))
            ?? (usable is null && !IsSignedNow && store.Problem is null ? _sent.FindVisibleFault() : null)
            ?? (isSameText ? SameText(usable is not null) : NoText(store, usable is not null));
        return unused is null ? comparison : comparison.WithCause($"{comparison.Cause} {unused}");
    }

    private SignatureComparison SameText(bool isVerified) =>
        IsSignedNow ? new SignatureComparison(
            SignatureDifference.SecretKey,
            "The store signed the same text, except for the instant, which is not compared. Either the secret access key differs from the store's key for this access key ID, or X-Amz-Date was changed after "
            + "signing. Compare the two keys, or use SignatureExplanation.Of(method, url), which compares the instant as well.")
        : isVerified ? new SignatureComparison(
            SignatureDifference.SecretKey,
            "The store signed the same text, and the URL is signed with these credentials, so the secret access key differs from the store's key for this access key ID. Compare the two keys, and look for "
            + "white space at either end or a key that was rotated.")
        : new SignatureComparison(
            SignatureDifference.Unknown,
            "The store signed the same text as that of the URL that was sent, so the response does not show the cause. Check, in this order, that the URL was presigned for the method that was sent, that no "
            + "signed header, path or parameter was changed after signing, and that the secret access key is the store's (white space at either end, a key that was rotated). CompareWith finds out which of "
            + "them it is if you pass the credentials.");

    private static SignatureComparison NoText(ErrorResponse store, bool isVerified) => new(
        SignatureDifference.Unknown,
        store.Problem is { } problem ? (isVerified ? "The URL is signed with these credentials. " : "") + problem
        : isVerified
            ? "The URL is signed with these credentials, and the store's response does not contain the text that the store signed. Either a proxy changes the host, the path or a header, or the secret access "
            + "key differs from the store's key for this access key ID. Ceph logs its canonical request if debug_rgw is 20."
        : "The store's response does not contain the text that the store signed. Check that the client uses the signed host and method, sends every header in RequiredHeaders unchanged, and appends "
            + "nothing to the URL, and that the secret access key is correct. SignatureComparison.Of compares a URL with the request that was sent, and Ceph logs its canonical request if debug_rgw is 20.");

    private static string Problem(PresignedUrlVerificationStatus failure) => failure switch
    {
        PresignedUrlVerificationStatus.NotPresigned => "The URL does not contain a signature. Pass the presigned URL with its complete query.",
        PresignedUrlVerificationStatus.UnsupportedAlgorithm => "The URL is signed with SigV2 or SigV4a, which SignatureExplanation.Of does not support. Pass a URL that is signed with AWS4-HMAC-SHA256.",
        PresignedUrlVerificationStatus.DuplicateParameter => "The URL contains a query parameter more than once, or one of the signature's parameters in different letter case, which stores reject with 403. Remove one of the two.",
        PresignedUrlVerificationStatus.WrongScope => "X-Amz-Credential and X-Amz-Date have different dates, so they were taken from different URLs. Presign the operation again.",
        PresignedUrlVerificationStatus.ConflictingAuthorization => "The request has an Authorization header in addition to the signature in the query, which stores reject with 400 or 403. Remove the header.",
        PresignedUrlVerificationStatus.UnsignedHeader => "The request contains an x-amz-* header that the URL does not sign, or the URL does not sign 'host', so stores reject it with 403. Presign the operation with that header, or do not send it.",
        _ => "The URL cannot be read, because it is not a complete presigned http or https URL, contains an invalid percent-escape, signature parameter or fragment, or does not match the headers. Pass the URL as it was sent.",
    };
}
