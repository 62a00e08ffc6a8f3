using System.Diagnostics;
using System.Security.Cryptography;

namespace PresignKit;

/// <summary>
/// What a presigned URL signs, as text: for a look at a <c>403 SignatureDoesNotMatch</c>. Session token and SSE-C headers are masked, and no key is in it.
/// Immutable and thread-safe.
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

        // Method, path, query, the headers' lines, an empty line, the names, the payload line.
        string[] lines = canonicalRequest.Split('\n');
        SignedHeaders = Array.AsReadOnly(lines[Array.IndexOf(lines, "", 3) + 1].Split(';'));
    }

    /// <summary>The canonical request: method, path, query, a line for each header, an empty line, the names of the signed headers, the payload line.</summary>
    public string CanonicalRequest { get; }

    /// <summary>The string to sign: algorithm, instant, credential scope, SHA-256 of the canonical request (of the unmasked one).</summary>
    public string StringToSign { get; }

    /// <summary>The names of the signed headers, lower case, in order. Each but <c>host</c> must be sent with its value.</summary>
    public IReadOnlyList<string> SignedHeaders { get; }

    /// <summary>Whether it was signed to be explained: the instant is another one than that of the URL in question.</summary>
    internal bool IsSignedNow { get; }

    /// <summary>Explains a presigned URL (<c>AWS4-HMAC-SHA256</c>) as a store would read it. No credentials are needed: it is not verified.</summary>
    /// <param name="method">The method of the request.</param>
    /// <param name="url">The URL as it was sent.</param>
    /// <param name="headers">The headers that were sent; <c>null</c> for none but <c>Host</c>. Those that the URL does not sign have no line.</param>
    /// <returns>What the URL signs.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="method"/> or <paramref name="url"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">The URL is no presigned one, or cannot be read.</exception>
    public static SignatureExplanation Of(HttpMethod method, string url, IEnumerable<KeyValuePair<string, string>>? headers = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(url);
        return Of(method, url, headers, isSignedNow: false);
    }

    /// <summary>Puts it beside the answer of a store that refused the request.</summary>
    /// <param name="storeAnswer">The body of the store's 403: XML. AWS, Swift and others tell their <c>CanonicalRequest</c> and <c>StringToSign</c> in it.</param>
    /// <returns>The first line that differs, and the likely cause.</returns>
    /// <remarks>Where the explanation comes from an operation, it was signed at another instant than the URL in question: instants are not compared then.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="storeAnswer"/> is <c>null</c>.</exception>
    public SignatureComparison CompareWith(string storeAnswer)
    {
        ArgumentNullException.ThrowIfNull(storeAnswer);
        ErrorResponse answer = ErrorResponse.Read(storeAnswer);
        return answer.FindOtherError() is { } error
            ? new SignatureComparison(SignatureDifference.OtherError, error)
            : SignatureDiagnosis.Of(_canonicalRequest, StringToSign, answer, IsSignedNow);
    }

    /// <summary>Canonical request and string to sign, each with a heading.</summary>
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
        PresignedUrlVerificationStatus.NotPresigned => "The URL holds no signature: it is no presigned one. Give it with its whole query.",
        PresignedUrlVerificationStatus.UnsupportedAlgorithm => "The URL is signed in another way than AWS4-HMAC-SHA256 (SigV2, SigV4a), which is not explained here.",
        PresignedUrlVerificationStatus.DuplicateParameter => "The URL has a query parameter twice (or one of the signature's in other letter case); stores answer 403 to it. Remove one of them.",
        PresignedUrlVerificationStatus.WrongScope => "The credential scope names another day than X-Amz-Date: the two were not made together. Stores answer 403 or 400 to it.",
        PresignedUrlVerificationStatus.ConflictingAuthorization => "There is an Authorization header beside the signature in the query; stores answer 400 or 403 to it. Do not send it.",
        PresignedUrlVerificationStatus.UnsignedHeader => "An x-amz-* header is sent that the URL does not sign, or it does not sign 'host'; stores answer 403 to it. Presign the operation with that header, or do not send it.",
        _ => "The URL cannot be read: it is no http or https URL with a whole signature, an escape in it is broken, or the Host header names another host. Give it as it was sent.",
    };
}
