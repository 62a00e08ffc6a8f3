namespace PresignKit;

/// <summary>What <see cref="GetObjectAttributes"/> tells of an object; join several with <c>|</c>.</summary>
[Flags]
public enum ObjectAttributes
{
    /// <summary>Nothing, which stores refuse.</summary>
    None = 0,

    /// <summary>The ETag, without quotes.</summary>
    ETag = 1,

    /// <summary>The checksum.</summary>
    Checksum = 2,

    /// <summary>The parts of which it was uploaded.</summary>
    ObjectParts = 4,

    /// <summary>The storage class.</summary>
    StorageClass = 8,

    /// <summary>The length in bytes.</summary>
    ObjectSize = 16,

    /// <summary>All of them.</summary>
    All = ETag | Checksum | ObjectParts | StorageClass | ObjectSize,
}
