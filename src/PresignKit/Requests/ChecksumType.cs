namespace PresignKit;

/// <summary>How the checksum of an object comes from its parts.</summary>
public enum ChecksumType
{
    /// <summary>The checksum of the parts' checksums (<c>COMPOSITE</c>).</summary>
    Composite,

    /// <summary>The checksum of the whole object (<c>FULL_OBJECT</c>); for the CRCs.</summary>
    FullObject,
}
