namespace PresignKit;

/// <summary>Creates presigned URLs and forms.</summary>
/// <remarks>
/// Depend on this interface if tests replace the presigner with a fake. <see cref="S3Presigner"/> is this library's implementation. Implementations are thread-safe and do not
/// perform network I/O themselves.
/// </remarks>
public interface IPresigner
{
    /// <summary>Presigns an operation, using credentials that are available without waiting.</summary>
    /// <param name="operation">The operation that the URL allows.</param>
    /// <returns>The URL and the headers that must be sent with it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="operation"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">The operation cannot be signed. The message describes the problem and the remedy.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <see cref="S3Operation.ExpiresIn"/> is less than 1 second, exceeds the store's maximum (7 days for most stores), or exceeds the lifetime of the credentials.
    /// </exception>
    /// <exception cref="InvalidOperationException">The credentials have expired, or the provider needs to fetch them first. In the latter case, use
    /// <see cref="PresignAsync"/>.</exception>
    PresignedUrl Presign(S3Operation operation);

    /// <summary>Presigns an operation, waiting asynchronously for the credentials if the provider needs to fetch them.</summary>
    /// <param name="operation">The operation that the URL allows.</param>
    /// <param name="cancellationToken">A token that cancels the wait for the credentials.</param>
    /// <returns>The URL and the headers that must be sent with it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="operation"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">The operation cannot be signed. The message describes the problem and the remedy.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <see cref="S3Operation.ExpiresIn"/> is less than 1 second, exceeds the store's maximum (7 days for most stores), or exceeds the lifetime of the credentials.
    /// </exception>
    /// <exception cref="InvalidOperationException">The credentials have expired.</exception>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    ValueTask<PresignedUrl> PresignAsync(S3Operation operation, CancellationToken cancellationToken = default);

    /// <summary>Presigns a form for browser uploads, using credentials that are available without waiting.</summary>
    /// <param name="policy">The policy, which specifies the allowed uploads.</param>
    /// <returns>The URL that the form is posted to, and the form fields.</returns>
    /// <remarks>
    /// The store enforces the limits of the policy. <b>Without <see cref="PostPolicy.ContentLength"/>, the size of the file is not limited.</b> Some stores, such as Cloudflare R2
    /// and Backblaze B2, do not accept forms. For these stores, presign a <see cref="PutObject"/> with an exact <see cref="PutObject.ContentLength"/>.
    /// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-UsingHTTPPOST.html">Browser-based uploads using POST</see>.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="policy"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">The policy contains contradictory settings, or the store does not accept forms. The message describes the problem and the remedy.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <see cref="PostPolicy.ExpiresIn"/> is less than 1 second, exceeds the store's maximum (7 days for most stores), or exceeds the lifetime of the credentials.
    /// </exception>
    /// <exception cref="InvalidOperationException">The credentials have expired, or the provider needs to fetch them first. In the latter case, use
    /// <see cref="PresignPostAsync"/>.</exception>
    PresignedPost PresignPost(PostPolicy policy);

    /// <summary>Presigns a form for browser uploads, waiting asynchronously for the credentials if the provider needs to fetch them.</summary>
    /// <param name="policy">The policy, which specifies the allowed uploads.</param>
    /// <param name="cancellationToken">A token that cancels the wait for the credentials.</param>
    /// <inheritdoc cref="PresignPost" path="/returns|/remarks"/>
    /// <exception cref="ArgumentNullException"><paramref name="policy"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">The policy contains contradictory settings, or the store does not accept forms. The message describes the problem and the remedy.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <see cref="PostPolicy.ExpiresIn"/> is less than 1 second, exceeds the store's maximum (7 days for most stores), or exceeds the lifetime of the credentials.
    /// </exception>
    /// <exception cref="InvalidOperationException">The credentials have expired.</exception>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    ValueTask<PresignedPost> PresignPostAsync(PostPolicy policy, CancellationToken cancellationToken = default);
}
