namespace PresignKit;

/// <summary>Makes presigned URLs and forms. Implementations are thread-safe and do no network I/O of their own.</summary>
/// <remarks>Depend on this interface where you want to put a fake in a test; <see cref="S3Presigner"/> is the implementation.</remarks>
public interface IPresigner
{
    /// <summary>Presigns an operation with the credentials that are there. Never blocks.</summary>
    /// <param name="operation">What the URL allows.</param>
    /// <returns>The URL, and what must be sent with it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="operation"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">The operation cannot be signed; the message says why, and what to write instead.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Its <see cref="S3Operation.ExpiresIn"/> is below 1 second, above 7 days, or past the end of the credentials.</exception>
    /// <exception cref="InvalidOperationException">The credentials have expired, or their provider has to fetch them first: use <see cref="PresignAsync"/>.</exception>
    PresignedUrl Presign(S3Operation operation);

    /// <summary>Presigns an operation, and waits for the provider of the credentials where it has to fetch them.</summary>
    /// <param name="operation">What the URL allows.</param>
    /// <param name="cancellationToken">Ends the wait for the credentials.</param>
    /// <returns>The URL, and what must be sent with it.</returns>
    /// <inheritdoc cref="Presign" path="/exception"/>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    ValueTask<PresignedUrl> PresignAsync(S3Operation operation, CancellationToken cancellationToken = default);

    /// <summary>Presigns a form by which a browser uploads a file, with limits that the store enforces. Never blocks.</summary>
    /// <remarks>
    /// <b>Without <see cref="PostPolicy.ContentLength"/> there is no limit to the size of the file.</b> Not every store takes forms: Cloudflare R2 and Backblaze B2 do
    /// not, and are refused. Presign a <see cref="PutObject"/> with an exact <see cref="PutObject.ContentLength"/> there.
    /// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-UsingHTTPPOST.html">Browser-based uploads using POST</see>.
    /// </remarks>
    /// <param name="policy">What the form allows.</param>
    /// <returns>Where the form is sent to, its fields, and those that the page must add.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="policy"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">The policy contradicts itself, or the store takes no such form; the message says why, and what to write instead.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Its <see cref="PostPolicy.ExpiresIn"/> is below 1 second, above 7 days, or past the end of the credentials.</exception>
    /// <exception cref="InvalidOperationException">The credentials have expired, or their provider has to fetch them first: use <see cref="PresignPostAsync"/>.</exception>
    PresignedPost PresignPost(PostPolicy policy);

    /// <summary>Presigns a form, and waits for the provider of the credentials where it has to fetch them.</summary>
    /// <param name="policy">What the form allows.</param>
    /// <param name="cancellationToken">Ends the wait for the credentials.</param>
    /// <inheritdoc cref="PresignPost" path="/remarks|/returns|/exception"/>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    ValueTask<PresignedPost> PresignPostAsync(PostPolicy policy, CancellationToken cancellationToken = default);
}
