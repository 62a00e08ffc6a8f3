namespace PresignKit;

/// <summary>Specifies what happens if temporary credentials would expire before the URL that they sign.</summary>
/// <remarks>The store rejects a URL as soon as its credentials have expired, regardless of the lifetime in the URL.</remarks>
public enum CredentialExpiry
{
    /// <summary>Throws if an explicit <see cref="S3Operation.ExpiresIn"/> exceeds the lifetime of the credentials, and shortens the default lifetime.</summary>
    /// <remarks>This is the default.</remarks>
    Auto,

    /// <summary>Shortens the lifetime of the URL to that of the credentials.</summary>
    /// <remarks><see cref="PresignedUrl.ExpiresAt"/> shows the result.</remarks>
    Clamp,

    /// <summary>Throws if the lifetime of the URL exceeds that of the credentials, even if the lifetime is the default one.</summary>
    Throw,
}
