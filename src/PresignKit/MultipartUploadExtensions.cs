namespace PresignKit;

/// <summary>Provides extension methods that presign the parts of a multipart upload, with one URL for each part.</summary>
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
    /// The first part, from which the other parts differ only in their part numbers. A <see cref="UploadPart.ContentLength"/> applies to every part; if the last part is
    /// shorter, presign it separately.
    /// </param>
    /// <param name="partCount">The number of parts including the first, 1 or greater. The last part number must not exceed 10,000.</param>
    /// <returns>The URLs in the order of the part numbers.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="presigner"/> or <paramref name="first"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="first"/> cannot be signed, or has a checksum or MD5 hash although there are several parts.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="partCount"/> is out of range, or <see cref="S3Operation.ExpiresIn"/> of the first part is.</exception>
    /// <exception cref="InvalidOperationException">The credentials have expired, or their provider has to fetch them first: use
    /// <see cref="PresignUploadPartsAsync"/>.</exception>
    public static IReadOnlyList<PresignedUrl> PresignUploadParts(this IPresigner presigner, UploadPart first, int partCount)
    {
        ArgumentNullException.ThrowIfNull(presigner);
        return [.. PartsFrom(first, partCount).Select(presigner.Presign)];
    }

    /// <summary>Presigns consecutive parts of a multipart upload asynchronously, and waits for the credentials if their provider has to fetch them.</summary>
    /// <param name="presigner">The presigner.</param>
    /// <param name="first">The first part, from which the other parts differ only in their part numbers.</param>
    /// <param name="partCount">The number of parts including the first, 1 or greater. The last part number must not exceed 10,000.</param>
    /// <param name="cancellationToken">A token that cancels the wait for the credentials.</param>
    /// <returns>The URLs in the order of the part numbers.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="presigner"/> or <paramref name="first"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="first"/> cannot be signed, or has a checksum or MD5 hash although there are several parts.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="partCount"/> is out of range, or <see cref="S3Operation.ExpiresIn"/> of the first part is.</exception>
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
                "The first part has a Checksum or ContentMD5, which cannot apply to several parts. Remove it, or presign each part separately with its own.", nameof(first));
    }
}
