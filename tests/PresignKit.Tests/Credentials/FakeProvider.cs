namespace PresignKit.Tests;

/// <summary>A credentials provider that calls a function of the test.</summary>
internal sealed class FakeProvider(Func<CancellationToken, ValueTask<S3Credentials>> get) : IS3CredentialsProvider
{
    public FakeProvider(S3Credentials credentials)
        : this(_ => new ValueTask<S3Credentials>(credentials))
    {
    }

    public ValueTask<S3Credentials> GetCredentialsAsync(CancellationToken cancellationToken = default) => get(cancellationToken);

    /// <summary>Creates temporary credentials that expire the given time after <see cref="TestPresigner.Now"/>.</summary>
    public static S3Credentials ExpiringIn(TimeSpan left) =>
        new(TestPresigner.AccessKeyId, TestPresigner.SecretAccessKey, TestPresigner.SessionToken, TestPresigner.Now + left);
}
