namespace PresignKit.AspNetCore.Tests.Uploads;

/// <summary>Temporary credentials whose expiry tests can change.</summary>
internal sealed class FakeCredentials : IS3CredentialsProvider
{
    public DateTimeOffset ExpiresAt { get; set; } = DateTimeOffset.MaxValue;

    public ValueTask<S3Credentials> GetCredentialsAsync(CancellationToken cancellationToken = default) =>
        new(new S3Credentials("ASIAEXAMPLE", "example-secret-access-key", "example-session-token", ExpiresAt));
}
