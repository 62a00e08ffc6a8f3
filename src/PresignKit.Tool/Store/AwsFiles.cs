using PresignKit.Tool.Input;

namespace PresignKit.Tool.Store;

/// <summary>The profiles in <c>~/.aws/config</c> and <c>~/.aws/credentials</c>. Only <see cref="ReadKey"/> returns secrets.</summary>
/// <remarks>
/// The AWS SDK for .NET reads these files as well, but it does not expose the <c>services</c> sections, it always reads the <c>config</c> file of the process, and it rejects combinations of settings
/// that the AWS CLI accepts. Therefore, the tool reads the files itself, and uses the SDK only for roles and SSO.
/// </remarks>
internal sealed class AwsFiles
{
    private const string AccessKeyId = "aws_access_key_id";
    private const string SecretAccessKey = "aws_secret_access_key";

    // The AWS CLI reads the first of these keys that is set. The first one is the older name.
    private static readonly string[] SessionTokens = ["aws_security_token", "aws_session_token"];
    private static readonly string[] Secrets = [SecretAccessKey, .. SessionTokens];

    private readonly OrderedDictionary<string, AwsSection> _profilesInConfig = [];
    private readonly OrderedDictionary<string, AwsSection> _profilesInCredentials;
    private readonly Dictionary<string, AwsSection> _services = [];
    private readonly Dictionary<string, AwsSection> _ssoSessions = [];

    private AwsFiles(AwsFile config, AwsFile credentials)
    {
        Config = config;
        Credentials = credentials;
        foreach ((string header, AwsSection section) in config.Read())
        {
            section.Hide(Secrets);
            if (header == "default")
            {
                _profilesInConfig[header] = section;
            }
            else if (ShellWords.Split(header) is [string kind, string name])
            {
                Add(kind, name, section);
            }
        }

        // In this file, the header of a section is the name of a profile.
        _profilesInCredentials = credentials.Read();
        foreach (AwsSection section in _profilesInCredentials.Values)
        {
            section.Hide(Secrets);
        }
    }

    public AwsFile Config { get; }

    public AwsFile Credentials { get; }

    public IReadOnlyList<string> ProfileNames => [.. _profilesInConfig.Keys.Union(_profilesInCredentials.Keys)];

    /// <exception cref="ToolException">A file exists, but it cannot be read.</exception>
    public static AwsFiles Read(ToolContext context) =>
        new(AwsFile.Locate(context, "AWS_CONFIG_FILE", "config"), AwsFile.Locate(context, "AWS_SHARED_CREDENTIALS_FILE", "credentials"));

    public AwsProfile? FindProfile(string name)
    {
        _profilesInConfig.TryGetValue(name, out AwsSection? config);
        _profilesInCredentials.TryGetValue(name, out AwsSection? credentials);
        return config is null && credentials is null ? null
            : new AwsProfile(name, config is null ? null : (Config, config), credentials is null ? null : (Credentials, credentials));
    }

    /// <summary>Returns a profile.</summary>
    /// <param name="name">The name.</param>
    /// <param name="source">The option, variable or setting that contains the name.</param>
    /// <exception cref="ToolException">The profile does not exist.</exception>
    public AwsProfile RequireProfile(string name, string source) => FindProfile(name) ?? throw ToolException.Setup(
        $"{source}: The profile '{Shown.Text(name)}' does not exist in {Config.Name} or {Credentials.Name}. "
        + (ProfileNames.Count == 0 ? "The files do not contain any profiles; 'aws configure' creates one." : $"The profiles are: {string.Join(", ", ProfileNames.Select(Shown.Text))}."));

    /// <summary>Returns the section <c>[services …]</c> of a profile, or <c>null</c> if the profile does not refer to one.</summary>
    /// <exception cref="ToolException">The section does not exist.</exception>
    public AwsSection? FindServices(AwsProfile profile) => profile.Find("services") is not { } name ? null
        : _services.GetValueOrDefault(name) ?? throw ToolException.Setup(
            $"{profile.SourceOf("services")}: The section [services {Shown.Text(name)}] does not exist. Add it to {Config.Name}, or remove the setting 'services' from the profile.");

    /// <summary>Returns the section <c>[sso-session …]</c> of a profile, or <c>null</c> if the profile does not refer to one.</summary>
    /// <exception cref="ToolException">The section does not exist.</exception>
    public AwsSection? FindSsoSession(AwsProfile profile) => profile.Find("sso_session") is not { } name ? null
        : _ssoSessions.GetValueOrDefault(name) ?? throw ToolException.Setup(
            $"{profile.SourceOf("sso_session")}: The section [sso-session {Shown.Text(name)}] does not exist. Run 'aws configure sso', or add the section to {Config.Name}.");

    /// <summary>Returns the access key of a profile, including the secret.</summary>
    /// <exception cref="ToolException">The key is incomplete or not valid.</exception>
    public Resolved<S3Credentials> ReadKey(AwsProfile profile)
    {
        // The files are not read again, because a pipe can be read only once.
        bool isInCredentials = profile.IsInCredentialsFile(AccessKeyId);
        string source = $"{profile.ShownName} in {(isInCredentials ? Credentials : Config).Name}";
        AwsSection? section = (isInCredentials ? _profilesInCredentials : _profilesInConfig).GetValueOrDefault(profile.Name);
        return section?.Find(AccessKeyId) is { } id && section.FindSecret(SecretAccessKey) is { } secret
            ? new Resolved<S3Credentials>(AccessKey.Create(id, secret, SessionTokens.Select(section.FindSecret).FirstOrDefault(token => token is not null), null, source), source)
            : throw ToolException.Setup($"{source}: The access key is incomplete. Set both {AccessKeyId} and {SecretAccessKey}.");
    }

    private void Add(string kind, string name, AwsSection section)
    {
        if (kind == "profile")
        {
            _profilesInConfig[name] = section;
        }
        else if (kind == "services")
        {
            _services[name] = section;
        }
        else if (kind == "sso-session")
        {
            _ssoSessions[name] = section;
        }
    }
}
