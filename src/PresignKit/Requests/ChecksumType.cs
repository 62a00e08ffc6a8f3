namespace PresignKit;

/// <summary>Specifies how the checksum of an object that is uploaded in parts is computed.</summary>
public enum ChecksumType
{
    /// <summary>A checksum of the checksums of the parts (<c>COMPOSITE</c>).</summary>
    Composite,

    /// <summary>A checksum of the whole object (<c>FULL_OBJECT</c>), which only the CRC algorithms support.</summary>
    FullObject,
}
