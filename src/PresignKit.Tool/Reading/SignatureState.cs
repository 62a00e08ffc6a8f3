namespace PresignKit.Tool.Reading;

/// <summary>The outcome of a check of a URL's signature, apart from the URL's expiry.</summary>
internal enum SignatureState
{
    /// <summary>The signature was not checked, because the credentials of its access key are not available.</summary>
    Unchecked,

    /// <summary>The signature cannot be checked, because the URL does not contain the values of all signed headers, or because its algorithm is not supported.</summary>
    Uncheckable,

    /// <summary>The signature is correct for at least one method.</summary>
    Correct,

    /// <summary>The signature is wrong.</summary>
    Wrong,

    /// <summary>Stores reject the URL regardless of its signature, for example because a parameter is repeated.</summary>
    Rejected,
}
