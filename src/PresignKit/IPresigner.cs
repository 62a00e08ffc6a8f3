namespace PresignKit;

/// <summary>Makes presigned URLs. Implementations are thread-safe and do no network I/O of their own.</summary>
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
}
