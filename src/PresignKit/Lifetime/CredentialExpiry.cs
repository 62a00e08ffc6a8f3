namespace PresignKit;

/// <summary>What happens where temporary credentials end before the URL that they sign would: the URL ends with them, whatever it says.</summary>
public enum CredentialExpiry
{
    /// <summary>A duration that was asked for (<see cref="S3Operation.ExpiresIn"/>) is refused, the default one is cut down. The default.</summary>
    Auto,

    /// <summary>Either is cut down to the end of the credentials; <see cref="PresignedUrl.ExpiresAt"/> tells.</summary>
    Clamp,

    /// <summary>Either is refused.</summary>
    Refuse,
}
