using Amazon;
using Amazon.Runtime;
using Amazon.RuntimeDependencies;
using Amazon.SecurityToken;
using Amazon.SSO;
using Amazon.SSOOIDC;

namespace PresignKit.Tool.Store;

/// <summary>Creates the clients of the AWS services that issue credentials.</summary>
internal static class SdkClients
{
    private const int MaxErrorRetry = 1;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    static SdkClients()
    {
        // Log messages of the SDK can contain tokens.
        AWSConfigs.LoggingConfig.LogTo = LoggingOptions.None;

        // The SDK creates these two clients by reflection unless factories are registered, and native AOT removes classes that are created by reflection only.
        GlobalRuntimeDependencyRegistry registry = GlobalRuntimeDependencyRegistry.Instance;
        registry.RegisterSSOClient(context => new AmazonSSOClient(
            new AnonymousAWSCredentials(), new AmazonSSOConfig { RegionEndpoint = context.SSOClientContextData.Region, Timeout = Timeout, MaxErrorRetry = MaxErrorRetry }));
        registry.RegisterSSOOIDCClient(context => new AmazonSSOOIDCClient(
            new AnonymousAWSCredentials(), new AmazonSSOOIDCConfig { RegionEndpoint = context.SSOOIDCClientContextData.Region, Timeout = Timeout, MaxErrorRetry = MaxErrorRetry }));
    }

    /// <summary>Creates the credentials of an SSO role, which are requested when they are used.</summary>
    public static SSOAWSCredentials SsoRole(string accountId, string region, string roleName, string startUrl, string? session) =>
        new(accountId, region, roleName, startUrl, new SSOAWSCredentialsOptions { SessionName = session });

    /// <summary>Creates a client of STS.</summary>
    /// <remarks>The SDK's classes for roles are not used: with native AOT they cannot sign the request with the source credentials, and they may ask the metadata service for the region.</remarks>
    public static AmazonSecurityTokenServiceClient Sts(AWSCredentials credentials, string region) =>
        new(credentials, new AmazonSecurityTokenServiceConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(region), Timeout = Timeout, MaxErrorRetry = MaxErrorRetry });
}
