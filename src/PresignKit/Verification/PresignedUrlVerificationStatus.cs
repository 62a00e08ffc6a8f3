namespace PresignKit;

/// <summary>The outcome of a verification.</summary>
/// <remarks>Only <see cref="Valid"/> means success. The default value is <see cref="Malformed"/>, so an uninitialized status does not mean success.</remarks>
public enum PresignedUrlVerificationStatus
{
    /// <summary>The request cannot be parsed.</summary>
    /// <remarks>
    /// Possible causes are a malformed escape, a query that is not valid UTF-8, a missing or malformed part of the signature, an invalid header name, and different hosts in the URL
    /// and the <c>Host</c> header. The URL must not have a fragment (<c>#</c>), which clients do not send, and must not exceed 131,072 characters.
    /// </remarks>
    Malformed,

    /// <summary>The signature is correct, and either the URL has not expired or expired URLs are accepted.</summary>
    /// <remarks>The signature covers the method, the host, the path, the query and the signed headers.</remarks>
    Valid,

    /// <summary>The query does not contain a signature.</summary>
    NotPresigned,

    /// <summary>The URL is signed with an algorithm other than <c>AWS4-HMAC-SHA256</c>, such as SigV2 or SigV4a.</summary>
    UnsupportedAlgorithm,

    /// <summary>There are no credentials for the URL's access key ID.</summary>
    UnknownAccessKey,

    /// <summary>The credential scope contains the wrong region, the wrong service, or a date other than the signing date.</summary>
    WrongScope,

    /// <summary>The signing time is further in the future than <see cref="PresignedUrlVerifierOptions.ClockSkew"/> allows.</summary>
    NotYetValid,

    /// <summary>The URL has expired.</summary>
    Expired,

    /// <summary><c>X-Amz-Expires</c> is less than 1 second or exceeds <see cref="PresignedUrlVerifierOptions.MaxExpiresIn"/>.</summary>
    ExpiryOutOfRange,

    /// <summary>A signed header was not sent.</summary>
    MissingSignedHeader,

    /// <summary>A header that must be signed (<c>x-amz-*</c>) was sent but is not signed, or <c>host</c> is not signed.</summary>
    /// <remarks>
    /// If a store accepted these headers unsigned, the holder of an upload URL could copy other objects (<c>x-amz-copy-source</c>) or make the upload public (<c>x-amz-acl</c>).
    /// </remarks>
    UnsignedHeader,

    /// <summary>A query parameter is repeated, or the name of a SigV4 parameter is in the wrong letter case.</summary>
    /// <remarks>Web frameworks treat names that differ only in letter case as the same name.</remarks>
    DuplicateParameter,

    /// <summary>The request has an <c>Authorization</c> header in addition to the signature in the query.</summary>
    /// <remarks>The header and the query could contradict each other.</remarks>
    ConflictingAuthorization,

    /// <summary>The credentials and the URL have different session tokens, or only one of them has a session token.</summary>
    WrongSessionToken,

    /// <summary>The credentials that signed the URL have expired.</summary>
    ExpiredCredentials,

    /// <summary>The signature does not match the request: a signed part was changed, or a different secret access key was used.</summary>
    SignatureMismatch,
}
