using Amazon.Runtime;

namespace PresignKit.Tool.Store;

/// <summary>Converts between the credentials of the AWS SDK and those of PresignKit.</summary>
internal static class SdkCredentials
{
    /// <summary>Gets the credentials from the SDK, which calls a service.</summary>
    /// <param name="credentials">The SDK's credentials.</param>
    /// <param name="source">The source for messages.</param>
    /// <param name="cancellationToken">Stops waiting for the SDK.</param>
    public static async Task<S3Credentials> GetAsync(AWSCredentials credentials, string source, CancellationToken cancellationToken)
    {
        // The SDK subtracts a minute from the expiry, so that long-running programs renew credentials early. A URL is valid until the actual expiry.
        if (credentials is RefreshingAWSCredentials refreshing)
        {
            refreshing.ExpirationBuffer = TimeSpan.Zero;
        }

        ImmutableCredentials keys = await credentials.GetCredentialsAsync().WaitAsync(cancellationToken);
        return AccessKey.Create(keys.AccessKey, keys.SecretKey, keys.UseToken ? keys.Token : null, ToExpiry(credentials.Expiration), source);
    }

    public static AWSCredentials ToSdk(S3Credentials credentials) => credentials.SessionToken is null
        ? new BasicAWSCredentials(credentials.AccessKeyId, credentials.SecretAccessKey)
        : new SessionAWSCredentials(credentials.AccessKeyId, credentials.SecretAccessKey, credentials.SessionToken);

    /// <summary>Converts an expiry of the SDK, which uses <see cref="DateTime.MaxValue"/> for credentials that do not expire.</summary>
    public static DateTimeOffset? ToExpiry(DateTime? expiration) =>
        expiration is { Year: < 9999 } instant ? new DateTimeOffset(instant.ToUniversalTime()) : null;
}
