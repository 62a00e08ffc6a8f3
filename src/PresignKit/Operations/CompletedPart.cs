namespace PresignKit;

/// <summary>A part as the store has it: for <see cref="CompleteMultipartUpload.CreateBody"/>. Immutable.</summary>
public sealed record CompletedPart
{
    /// <summary>Names the part.</summary>
    /// <param name="partNumber">Its number, from 1 to 10,000.</param>
    /// <param name="etag">The <c>ETag</c> of the answer to its upload, with its quotes or without.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="partNumber"/> is out of its range.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="etag"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="etag"/> is empty.</exception>
    public CompletedPart(int partNumber, string etag)
    {
        PartNumber = ValueRules.RequireRange(partNumber, 1, ValueRules.MaxPartNumber, nameof(partNumber));
        ETag = ValueRules.RequireText(etag, nameof(etag));
    }

    /// <summary>The part's number.</summary>
    public int PartNumber { get; }

    /// <summary>Its ETag.</summary>
    public string ETag { get; }

    /// <summary>Its checksum, where the upload has one.</summary>
    public Checksum? Checksum { get; init; }
}
