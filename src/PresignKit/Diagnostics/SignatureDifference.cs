namespace PresignKit;

/// <summary>Where two computations of one signature first differ.</summary>
public enum SignatureDifference
{
    /// <summary>The store's answer does not hold what it signed.</summary>
    Unknown,

    /// <summary>Nowhere: what was signed is the same, and so the secret access key (or the session token that belongs to it) is another.</summary>
    SecretKey,

    /// <summary>The store's answer is no <c>SignatureDoesNotMatch</c>: it refuses the request for another reason.</summary>
    OtherError,

    /// <summary>The HTTP method.</summary>
    Method,

    /// <summary>The path: another key, bucket or base path.</summary>
    Path,

    /// <summary>The same path or parameter, percent-encoded in another way.</summary>
    Encoding,

    /// <summary>The store received a query parameter that is not signed.</summary>
    AppendedParameter,

    /// <summary>The store did not receive a query parameter that is signed.</summary>
    MissingParameter,

    /// <summary>A query parameter has another value.</summary>
    ParameterValue,

    /// <summary>The host.</summary>
    Host,

    /// <summary>The store did not receive a header that is signed.</summary>
    MissingHeader,

    /// <summary>A signed header has another value.</summary>
    HeaderValue,

    /// <summary>The list of signed headers.</summary>
    SignedHeaders,

    /// <summary>The payload line: the hash of the body, or <c>UNSIGNED-PAYLOAD</c>.</summary>
    Payload,

    /// <summary>The canonical requests agree or are not known, and the strings to sign differ: date, credential scope, or the hash of the canonical request.</summary>
    StringToSign,
}
