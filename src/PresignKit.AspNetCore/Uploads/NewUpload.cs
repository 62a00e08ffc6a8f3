namespace PresignKit.AspNetCore;

/// <summary>The properties that the server has determined for an upload.</summary>
/// <param name="Key">The key of the object.</param>
/// <param name="Name">The cleaned name of the file.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="Size">The exact size, in bytes, or <c>null</c> if only the maximum is known.</param>
/// <param name="MaxBytes">The maximum size, in bytes.</param>
/// <param name="PartBytes">The size of the parts, or 0 if there are none.</param>
internal sealed record NewUpload(string Key, string Name, string ContentType, long? Size, long MaxBytes, long PartBytes)
{
    public int PartCount => PartBytes == 0 ? 0 : (int)((Size!.Value + PartBytes - 1) / PartBytes);

    /// <summary>Returns the size of a part. The last part contains the rest of the file.</summary>
    public long PartSizeOf(int number) => number == PartCount ? Size!.Value - OffsetOf(number) : PartBytes;

    public long OffsetOf(int number) => (number - 1) * PartBytes;
}
