namespace PresignKit;

/// <summary>Provides credentials by calling a function, which can get them from any source.</summary>
/// <remarks>
/// The provider is thread-safe if the function is. The function is called for every URL. If the function performs I/O, wrap the provider in a
/// <see cref="RefreshingCredentialsProvider"/>, which caches the credentials and calls the function again shortly before they expire.
/// </remarks>
/// <example>
/// This example uses the AWS SDK, which supports profiles, SSO, roles and process credentials. <c>aws</c> is an <c>AWSCredentials</c> instance.
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

    /// <summary>Initializes a new instance of the <see cref="DelegateCredentialsProvider"/> class.</summary>
    /// <param name="getCredentials">The function that gets the current credentials. Its exceptions propagate to the caller of the presigner.</param>
    /// <exception cref="ArgumentNullException"><paramref name="getCredentials"/> is <c>null</c>.</exception>
    public DelegateCredentialsProvider(Func<CancellationToken, ValueTask<S3Credentials>> getCredentials)
    {
        ArgumentNullException.ThrowIfNull(getCredentials);
        _getCredentials = getCredentials;
    }

    /// <inheritdoc/>
    public ValueTask<S3Credentials> GetCredentialsAsync(CancellationToken cancellationToken = default) => _getCredentials(cancellationToken);
}
