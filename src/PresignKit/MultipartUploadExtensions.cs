namespace PresignKit;

/// <summary>A whole multipart upload by presigned URLs: one for each part.</summary>
/// <example><code>
/// string body = …;                                                          // the answer to presigner.Presign(new CreateMultipartUpload("film.mp4"))
/// string id = CreateMultipartUpload.ReadUploadId(body);
/// var parts = presigner.PresignUploadParts(new UploadPart("film.mp4", id, 1), 3);   // PUT each; keep the ETags
/// presigner.Presign(new CompleteMultipartUpload("film.mp4", id));                   // POST CompleteMultipartUpload.CreateBody(…)
/// </code></example>
public static class MultipartUploadExtensions
{
    /// <summary>Presigns a run of parts.</summary>
    /// <param name="presigner">The presigner.</param>
    /// <param name="first">The first part; the others are like it, with the numbers that follow. An exact <c>ContentLength</c> is signed for all of them:
    /// leave it out where the last part is shorter, or presign that one by itself.</param>
    /// <param name="partCount">How many parts, the first included: 1 or more, and no number above 10,000.</param>
    /// <returns>A URL for each part, in order.</returns>
    /// <inheritdoc cref="IPresigner.Presign" path="/exception"/>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="first"/> has a checksum or MD5, which fits one part only; or it cannot be signed.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="partCount"/> is out of its range.</exception>
    public static IReadOnlyList<PresignedUrl> PresignUploadParts(this IPresigner presigner, UploadPart first, int partCount)
    {
        ArgumentNullException.ThrowIfNull(presigner);
        return [.. PartsFrom(first, partCount).Select(presigner.Presign)];
    }

    /// <summary>Presigns a run of parts, and waits for the provider of the credentials where it has to fetch them.</summary>
    /// <param name="presigner">The presigner.</param>
    /// <param name="first">The first part; the others are like it, with the numbers that follow.</param>
    /// <param name="partCount">How many parts, the first included: 1 or more, and no number above 10,000.</param>
    /// <param name="cancellationToken">Ends the wait for the credentials.</param>
    /// <returns>A URL for each part, in order.</returns>
    /// <inheritdoc cref="PresignUploadParts(IPresigner, UploadPart, int)" path="/exception"/>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public static async ValueTask<IReadOnlyList<PresignedUrl>> PresignUploadPartsAsync(
        this IPresigner presigner, UploadPart first, int partCount, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(presigner);
        List<PresignedUrl> urls = [];
        foreach (UploadPart part in PartsFrom(first, partCount))
        {
            urls.Add(await presigner.PresignAsync(part, cancellationToken).ConfigureAwait(false));
        }

        return urls;
    }

    private static UploadPart[] PartsFrom(UploadPart first, int partCount)
    {
        ArgumentNullException.ThrowIfNull(first);
        int most = ValueRules.MaxPartNumber - first.PartNumber + 1;
        _ = ValueRules.RequireRange(partCount, 1, most, nameof(partCount));
        return partCount == 1 || (first.Checksum is null && first.ContentMD5 is null)
            ? [.. Enumerable.Range(first.PartNumber, partCount).Select(number => first with { PartNumber = number })]
            : throw new ArgumentException(
                "The part has a Checksum or ContentMD5, which fits one part only. Leave it out, or presign each part by itself with its own.", nameof(first));
    }
}
