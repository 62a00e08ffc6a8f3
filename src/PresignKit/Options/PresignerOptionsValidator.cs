using Microsoft.Extensions.Options;

namespace PresignKit;

/// <summary>Says at start-up what is wrong with the options of one presigner, one message a fault.</summary>
internal sealed class PresignerOptionsValidator(string name) : IValidateOptions<PresignerOptions>
{
    public string Name => name;

    public ValidateOptionsResult Validate(string? name, PresignerOptions options)
    {
        // The options monitor makes default options, too, where only a named presigner is registered.
        if (name != Name)
        {
            return ValidateOptionsResult.Skip;
        }

        List<string> problems = [];
        _ = PresignerSettings.Create(options, problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(InNameOf(name, options, problems));
    }

    /// <summary>Resolves options or throws.</summary>
    /// <exception cref="OptionsValidationException">Something is wrong with them.</exception>
    public static PresignerSettings Require(PresignerOptions options, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> problems = [];
        return PresignerSettings.Create(options, problems)
            ?? throw new OptionsValidationException(name ?? Options.DefaultName, typeof(PresignerOptions), InNameOf(name, options, problems));
    }

    private static IEnumerable<string> InNameOf(string? name, PresignerOptions options, List<string> problems) => problems.Select(problem =>
    {
        string property = problem[..problem.IndexOf(':')];
        string? path = PresignerConfiguration.PathOf(property, options);
        string located = path is null ? problem : path + problem[property.Length..];
        return (string.IsNullOrEmpty(name), path, PresignerConfiguration.IsSetting(property)) switch
        {
            (false, _, _) => $"PresignerOptions '{name}': {located}",
            (true, null, true) => $"PresignerOptions.{located}",
            _ => located,
        };
    });
}
