namespace PresignKit;

/// <summary>Takes the credentials from a function: a bridge to whatever has them. Thread-safe where the function is.</summary>
/// <remarks>
/// The function is called for every URL. Where it has to wait or to work, put a <see cref="RefreshingCredentialsProvider"/> before it, which calls it when the
/// credentials are about to end.
/// </remarks>
/// <example>
/// Profiles, SSO, roles and process credentials, from the AWS SDK that knows them (<c>aws</c> is an <c>AWSCredentials</c>):
/// <code>
/// new RefreshingCredentialsProvider(new DelegateCredentialsProvider(async _ =&gt;
/// {
///     ImmutableCredentials keys = await aws.GetCredentialsAsync();
///     return new S3Credentials(keys.AccessKey, keys.SecretKey, keys.UseToken ? keys.Token : null, aws.Expiration?.ToUniversalTime());
/// }));
/// </code>
/// </example>
public sealed class DelegateCredentialsProvider : IS3CredentialsProvider
{
    private readonly Func<CancellationToken, ValueTask<S3Credentials>> _getCredentials;

    /// <summary>Makes a provider of a function.</summary>
    /// <param name="getCredentials">Gets the credentials that hold now. What it throws reaches the caller of the presigner.</param>
    /// <exception cref="ArgumentNullException"><paramref name="getCredentials"/> is <c>null</c>.</exception>
    public DelegateCredentialsProvider(Func<CancellationToken, ValueTask<S3Credentials>> getCredentials)
    {
        ArgumentNullException.ThrowIfNull(getCredentials);
        _getCredentials = getCredentials;
    }

    /// <inheritdoc/>
    public ValueTask<S3Credentials> GetCredentialsAsync(CancellationToken cancellationToken = default) => _getCredentials(cancellationToken);
}
