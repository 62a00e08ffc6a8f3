namespace PresignKit;

/// <summary>Provides extension methods that get credentials from a provider, either immediately or asynchronously.</summary>
internal static class CredentialsProviderExtensions
{
    private const string ReturnedNull = "The credentials provider returned null. It must return credentials or throw.";

    /// <summary>Gets the credentials if they are available without waiting.</summary>
    /// <exception cref="InvalidOperationException">The provider needs to fetch the credentials first, or it returned <c>null</c>.</exception>
    public static S3Credentials GetAvailable(this IS3CredentialsProvider provider)
    {
        ValueTask<S3Credentials> pending = provider.GetCredentialsAsync();
        if (pending.IsCompleted)
        {
            return pending.GetAwaiter().GetResult() ?? throw new InvalidOperationException(ReturnedNull);
        }

        PendingTasks.Abandon(pending.AsTask());
        throw new InvalidOperationException(
            "The credentials provider has to fetch the credentials first, but Presign never waits. Use PresignAsync (PresignPostAsync for a form), or a provider that caches them.");
    }

    /// <summary>Gets the credentials, waiting for them if necessary.</summary>
    /// <exception cref="InvalidOperationException">The provider returned <c>null</c>.</exception>
    /// <exception cref="OperationCanceledException">The wait was canceled. Cancellation works even if the provider ignores its token.</exception>
    public static async ValueTask<S3Credentials> FetchAsync(this IS3CredentialsProvider provider, CancellationToken cancellationToken) =>
        await PendingTasks.WaitAsync(provider.GetCredentialsAsync(cancellationToken), cancellationToken).ConfigureAwait(false) ?? throw new InvalidOperationException(ReturnedNull);
}
