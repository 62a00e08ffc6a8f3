namespace PresignKit;

/// <summary>Specifies the attributes of an object that <see cref="GetObjectAttributes"/> returns.</summary>
[Flags]
public enum ObjectAttributes
{
    /// <summary>No attributes. This value is not valid in a request.</summary>
    None = 0,

    /// <summary>The ETag, without quotes.</summary>
    ETag = 1,

    /// <summary>The checksum.</summary>
    Checksum = 2,

    /// <summary>The parts of the object, if it was uploaded in parts.</summary>
    ObjectParts = 4,

    /// <summary>The storage class.</summary>
    StorageClass = 8,

    /// <summary>The length in bytes.</summary>
    ObjectSize = 16,
}
