namespace PresignKit;

/// <summary>Supplies the credentials that a presigner signs with, if they change over time: roles, STS sessions, secret stores.</summary>
/// <remarks>Implementations must be thread-safe. A provider is called for every URL, so that it should cache the credentials and renew them before they expire;
/// <see cref="RefreshingCredentialsProvider"/> does both for any other provider.</remarks>
public interface IS3CredentialsProvider
{
    /// <summary>Gets the current credentials.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The credentials. <see cref="IPresigner.Presign"/> can use them only if the returned task is already complete; <see cref="IPresigner.PresignAsync"/>
    /// waits.</returns>
    ValueTask<S3Credentials> GetCredentialsAsync(CancellationToken cancellationToken = default);
}
