namespace PresignKit;

/// <summary>Provides extension methods that presign the parts of a multipart upload, one URL per part.</summary>
/// <example><code>
/// string body = …;                                                          // the response to presigner.Presign(new CreateMultipartUpload("film.mp4"))
/// string id = CreateMultipartUpload.ReadUploadId(body);
/// var parts = presigner.PresignUploadParts(new UploadPart("film.mp4", id, 1), 3);   // PUT each part and store its ETag
/// presigner.Presign(new CompleteMultipartUpload("film.mp4", id));                   // POST CompleteMultipartUpload.CreateBody(…)
/// </code></example>
public static class MultipartUploadExtensions
{
    /// <summary>Presigns consecutive parts of a multipart upload.</summary>
    /// <param name="presigner">The presigner.</param>
    /// <param name="first">
    /// The first part. The other parts differ from it only in their part numbers. If <see cref="UploadPart.ContentLength"/> is set, it applies to every part. If the last part
    /// is shorter, presign it separately.
    /// </param>
    /// <param name="partCount">The number of parts, including the first. It must be at least 1, and the last part number must not exceed 10,000.</param>
    /// <returns>The URLs, ordered by part number.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="presigner"/> or <paramref name="first"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="first"/> cannot be signed, or it has a checksum or an MD5 hash and <paramref name="partCount"/> is
    /// greater than 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="partCount"/> or the <see cref="S3Operation.ExpiresIn"/> of <paramref name="first"/> is out of range.</exception>
    /// <exception cref="InvalidOperationException">The credentials have expired, or the provider needs to fetch them first. In the latter case, use
    /// <see cref="PresignUploadPartsAsync"/>.</exception>
    public static IReadOnlyList<PresignedUrl> PresignUploadParts(this IPresigner presigner, UploadPart first, int partCount)
    {
        ArgumentNullException.ThrowIfNull(presigner);
        return [.. PartsFrom(first, partCount).Select(presigner.Presign)];
    }

    /// <summary>Presigns consecutive parts of a multipart upload, waiting asynchronously for the credentials if the provider needs to fetch them.</summary>
    /// <param name="presigner">The presigner.</param>
    /// <param name="first">The first part. The other parts differ from it only in their part numbers.</param>
    /// <param name="partCount">The number of parts, including the first. It must be at least 1, and the last part number must not exceed 10,000.</param>
    /// <param name="cancellationToken">A token that cancels the wait for the credentials.</param>
    /// <returns>The URLs, ordered by part number.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="presigner"/> or <paramref name="first"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="first"/> cannot be signed, or it has a checksum or an MD5 hash and <paramref name="partCount"/> is
    /// greater than 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="partCount"/> or the <see cref="S3Operation.ExpiresIn"/> of <paramref name="first"/> is out of range.</exception>
    /// <exception cref="InvalidOperationException">The credentials have expired.</exception>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public static ValueTask<IReadOnlyList<PresignedUrl>> PresignUploadPartsAsync(
        this IPresigner presigner, UploadPart first, int partCount, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(presigner);
        return PresignAllAsync(presigner, PartsFrom(first, partCount), cancellationToken);
    }

    private static async ValueTask<IReadOnlyList<PresignedUrl>> PresignAllAsync(IPresigner presigner, UploadPart[] parts, CancellationToken cancellationToken)
    {
        PresignedUrl[] urls = new PresignedUrl[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            urls[i] = await presigner.PresignAsync(parts[i], cancellationToken).ConfigureAwait(false);
        }

        return urls;
    }

    private static UploadPart[] PartsFrom(UploadPart first, int partCount)
    {
        ArgumentNullException.ThrowIfNull(first);
        _ = ValueRules.RequireRange(partCount, 1, ValueRules.MaxPartNumber - first.PartNumber + 1, nameof(partCount));
        return partCount == 1 || (first.Checksum is null && first.ContentMD5 is null)
            ? [.. Enumerable.Range(first.PartNumber, partCount).Select(number => first with { PartNumber = number })]
            : throw new ArgumentException(
                "The first part has a Checksum or ContentMD5, which cannot apply to several parts. Remove it, or presign each part separately with its own checksum.", nameof(first));
    }
}
