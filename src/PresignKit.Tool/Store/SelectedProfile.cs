namespace PresignKit.Tool.Store;

/// <summary>The profile that is in use.</summary>
/// <param name="Profile">The profile.</param>
/// <param name="Source">The option or variable that selects it, or <c>null</c> for the profile <c>default</c>.</param>
internal sealed record SelectedProfile(AwsProfile Profile, string? Source)
{
    private const string Option = "--profile";

    /// <summary>Gets a value that indicates whether the command line selects the profile. It then takes precedence over the access key in the environment.</summary>
    public bool IsExplicit => Source == Option;

    /// <summary>Finds the profile, or returns <c>null</c> if none is selected and there is no profile <c>default</c>.</summary>
    /// <exception cref="ToolException">The selected profile does not exist.</exception>
    public static SelectedProfile? Find(StoreSettings settings, ToolContext context, AwsFiles files)
    {
        if (settings.Profile is { Length: 0 })
        {
            throw ToolException.Usage($"{Option}: The name is empty. Specify the name of a profile, or remove {Option}.");
        }

        string? variable = Array.Find(["AWS_PROFILE", "AWS_DEFAULT_PROFILE"], name => context.Variable(name) is not null);
        return settings.Profile is { } name ? new SelectedProfile(files.RequireProfile(name, Option), Option)
            : variable is not null ? new SelectedProfile(files.RequireProfile(context.Variable(variable)!, variable), variable)
            : files.FindProfile("default") is { } profile ? new SelectedProfile(profile, null)
            : null;
    }
}
