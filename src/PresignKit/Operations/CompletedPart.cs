namespace PresignKit;

/// <summary>An uploaded part of a multipart upload. Pass the uploaded parts to <see cref="CompleteMultipartUpload.CreateBody"/>.</summary>
/// <remarks>Instances are immutable and thread-safe.</remarks>
public sealed record CompletedPart
{
    /// <summary>Initializes a new instance for the specified part.</summary>
    /// <param name="partNumber">The part number, from 1 to 10,000.</param>
    /// <param name="etag">The <c>ETag</c> header of the response to <see cref="UploadPart"/>, with or without quotes. Use <see cref="UploadPart.ReadETag"/> to read the
    /// header.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="partNumber"/> is less than 1 or greater than 10,000.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="etag"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="etag"/> is empty or is not a valid ETag. Weak (<c>W/"…"</c>) and escaped (<c>&amp;quot;…&amp;quot;</c>) ETags are not accepted.
    /// </exception>
    public CompletedPart(int partNumber, string etag)
    {
        PartNumber = ValueRules.RequireRange(partNumber, 1, ValueRules.MaxPartNumber, nameof(partNumber));
        ArgumentNullException.ThrowIfNull(etag);
        ETag = etag == "*"
            ? throw new ArgumentException("The etag is '*', which stands for any ETag. Use the ETag of the response to UploadPart, which UploadPart.ReadETag returns.", nameof(etag))
            : ETagRules.Require(etag, nameof(etag))!;
    }

    /// <summary>Gets the part number.</summary>
    public int PartNumber { get; }

    /// <summary>Gets the ETag of the part.</summary>
    public string ETag { get; }

    /// <summary>Gets the checksum of the part.</summary>
    /// <value>The default is <c>null</c>, which is valid for uploads without a checksum algorithm.</value>
    public Checksum? Checksum { get; init; }
}
