using Microsoft.Extensions.Options;

namespace PresignKit;

/// <summary>Validates the options of one presigner, with one message per fault.</summary>
internal sealed class PresignerOptionsValidator(string name) : IValidateOptions<PresignerOptions>
{
    public string Name => name;

    public ValidateOptionsResult Validate(string? name, PresignerOptions options)
    {
        // The options monitor also creates the default options, even if only a named presigner is registered.
        if (name != Name)
        {
            return ValidateOptionsResult.Skip;
        }

        List<OptionsProblem> problems = [];
        _ = PresignerSettings.Create(options, problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(Format(name, options, problems));
    }

    /// <summary>Returns a snapshot of the options.</summary>
    /// <exception cref="OptionsValidationException">The options are not valid.</exception>
    public static PresignerSettings Require(PresignerOptions options, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<OptionsProblem> problems = [];
        return PresignerSettings.Create(options, problems)
            ?? throw new OptionsValidationException(name ?? Options.DefaultName, typeof(PresignerOptions), Format(name, options, problems));
    }

    // 'Spaces:Region: …' if configuration is at fault, 'PresignerOptions.Region: …' if code is, and 'PresignerOptions 'archive': …' before either for a named presigner.
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
