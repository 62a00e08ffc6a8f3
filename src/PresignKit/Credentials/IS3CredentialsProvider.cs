namespace PresignKit;

/// <summary>Supplies a presigner with credentials, which can change over time (roles, STS sessions, secret stores).</summary>
/// <remarks>Implementations must be thread-safe. A provider is called for every URL, so it should cache the credentials and renew them before they expire.
/// <see cref="RefreshingCredentialsProvider"/> does both for any other provider.</remarks>
public interface IS3CredentialsProvider
{
    /// <summary>Gets the current credentials.</summary>
    /// <param name="cancellationToken">A token that cancels the wait.</param>
    /// <returns>The credentials. <see cref="IPresigner.Presign"/> throws if the returned task is not yet complete, while
    /// <see cref="IPresigner.PresignAsync"/> waits for it.</returns>
    ValueTask<S3Credentials> GetCredentialsAsync(CancellationToken cancellationToken = default);
}
