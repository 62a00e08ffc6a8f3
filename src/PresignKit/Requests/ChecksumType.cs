namespace PresignKit;

/// <summary>Specifies how the checksum of a multipart object is computed.</summary>
public enum ChecksumType
{
    /// <summary>A checksum of the part checksums (<c>COMPOSITE</c>).</summary>
    Composite,

    /// <summary>A checksum of the whole object (<c>FULL_OBJECT</c>), which requires a CRC algorithm.</summary>
    FullObject,
}
