using PresignKit.Tool.Input;

namespace PresignKit.Tool.Store;

/// <summary>Selects the credentials from the prompt, the environment, the profile and the machine.</summary>
internal sealed class CredentialSelection(StoreSettings settings, ToolContext context, AwsFiles files, SelectedProfile? profile)
{
    private const string AskOption = "--ask";

    private readonly ProfileCredentials _profiles = new(context, files);

    /// <summary>Gets the credentials.</summary>
    /// <exception cref="ToolException">No credentials are configured, or they are not available.</exception>
    public async Task<Resolved<S3Credentials>> RequireAsync(CancellationToken cancellationToken) =>
        await FindExplicitAsync(cancellationToken)
        ?? await FindOfProfileAsync(cancellationToken)
        ?? await new MachineCredentials(context, files).FindAsync(cancellationToken)
        ?? throw NotFound();

    /// <summary>Gets the credentials, or returns <c>null</c> if no credentials are configured, or if they would have to be requested although the command line does not select a profile.</summary>
    /// <exception cref="ToolException">The selected credentials are not available.</exception>
    public async Task<Resolved<S3Credentials>?> FindAsync(CancellationToken cancellationToken)
    {
        if (await FindExplicitAsync(cancellationToken) is { } credentials)
        {
            return credentials;
        }

        if (profile is null || ProfileCredentials.KindOf(profile.Profile) is ProfileKind.AccessKey or ProfileKind.None)
        {
            return await FindOfProfileAsync(cancellationToken);
        }

        context.Note(
            $"The credentials of {profile.Profile.ShownName} are not used, because they would have to be requested. Add '--profile {ShellWords.Quote(profile.Profile.Name)}' to use them.",
            settings.IsVerbose);
        return null;
    }

    private async Task<Resolved<S3Credentials>?> FindExplicitAsync(CancellationToken cancellationToken)
    {
        if (settings.Ask)
        {
            return new Resolved<S3Credentials>(Ask(), AskOption);
        }

        if (profile is not { IsExplicit: true })
        {
            return await EnvironmentKeys.FindAsync(context);
        }

        return await FindOfProfileAsync(cancellationToken) ?? throw ToolException.Setup(
            $"--profile: The {profile.Profile.ShownName} does not contain credentials. Add aws_access_key_id and aws_secret_access_key to it in {files.Credentials.Name}, or omit --profile.");
    }

    private async Task<Resolved<S3Credentials>?> FindOfProfileAsync(CancellationToken cancellationToken)
    {
        if (profile is null || await _profiles.FindAsync(profile.Profile, cancellationToken) is not { } credentials)
        {
            return null;
        }

        if (ProfileCredentials.KindOf(profile.Profile) == ProfileKind.AccessKey && profile.Profile.IsInCredentialsFile("aws_access_key_id") && files.Credentials.IsReadableByOthers())
        {
            context.Note($"{files.Credentials.Name} can be read by other users of this machine. Run 'chmod 600 {ShellWords.Quote(files.Credentials.Name)}'.", settings.IsVerbose);
        }

        return credentials;
    }

    private S3Credentials Ask()
    {
        if (context.Prompt is not { } prompt)
        {
            throw ToolException.Usage($"{AskOption}: There is no terminal to ask on. Use --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");
        }

        string id = AskFor(prompt, "Access key ID", isSecret: false);
        string secret = AskFor(prompt, "Secret access key", isSecret: true);

        // AWS's access keys with this prefix are temporary, and are not valid without the token.
        string? token = id.StartsWith("ASIA", StringComparison.Ordinal) ? AskFor(prompt, "Session token", isSecret: true) : null;
        return AccessKey.Create(id, secret, token, expiresAt: null, AskOption);
    }

    private static string AskFor(ITerminalPrompt prompt, string question, bool isSecret) =>
        prompt.Ask(question, isSecret)?.Trim() is { Length: > 0 } answer ? answer
        : throw ToolException.Usage($"{AskOption}: The {char.ToLowerInvariant(question[0])}{question[1..]} is empty. Enter it, or use --profile.");

    private ToolException NotFound()
    {
        string ofProfile = profile is null ? $"profile 'default' (does not exist in {files.Config.Name} or {files.Credentials.Name})"
            : $"{profile.Profile.ShownName} (does not contain credentials)";
        return ToolException.Setup(
            $"No credentials were found in the environment (AWS_ACCESS_KEY_ID, SPACES_ACCESS_KEY_ID), in {ofProfile} or from a role of this machine. "
            + $"Use --profile or {AskOption}, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");
    }
}
