using Amazon.Runtime;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.Store;

/// <summary>Gets the credentials of a profile.</summary>
internal sealed class ProfileCredentials(ToolContext context, AwsFiles files)
{
    private readonly Roles _roles = new(context, files);

    /// <summary>Determines how a profile obtains credentials, in the order of the AWS CLI.</summary>
    public static ProfileKind KindOf(AwsProfile profile) =>
        profile.Has("role_arn") && !profile.Has("web_identity_token_file") ? ProfileKind.Role : KindWithoutRole(profile);

    /// <summary>Gets the credentials, or returns <c>null</c> if the profile contains settings only.</summary>
    /// <exception cref="ToolException">The profile is not valid, or its credentials are not available.</exception>
    public Task<Resolved<S3Credentials>?> FindAsync(AwsProfile profile, CancellationToken cancellationToken) => FindAsync(profile, KindOf(profile), [profile.Name], cancellationToken);

    private static ProfileKind KindWithoutRole(AwsProfile profile) =>
        profile.Has("web_identity_token_file") ? ProfileKind.WebIdentity
        : profile.Has("sso_account_id") || profile.Has("sso_role_name") ? ProfileKind.Sso
        : profile.IsInCredentialsFile("aws_access_key_id") ? ProfileKind.AccessKey
        : profile.Has("login_session") ? ProfileKind.Login
        : profile.Has("credential_process") ? ProfileKind.Process
        : profile.IsInConfigFile("aws_access_key_id") ? ProfileKind.AccessKey
        : ProfileKind.None;

    // The list of visited profiles starts with the profile that the user selected. The list prevents an endless loop of source profiles.
    private async Task<Resolved<S3Credentials>?> FindAsync(AwsProfile profile, ProfileKind kind, List<string> visited, CancellationToken cancellationToken)
    {
        string source = profile.ShownName;
        try
        {
            Resolved<S3Credentials>? found = kind switch
            {
                ProfileKind.AccessKey => files.ReadKey(profile),
                ProfileKind.Role => new(await AssumeRoleAsync(profile, visited, cancellationToken), $"{source}, role {Shown.Text(profile.Find("role_arn") ?? "")}"),
                ProfileKind.WebIdentity => new(
                    await _roles.AssumeWithWebIdentityAsync(
                        profile.Find("web_identity_token_file"), profile.Find("role_arn"), profile.Find("role_session_name"), source, profile, cancellationToken),
                    $"{source}, web identity"),
                ProfileKind.Sso => new(await SdkCredentials.GetAsync(SsoRole(profile), source, cancellationToken), $"{source}, SSO"),
                ProfileKind.Process => new(await new CredentialProcess(context, source).RunAsync(profile.Find("credential_process") ?? "", cancellationToken), $"{source}, credential_process"),
                ProfileKind.Login => throw ToolException.Setup(
                    $"{source}: presign cannot read the session of 'aws login'. Create a profile with 'credential_process = aws configure export-credentials --profile {ShownArgument(profile.Name)} "
                    + $"--format process', or run: eval \"$(aws configure export-credentials --profile {ShownArgument(profile.Name)} --format env)\"."),
                _ => null,
            };
            return found is null ? null : CredentialErrors.RequireCurrent(found, CredentialErrors.IssuerOf(kind), context);
        }
        catch (Exception e) when (CredentialErrors.Describe(e, source, profile, kind, cancellationToken) is { } error)
        {
            throw error;
        }
    }

    private async Task<S3Credentials> AssumeRoleAsync(AwsProfile profile, List<string> visited, CancellationToken cancellationToken)
    {
        S3Credentials source = (profile.Find("source_profile"), profile.Find("credential_source")) switch
        {
            (not null, not null) => throw ToolException.Setup($"{profile.ShownName}: The settings source_profile and credential_source cannot be combined. Remove one of them."),
            ({ } name, null) => await FromSourceProfileAsync(profile, name, visited, cancellationToken),
            (null, { } name) => await _roles.FromCredentialSourceAsync(name, profile.ShownName, cancellationToken),
            _ => throw ToolException.Setup($"{profile.ShownName}: The setting role_arn requires source_profile or credential_source. Add one of them."),
        };
        return await _roles.AssumeAsync(profile, source, cancellationToken);
    }

    private async Task<S3Credentials> FromSourceProfileAsync(AwsProfile profile, string name, List<string> visited, CancellationToken cancellationToken)
    {
        AwsProfile source = files.RequireProfile(name, $"source_profile of {profile.ShownName}");
        bool hasKey = source.Has("aws_access_key_id") || source.Has("aws_secret_access_key");

        // A profile can be its own source, if it contains both a role and an access key.
        if (visited.Contains(name) && !(name == profile.Name && hasKey))
        {
            throw ToolException.Setup($"source_profile of {profile.ShownName}: The profiles {string.Join(" → ", visited.Append(name).Select(Shown.Text))} refer to each other in a loop. Change one of them.");
        }

        ProfileKind kind = hasKey ? KindWithoutRole(source) : KindOf(source);
        Resolved<S3Credentials>? credentials = await FindAsync(source, kind, [.. visited, name], cancellationToken);
        return credentials?.Value ?? throw ToolException.Setup($"source_profile of {profile.ShownName}: The profile '{Shown.Text(name)}' does not contain credentials. Add them, or use a different profile.");
    }

    private SSOAWSCredentials SsoRole(AwsProfile profile)
    {
        AwsSection? session = files.FindSsoSession(profile);
        string Require(string key) => session?.Find(key) ?? profile.Find(key)
            ?? throw ToolException.Setup($"{profile.ShownName}: The setting '{key}' is missing. Run 'aws configure sso --profile {ShownArgument(profile.Name)}'.");
        ServiceUrl.Check(context, "SSO");
        ServiceUrl.Check(context, "SSO_OIDC");
        string region = ConfiguredRegion.ForHost(new Resolved<string>(Require("sso_region"), $"sso_region of {profile.ShownName}"));
        return SdkClients.SsoRole(Require("sso_account_id"), region, Require("sso_role_name"), Require("sso_start_url"), profile.Find("sso_session"));
    }

    private static string ShownArgument(string name) => ShellWords.Quote(name);
}
