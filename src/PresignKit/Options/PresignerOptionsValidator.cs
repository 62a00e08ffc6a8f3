using Microsoft.Extensions.Options;

namespace PresignKit;

/// <summary>Validates the options of one presigner and reports one message for each problem.</summary>
internal sealed class PresignerOptionsValidator(string name) : IValidateOptions<PresignerOptions>
{
    public string Name => name;

    public ValidateOptionsResult Validate(string? name, PresignerOptions options)
    {
        // The options monitor creates the default (unnamed) options even if only a named presigner is registered.
        if (name != Name)
        {
            return ValidateOptionsResult.Skip;
        }

        List<OptionsProblem> problems = [];
        _ = PresignerSettings.Create(options, problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(Format(name, options, problems));
    }

    /// <summary>Validates the options and returns a snapshot of them.</summary>
    /// <exception cref="OptionsValidationException">The options are not valid.</exception>
    public static PresignerSettings Require(PresignerOptions options, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<OptionsProblem> problems = [];
        return PresignerSettings.Create(options, problems)
            ?? throw new OptionsValidationException(name ?? Options.DefaultName, typeof(PresignerOptions), Format(name, options, problems));
    }

    // If the value comes from configuration, the message starts with its path ('Spaces:Region: …'). If the value was set in code, the message starts with the property
    // ('PresignerOptions.Region: …'). For a named presigner, the path or the property name follows the prefix "PresignerOptions 'archive': ".
    private static IEnumerable<string> Format(string? name, PresignerOptions options, List<OptionsProblem> problems) => problems.Select(problem =>
    {
        string? path = problem.Setting is { } setting ? PresignerOptionsBinder.FindPath(setting, options) : null;
        string? location = path ?? problem.Setting;
        string message = location is null ? problem.Message : $"{location}: {problem.Message}";
        return (string.IsNullOrEmpty(name), path, problem.Setting) switch
        {
            (false, _, _) => $"PresignerOptions '{name}': {message}",
            (true, null, not null) => $"PresignerOptions.{message}",
            (true, null, null) => $"PresignerOptions: {message}",
            _ => message,
        };
    });
}
