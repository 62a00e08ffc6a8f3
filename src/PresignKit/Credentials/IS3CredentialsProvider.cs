namespace PresignKit;

/// <summary>Supplies a presigner with credentials, which can change over time (for example, if they come from a role, an STS session or a secret store).</summary>
/// <remarks>Implementations must be thread-safe. A provider is called for every URL, so it should cache the credentials and renew them before they expire.
/// <see cref="RefreshingCredentialsProvider"/> wraps any other provider and does both.</remarks>
public interface IS3CredentialsProvider
{
    /// <summary>Gets the current credentials.</summary>
    /// <param name="cancellationToken">A token that cancels the wait.</param>
    /// <returns>The credentials. <see cref="IPresigner.Presign"/> throws if the returned task has not completed.
    /// <see cref="IPresigner.PresignAsync"/> waits for the task.</returns>
    ValueTask<S3Credentials> GetCredentialsAsync(CancellationToken cancellationToken = default);
}
