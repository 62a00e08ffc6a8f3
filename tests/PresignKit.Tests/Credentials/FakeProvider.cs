namespace PresignKit.Tests;

/// <summary>A provider of credentials that does what a test says.</summary>
internal sealed class FakeProvider(Func<CancellationToken, ValueTask<S3Credentials>> get) : IS3CredentialsProvider
{
    public FakeProvider(S3Credentials credentials)
        : this(_ => new ValueTask<S3Credentials>(credentials))
    {
    }

    public ValueTask<S3Credentials> GetCredentialsAsync(CancellationToken cancellationToken = default) => get(cancellationToken);

    /// <summary>Temporary credentials that end so long after the test's clock.</summary>
    public static S3Credentials EndingIn(TimeSpan left) =>
        new(TestPresigner.AccessKeyId, TestPresigner.SecretAccessKey, TestPresigner.SessionToken, TestPresigner.Now + left);
}
