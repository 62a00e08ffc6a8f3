namespace PresignKit;

/// <summary>Specifies where the signed request first differs from the request that a store received or a client sent.</summary>
public enum SignatureDifference
{
    /// <summary>The cause is unknown.</summary>
    /// <remarks>For example, the store's response does not contain its canonical request, or its canonical request matches the request that was sent.</remarks>
    Unknown,

    /// <summary>Both sides signed the same request, so the secret access keys differ.</summary>
    SecretKey,

    /// <summary>The store rejected the request for a reason other than <c>SignatureDoesNotMatch</c>.</summary>
    OtherError,

    /// <summary>The HTTP methods differ.</summary>
    Method,

    /// <summary>The paths differ because the key, the bucket or the base path is different.</summary>
    Path,

    /// <summary>The path or the parameters are the same, but in a different encoding or order.</summary>
    Encoding,

    /// <summary>The store received a query parameter that is not signed.</summary>
    AppendedParameter,

    /// <summary>The store did not receive a query parameter that is signed.</summary>
    MissingParameter,

    /// <summary>A query parameter has a different value.</summary>
    ParameterValue,

    /// <summary>The hosts differ.</summary>
    Host,

    /// <summary>The store did not receive a header that is signed.</summary>
    MissingHeader,

    /// <summary>A signed header has a different value.</summary>
    HeaderValue,

    /// <summary>The lists of signed headers differ.</summary>
    SignedHeaders,

    /// <summary>The payload lines differ (the hash of the body, or <c>UNSIGNED-PAYLOAD</c>).</summary>
    Payload,

    /// <summary>The strings to sign differ in the date, the credential scope, or the hash of the canonical request.</summary>
    /// <remarks>The canonical requests are the same, or the store's response does not contain its canonical request.</remarks>
    StringToSign,

    /// <summary>The request contains an unsigned header that stores reject (<c>x-amz-*</c> or <c>Authorization</c>).</summary>
    UnsignedHeader,

    /// <summary>The request that was sent does not differ from the signed request.</summary>
    None,
}
