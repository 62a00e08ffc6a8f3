namespace PresignKit;

/// <summary>The outcome of a verification.</summary>
/// <remarks>Only <see cref="Valid"/> means success. The default value is <see cref="Malformed"/>, so that an uninitialized status is not a success.</remarks>
public enum PresignedUrlVerificationStatus
{
    /// <summary>The request cannot be read: an escape is broken, the query is not UTF-8, a part of the signature is missing or malformed, the URL and the <c>Host</c> header
    /// contain different hosts, the URL has a fragment (<c>#</c>, which no client sends) or more than 131,072 characters, or a header name is not valid.</summary>
    Malformed,

    /// <summary>The signature is correct for the method, the host, the path, the query and the signed headers, and the URL has not expired (unless expired URLs are
    /// accepted).</summary>
    Valid,

    /// <summary>The query does not contain a signature.</summary>
    NotPresigned,

    /// <summary>The URL is signed with an algorithm other than <c>AWS4-HMAC-SHA256</c>, such as SigV2 or SigV4a.</summary>
    UnsupportedAlgorithm,

    /// <summary>There are no credentials for the URL's access key ID.</summary>
    UnknownAccessKey,

    /// <summary>The credential scope contains the wrong region, the wrong service, or a day other than the day of signing.</summary>
    WrongScope,

    /// <summary>The instant of signing is further in the future than <see cref="PresignedUrlVerifierOptions.ClockSkew"/> allows.</summary>
    NotYetValid,

    /// <summary>The URL has expired.</summary>
    Expired,

    /// <summary><c>X-Amz-Expires</c> is below 1 second or exceeds <see cref="PresignedUrlVerifierOptions.MaxExpiresIn"/>.</summary>
    ExpiryOutOfRange,

    /// <summary>A signed header was not sent.</summary>
    MissingSignedHeader,

    /// <summary>A header that must be signed (<c>x-amz-*</c>) was sent but is not signed, or <c>host</c> is not signed.</summary>
    /// <remarks>
    /// A store that accepts such headers would let the holder of an upload URL copy other objects (<c>x-amz-copy-source</c>) or publish the upload (<c>x-amz-acl</c>).
    /// </remarks>
    UnsignedHeader,

    /// <summary>A query parameter appears twice, or one of the signature's parameters appears in different letter case, which web frameworks treat as the same name.</summary>
    DuplicateParameter,

    /// <summary>The request has an <c>Authorization</c> header in addition to the signature in the query, and the two can contradict each other.</summary>
    ConflictingAuthorization,

    /// <summary>The credentials and the URL have different session tokens, or only one of them has a session token.</summary>
    WrongSessionToken,

    /// <summary>The credentials that signed the URL have expired.</summary>
    ExpiredCredentials,

    /// <summary>The signature is wrong for this request, because a signed part was changed or a different secret access key was used.</summary>
    SignatureMismatch,
}
