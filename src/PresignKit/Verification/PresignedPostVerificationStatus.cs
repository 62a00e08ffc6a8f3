namespace PresignKit;

/// <summary>The outcome of the verification of a POST form.</summary>
/// <remarks>Only <see cref="Valid"/> means success. The default value is <see cref="Malformed"/>, so an uninitialized status does not mean success.</remarks>
public enum PresignedPostVerificationStatus
{
    /// <summary>The form cannot be parsed.</summary>
    /// <remarks>
    /// <para><see cref="PresignedPostVerificationResult.Problem"/> contains the reason. Possible causes are a field without a name, text that cannot be encoded as UTF-8, a
    /// malformed credential or signing time, and a key that stores reject.</para>
    /// <para>The names and values of all fields must not exceed 20,480 bytes in UTF-8, which is AWS's limit for the part of a form that precedes the file.</para>
    /// </remarks>
    Malformed,

    /// <summary>The signature is correct, the policy has not expired, and the fields satisfy the policy.</summary>
    /// <remarks>The size of the file must still be compared with <see cref="PresignedPostVerificationResult.ContentLength"/>.</remarks>
    Valid,

    /// <summary>The form does not have a <c>policy</c> field, so it is not signed.</summary>
    NotSigned,

    /// <summary>A field that every signed form must contain is missing, or the key contains <c>${filename}</c> and the file does not have a name.</summary>
    MissingField,

    /// <summary>A field is repeated.</summary>
    /// <remarks>The letter case of field names is ignored. Fields whose names start with <c>x-ignore-</c> can be repeated.</remarks>
    DuplicateField,

    /// <summary>The form is signed with an algorithm other than <c>AWS4-HMAC-SHA256</c>, such as SigV2 (<c>AWSAccessKeyId</c> and <c>signature</c>).</summary>
    UnsupportedAlgorithm,

    /// <summary>There are no credentials for the form's access key ID.</summary>
    UnknownAccessKey,

    /// <summary>The credential scope contains the wrong region, a service other than <c>s3</c>, or a date other than the signing date.</summary>
    WrongScope,

    /// <summary>The signing time is further in the future than <see cref="PresignedPostVerifierOptions.ClockSkew"/> allows.</summary>
    NotYetValid,

    /// <summary>The policy is signed correctly, but it is not a valid policy.</summary>
    /// <remarks><see cref="PresignedPostVerificationResult.Problem"/> contains the reason.</remarks>
    MalformedPolicy,

    /// <summary>The policy has expired.</summary>
    Expired,

    /// <summary>A field, the bucket or the key does not satisfy a condition of the policy, or a condition cannot be satisfied.</summary>
    /// <remarks><see cref="PresignedPostVerificationResult.Condition"/> contains the condition.</remarks>
    ConditionFailed,

    /// <summary>The policy does not have a condition for a field that was sent, or for the bucket.</summary>
    /// <remarks>If a store accepted these fields, the holder of a form could make the upload public (<c>acl</c>) or change its content type.</remarks>
    FieldNotInPolicy,

    /// <summary>The credentials and the form have different session tokens, or only one of them has a session token.</summary>
    WrongSessionToken,

    /// <summary>The credentials that signed the form have expired.</summary>
    ExpiredCredentials,

    /// <summary>The signature does not match the policy: the policy was changed, or a different secret access key was used.</summary>
    SignatureMismatch,
}
