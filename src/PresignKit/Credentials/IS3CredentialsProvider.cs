namespace PresignKit;

/// <summary>Supplies the credentials that a presigner signs with, for credentials that change: roles, STS sessions, secret stores.</summary>
/// <remarks>Implementations are thread-safe. They are asked for every URL: keep the credentials, and renew them before they expire.</remarks>
public interface IS3CredentialsProvider
{
    /// <summary>Gets the credentials that hold now.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The credentials. Where the task is completed already, <see cref="IPresigner.Presign"/> can use it; otherwise it takes <see cref="IPresigner.PresignAsync"/>.</returns>
    ValueTask<S3Credentials> GetCredentialsAsync(CancellationToken cancellationToken = default);
}
