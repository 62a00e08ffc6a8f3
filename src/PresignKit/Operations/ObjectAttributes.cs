namespace PresignKit;

/// <summary>The attributes of an object that <see cref="GetObjectAttributes"/> can return, which can be combined.</summary>
[Flags]
public enum ObjectAttributes
{
    /// <summary>No attribute, which is not valid in a request.</summary>
    None = 0,

    /// <summary>The ETag, without quotes.</summary>
    ETag = 1,

    /// <summary>The checksum.</summary>
    Checksum = 2,

    /// <summary>The parts in which the object was uploaded.</summary>
    ObjectParts = 4,

    /// <summary>The storage class.</summary>
    StorageClass = 8,

    /// <summary>The length in bytes.</summary>
    ObjectSize = 16,
}
