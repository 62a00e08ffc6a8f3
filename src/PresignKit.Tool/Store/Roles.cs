using System.Globalization;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.Store;

/// <summary>Assumes roles by calling STS.</summary>
internal sealed class Roles(ToolContext context, AwsFiles files)
{
    private readonly MachineCredentials _machine = new(context, files);

    /// <summary>Assumes the role of a profile.</summary>
    public async Task<S3Credentials> AssumeAsync(AwsProfile profile, S3Credentials source, CancellationToken cancellationToken)
    {
        string? mfaSerial = profile.Find("mfa_serial");
        AssumeRoleRequest request = new()
        {
            RoleArn = profile.Find("role_arn"),
            RoleSessionName = profile.Find("role_session_name") ?? NewSessionName(),
            ExternalId = profile.Find("external_id"),
            SerialNumber = mfaSerial,
            TokenCode = mfaSerial is null ? null : AskForCode(mfaSerial, profile),
        };
        if (int.TryParse(profile.Find("duration_seconds"), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds))
        {
            request.DurationSeconds = seconds;
        }

        using AmazonSecurityTokenServiceClient client = CreateSts(SdkCredentials.ToSdk(source), profile);
        AssumeRoleResponse response = await client.AssumeRoleAsync(request, cancellationToken);
        return ToCredentials(response.Credentials, profile.ShownName);
    }

    /// <summary>Assumes a role with the token in a file.</summary>
    /// <param name="tokenFile">The file.</param>
    /// <param name="roleArn">The role.</param>
    /// <param name="sessionName">The name of the session in AWS's logs, or <c>null</c> for a generated one.</param>
    /// <param name="source">The profile or the variables that contain these values, for messages.</param>
    /// <param name="profile">The profile that determines the region of STS, or <c>null</c> for none.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<S3Credentials> AssumeWithWebIdentityAsync(
        string? tokenFile, string? roleArn, string? sessionName, string source, AwsProfile? profile, CancellationToken cancellationToken)
    {
        if (tokenFile is null || roleArn is null)
        {
            throw ToolException.Setup($"{source}: A role with web identity requires both the role and the token file. Set both.");
        }

        string token = await TokenFile.ReadAsync(tokenFile, source, cancellationToken);
        AssumeRoleWithWebIdentityRequest request = new() { RoleArn = roleArn, RoleSessionName = sessionName ?? NewSessionName(), WebIdentityToken = token };
        using AmazonSecurityTokenServiceClient client = CreateSts(new AnonymousAWSCredentials(), profile);
        AssumeRoleWithWebIdentityResponse response = await client.AssumeRoleWithWebIdentityAsync(request, cancellationToken);
        return ToCredentials(response.Credentials, source);
    }

    /// <summary>Gets the credentials that <c>credential_source</c> specifies.</summary>
    public async Task<S3Credentials> FromCredentialSourceAsync(string name, string source, CancellationToken cancellationToken)
    {
        string setting = $"credential_source of {source}";
        Resolved<S3Credentials>? found = name.ToUpperInvariant() switch
        {
            "ENVIRONMENT" => await EnvironmentKeys.FindAsync(context),
            "ECSCONTAINER" => await _machine.FindContainerAsync(cancellationToken),
            "EC2INSTANCEMETADATA" => await _machine.FindInstanceAsync(cancellationToken),
            _ => throw ToolException.Setup($"{setting}: '{Shown.Text(name)}' is not a valid source. Use Environment, EcsContainer or Ec2InstanceMetadata."),
        };
        return found?.Value ?? throw ToolException.Setup($"{setting}: {name switch
        {
            _ when name.Equals("Environment", StringComparison.OrdinalIgnoreCase) => "The environment does not contain an access key. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
            _ => "This machine does not provide credentials. Check that it runs with a role.",
        }}");
    }

    private AmazonSecurityTokenServiceClient CreateSts(AWSCredentials credentials, AwsProfile? profile)
    {
        ServiceUrl.Check(context, "STS");
        return SdkClients.Sts(credentials, ConfiguredRegion.Find(context, profile) is { } region ? ConfiguredRegion.ForHost(region) : ConfiguredRegion.Default);
    }

    private string NewSessionName() => string.Create(CultureInfo.InvariantCulture, $"presign-{context.Clock.GetUtcNow().ToUnixTimeSeconds()}");

    private string AskForCode(string mfaSerial, AwsProfile profile) =>
        context.Prompt is null
            ? throw ToolException.Setup($"{profile.ShownName}: The role requires an MFA code, and this process does not have a terminal to ask for it. Run the command in a terminal.")
            : context.Prompt.Ask($"MFA code for {Shown.Text(mfaSerial)}", isSecret: false)?.Trim() is { Length: > 0 } code ? code
            : throw ToolException.Usage($"{profile.ShownName}: The MFA code is empty. Enter the code that the device shows.");

    private static S3Credentials ToCredentials(Credentials? issued, string source) => issued is { AccessKeyId: { } id, SecretAccessKey: { } secret }
        ? AccessKey.Create(id, secret, issued.SessionToken, SdkCredentials.ToExpiry(issued.Expiration), source)
        : throw CredentialErrors.NotCredentials(source, ProfileKind.Role);
}
