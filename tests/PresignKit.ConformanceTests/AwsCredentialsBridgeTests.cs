using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.ConformanceTests;

/// <summary>The bridge to the credentials of the AWS SDK, as docs/configuration.md and <see cref="DelegateCredentialsProvider"/> show it.</summary>
public class AwsCredentialsBridgeTests
{
    private static readonly GetObject Operation = new("key") { Bucket = "my-bucket" };

    [Fact]
    public async Task Bridge_LongLivedKeys_HaveNoTokenAndNoExpiry()
    {
        S3Credentials credentials = await Bridge(new BasicAWSCredentials("AK", "secret")).GetCredentialsAsync();

        (credentials.AccessKeyId, credentials.SecretAccessKey, credentials.SessionToken, credentials.ExpiresAt).Should().Be(("AK", "secret", null, null));
    }

    [Fact]
    public async Task Bridge_SessionKeys_IncludeTheirToken()
    {
        S3Credentials credentials = await Bridge(new SessionAWSCredentials("AK", "secret", "token")).GetCredentialsAsync();

        (credentials.AccessKeyId, credentials.SecretAccessKey, credentials.SessionToken).Should().Be(("AK", "secret", "token"));
    }

    [Theory]
    [InlineData(DateTimeKind.Utc)]
    [InlineData(DateTimeKind.Local)]
    public async Task Bridge_Role_LimitsUrlsToItsExpiry(DateTimeKind kind)
    {
        DateTime expiry = DateTime.UtcNow.AddMinutes(40);
        Role role = new(kind == DateTimeKind.Utc ? expiry : expiry.ToLocalTime());
        S3Presigner presigner = Presigner(Bridge(role));

        PresignedUrl url = await presigner.PresignAsync(Operation);

        // The SDK reports an expiry that is a minute early, as a safety margin.
        url.ExpiresAt.Should().BeOnOrBefore(expiry).And.BeAfter(expiry.AddMinutes(-2));
        url.Url.Should().Contain("X-Amz-Credential=ROLE1%2F").And.Contain("X-Amz-Security-Token=token");
        presigner.Presign(Operation).Url.Should().Contain("X-Amz-Credential=ROLE1%2F");
    }

    [Fact]
    public async Task Bridge_RoleBeforeItsExpiry_IsRenewed()
    {
        FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
        Role role = new(DateTime.UtcNow.AddMinutes(40));
        RefreshingCredentialsProvider provider = Bridge(role, clock);
        await provider.GetCredentialsAsync();

        role.ClearCredentials();
        clock.Advance(TimeSpan.FromMinutes(36));
        await provider.GetCredentialsAsync();

        for (int i = 0; i < 3_000 && (await provider.GetCredentialsAsync()).AccessKeyId != "ROLE2"; i++)
        {
            await Task.Delay(10);
        }

        (await provider.GetCredentialsAsync()).AccessKeyId.Should().Be("ROLE2");
    }

    [Fact]
    public async Task Bridge_Profile_IsReadByTheSdk()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "[archive]\naws_access_key_id = PROFILE\naws_secret_access_key = secret\n");
            new CredentialProfileStoreChain(file).TryGetAWSCredentials("archive", out AWSCredentials profile).Should().BeTrue();

            (await Presigner(Bridge(profile)).PresignAsync(Operation)).Url.Should().Contain("X-Amz-Credential=PROFILE%2F");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static RefreshingCredentialsProvider Bridge(AWSCredentials aws, TimeProvider? clock = null) =>
        new(
            new DelegateCredentialsProvider(async _ =>
            {
                ImmutableCredentials keys = await aws.GetCredentialsAsync();
                return new S3Credentials(keys.AccessKey, keys.SecretKey, keys.UseToken ? keys.Token : null, aws.Expiration?.ToUniversalTime());
            }),
            clock);

    private static S3Presigner Presigner(IS3CredentialsProvider provider)
    {
        PresignerOptions options = new();
        options.UseAws("eu-west-1");
        options.UseCredentials(provider);
        return new S3Presigner(options);
    }

    /// <summary>The credentials of a role, which the SDK renews before they expire.</summary>
    private sealed class Role(DateTime expiry) : RefreshingAWSCredentials
    {
        private int _created;

        protected override CredentialsRefreshState GenerateNewCredentials() =>
            new(new ImmutableCredentials("ROLE" + ++_created, "secret", "token"), expiry.AddMinutes(_created - 1));

        protected override Task<CredentialsRefreshState> GenerateNewCredentialsAsync() => Task.FromResult(GenerateNewCredentials());
    }
}
