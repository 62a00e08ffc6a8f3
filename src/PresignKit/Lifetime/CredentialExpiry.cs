namespace PresignKit;

/// <summary>Specifies what happens if a URL would outlive the temporary credentials that sign it.</summary>
/// <remarks>The store rejects a URL as soon as the credentials have expired, regardless of the lifetime in the URL.</remarks>
public enum CredentialExpiry
{
    /// <summary>Throws if an explicit <see cref="S3Operation.ExpiresIn"/> exceeds the lifetime of the credentials, but shortens the default lifetime if necessary.</summary>
    /// <remarks>This is the default.</remarks>
    Auto,

    /// <summary>Shortens the lifetime of the URL to the remaining lifetime of the credentials.</summary>
    /// <remarks><see cref="PresignedUrl.ExpiresAt"/> contains the resulting expiry.</remarks>
    Clamp,

    /// <summary>Throws if the URL would expire after the credentials, even if the URL has the default lifetime.</summary>
    Throw,
}
