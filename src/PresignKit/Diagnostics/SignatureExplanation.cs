using System.Diagnostics;
using System.Security.Cryptography;

namespace PresignKit;

/// <summary>
/// The text that a presigned URL signs, to find the cause of a <c>403 SignatureDoesNotMatch</c>. It contains no secret access key, and the session token and SSE-C headers
/// are masked. Immutable and thread-safe.
/// </summary>
/// <example><code>
/// SignatureExplanation explanation = presigner.Explain(new GetObject("reports/2026.pdf"));
/// Console.WriteLine(explanation.CanonicalRequest);
/// Console.WriteLine(explanation.CompareWith(bodyOfThe403));
/// </code></example>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html">Authenticating Requests: Using Query Parameters</see>.</remarks>
public sealed class SignatureExplanation
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _canonicalRequest;

    private SignatureExplanation(string canonicalRequest, string stringToSign, bool isSignedNow)
    {
        _canonicalRequest = canonicalRequest;
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

    /// <summary>Gets the string to sign: the algorithm, the instant, the credential scope, and the SHA-256 hash of the canonical request.</summary>
    /// <value>The hash is that of the canonical request before its secrets are masked.</value>
    public string StringToSign { get; }

    /// <summary>Gets the lowercase names of the signed headers, in order. Each except <c>host</c> must be sent with its signed value.</summary>
    public IReadOnlyList<string> SignedHeaders { get; }

    /// <summary>Gets whether the URL was signed for this explanation, so that its instant is not that of the URL that a store rejected.</summary>
    internal bool IsSignedNow { get; }

    /// <summary>Explains a presigned URL (<c>AWS4-HMAC-SHA256</c>) as a store reads it. The signature is not verified, so no credentials are required.</summary>
    /// <param name="method">The method of the request.</param>
    /// <param name="url">The URL as it was sent.</param>
    /// <param name="headers">The headers that were sent, or <c>null</c> for none except <c>Host</c>. Headers that the URL does not sign are ignored, except <c>x-amz-*</c>, which must be signed.</param>
    /// <returns>The text that the URL signs.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="method"/> or <paramref name="url"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">The URL is not a presigned URL, or every store rejects it regardless of the signature. The message contains the reason.</exception>
    public static SignatureExplanation Of(HttpMethod method, string url, IEnumerable<KeyValuePair<string, string>>? headers = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(url);
        return Of(method, url, headers, isSignedNow: false);
    }

    /// <summary>Compares the signed text with the response of a store that rejected the request.</summary>
    /// <param name="errorResponse">The body of the store's 403 response, which is XML. AWS, Swift and others include their <c>CanonicalRequest</c> and <c>StringToSign</c> in it.</param>
    /// <returns>The first different line, and the likely cause.</returns>
    /// <remarks>An explanation from <see cref="S3Presigner.Explain"/> has a different instant than the URL that was rejected, so instants are not compared.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="errorResponse"/> is <c>null</c>.</exception>
    public SignatureComparison CompareWith(string errorResponse)
    {
        ArgumentNullException.ThrowIfNull(errorResponse);
        ErrorResponse response = ErrorResponse.Read(errorResponse);
        return response.FindOtherError() is { } error
            ? new SignatureComparison(SignatureDifference.OtherError, error)
            : SignatureDiagnosis.Of(_canonicalRequest, StringToSign, response, IsSignedNow);
    }

    /// <summary>Returns the canonical request and the string to sign, each with a heading.</summary>
    public override string ToString() => $"Canonical request:\n{CanonicalRequest}\n\nString to sign:\n{StringToSign}";

    internal static SignatureExplanation Of(HttpMethod method, string url, IEnumerable<KeyValuePair<string, string>>? headers, bool isSignedNow)
    {
        using ReceivedRequest request = ReceivedRequest.Parse(method, url, headers, new ReceivedRequest.ParseOptions(), out PresignedUrlVerificationStatus failure, out _)
            ?? throw new ArgumentException(Problem(failure), nameof(url));
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
            return new SignatureExplanation(Platform.Utf8ToString(request.CanonicalRequest), Platform.Utf8ToString(stringToSign.Written), isSignedNow);
        }
        finally
        {
            stringToSign.Dispose();
        }
    }

    private static string Problem(PresignedUrlVerificationStatus failure) => failure switch
    {
        PresignedUrlVerificationStatus.NotPresigned => "The URL does not contain a signature. Pass the presigned URL with its complete query.",
        PresignedUrlVerificationStatus.UnsupportedAlgorithm => "The URL is signed with SigV2 or SigV4a, which cannot be explained. Pass a URL that is signed with AWS4-HMAC-SHA256.",
        PresignedUrlVerificationStatus.DuplicateParameter => "The URL contains a query parameter twice, or a parameter of the signature in a different letter case, and stores respond with 403. Remove one of the two.",
        PresignedUrlVerificationStatus.WrongScope => "X-Amz-Credential and X-Amz-Date contain different days, so they come from different URLs, and stores respond with 400 or 403. Presign the operation again.",
        PresignedUrlVerificationStatus.ConflictingAuthorization => "The request has an Authorization header in addition to the signature in the query, and stores respond with 400 or 403. Remove the header.",
        PresignedUrlVerificationStatus.UnsignedHeader => "An x-amz-* header was sent that the URL does not sign, or the URL does not sign 'host', and stores respond with 403. Presign the operation with that header, or do not send it.",
        _ => "The URL cannot be read: it is not an http or https URL with a complete signature, it contains a broken escape, or the Host header is for a different host. Pass the URL as it was sent.",
    };
}
