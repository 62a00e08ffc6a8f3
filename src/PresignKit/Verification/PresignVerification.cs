namespace PresignKit;

/// <summary>What a <see cref="PresignedUrlVerifier"/> says of a request. Only <see cref="Valid"/> is good; the default value is not.</summary>
public enum PresignVerification
{
    /// <summary>The request cannot be read: an escape is broken, a part of the signature is missing or is not in its form, the URL names another host than
    /// the <c>Host</c> header, has a fragment (<c>#</c>, which no client sends) or is longer than 131,072 characters, or a header's name is none.</summary>
    Malformed,

    /// <summary>The signature is right and holds now, for this method, host, path and query, and for the headers that it covers.</summary>
    Valid,

    /// <summary>The query holds no signature.</summary>
    NotPresigned,

    /// <summary>It is signed in another way than <c>AWS4-HMAC-SHA256</c>: SigV2, SigV4a.</summary>
    UnsupportedAlgorithm,

    /// <summary>There are no credentials with its access key id.</summary>
    UnknownAccessKey,

    /// <summary>The credential scope is for another region or service, or for another day than that of signing.</summary>
    WrongScope,

    /// <summary>It is signed at an instant that is further ahead than <see cref="PresignedUrlVerifierOptions.ClockSkew"/>.</summary>
    NotYetValid,

    /// <summary>It has expired.</summary>
    Expired,

    /// <summary><c>X-Amz-Expires</c> is below 1 second or above <see cref="PresignedUrlVerifierOptions.MaxExpiresIn"/>.</summary>
    ExpiryOutOfRange,

    /// <summary>A header that is signed was not sent.</summary>
    MissingSignedHeader,

    /// <summary>A header was sent that must be signed and is not (<c>x-amz-*</c>), or <c>host</c> is not signed. Stores that overlook this let the
    /// holder of an upload URL copy other objects (<c>x-amz-copy-source</c>) or publish the upload (<c>x-amz-acl</c>).</summary>
    UnsignedHeader,

    /// <summary>A query parameter stands there twice, or one of the signature's in other letter case, which frameworks take for the same.</summary>
    DuplicateParameter,

    /// <summary>There is an <c>Authorization</c> header beside the signature in the query: a server that looks at both may be told two things.</summary>
    ConflictingAuthorization,

    /// <summary>The credentials and the URL do not have the same session token, or only one of them has any.</summary>
    WrongSessionToken,

    /// <summary>The credentials that signed it have expired.</summary>
    ExpiredCredentials,

    /// <summary>The signature is not the one for this request: something that it covers was changed, or the secret key is another.</summary>
    SignatureMismatch,
}
