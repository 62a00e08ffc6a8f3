using System.Net.Sockets;
using Amazon.Util;

namespace PresignKit.Tool.Store;

/// <summary>Gets the credentials of the machine's role: web identity on EKS, containers on ECS and EKS, and EC2.</summary>
internal sealed class MachineCredentials(ToolContext context, AwsFiles files)
{
    // On a machine outside of AWS, the address of the metadata service often does not respond at all. A service that accepts the connection gets more time, because the SDK sends several requests.
    private static readonly TimeSpan InstanceConnectTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan InstanceTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Gets the credentials, or returns <c>null</c> if the machine does not provide any.</summary>
    /// <exception cref="ToolException">The environment configures a role, but its credentials are not available.</exception>
    public async Task<Resolved<S3Credentials>?> FindAsync(CancellationToken cancellationToken) =>
        await FindWebIdentityAsync(cancellationToken) ?? await FindContainerAsync(cancellationToken) ?? await FindInstanceAsync(cancellationToken);

    /// <inheritdoc cref="ContainerCredentials.FindAsync"/>
    public async Task<Resolved<S3Credentials>?> FindContainerAsync(CancellationToken cancellationToken) =>
        await new ContainerCredentials(context).FindAsync(cancellationToken) is { } found ? CredentialErrors.RequireCurrent(found, "the container's credential service", context) : null;

    /// <summary>Gets the credentials of the EC2 instance, or returns <c>null</c> if the machine is not an EC2 instance with a role.</summary>
    public async Task<Resolved<S3Credentials>?> FindInstanceAsync(CancellationToken cancellationToken)
    {
        const string Source = "the role of the EC2 instance";
        if (string.Equals(context.Variable("AWS_EC2_METADATA_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            Uri service = new(EC2InstanceMetadata.ServiceEndpoint);
            using TcpClient probe = new();
            await probe.ConnectAsync(service.Host, service.Port, cancellationToken).AsTask().WaitAsync(InstanceConnectTimeout, cancellationToken);

            // Task.Run is used because the SDK does part of the work before it returns its task. InstanceProfileAWSCredentials is not used, because it would shorten the expiry to 75 minutes.
            IDictionary<string, IAMSecurityCredentialMetadata>? roles =
                await Task.Run(EC2InstanceMetadata.GetIAMSecurityCredentialsAsync, cancellationToken).WaitAsync(InstanceTimeout, cancellationToken);
            return roles?.Values.FirstOrDefault() is not { AccessKeyId: not null } role ? null
                : CredentialErrors.RequireCurrent(
                    new Resolved<S3Credentials>(AccessKey.Create(role.AccessKeyId, role.SecretAccessKey, role.Token, SdkCredentials.ToExpiry(role.Expiration), Source), Source),
                    "the metadata service", context);
        }
        catch (Exception e) when (e is not (ToolException or OperationCanceledException) || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private async Task<Resolved<S3Credentials>?> FindWebIdentityAsync(CancellationToken cancellationToken)
    {
        const string Source = "AWS_WEB_IDENTITY_TOKEN_FILE";
        if (context.Variable(Source) is not { } tokenFile)
        {
            return null;
        }

        try
        {
            Roles roles = new(context, files);
            S3Credentials issued =
                await roles.AssumeWithWebIdentityAsync(tokenFile, context.Variable("AWS_ROLE_ARN"), context.Variable("AWS_ROLE_SESSION_NAME"), Source, profile: null, cancellationToken);
            return CredentialErrors.RequireCurrent(new Resolved<S3Credentials>(issued, Source), CredentialErrors.IssuerOf(ProfileKind.WebIdentity), context);
        }
        catch (Exception e) when (CredentialErrors.Describe(e, Source, profile: null, ProfileKind.WebIdentity, cancellationToken) is { } error)
        {
            throw error;
        }
    }
}
