namespace PresignKit;

/// <summary>Specifies what happens if temporary credentials expire before the URL that they sign would.</summary>
/// <remarks>The store rejects a URL as soon as its credentials have expired, whatever lifetime the URL states.</remarks>
public enum CredentialExpiry
{
    /// <summary>An explicit <see cref="S3Operation.ExpiresIn"/> that the credentials do not cover throws, and the default lifetime is shortened. This is the default.</summary>
    Auto,

    /// <summary>The lifetime is shortened to that of the credentials. <see cref="PresignedUrl.ExpiresAt"/> shows the result.</summary>
    Clamp,

    /// <summary>A lifetime that the credentials do not cover throws, even if it is the default one.</summary>
    Throw,
}
