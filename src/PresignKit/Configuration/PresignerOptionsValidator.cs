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
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(InNameOf(name, problems));
    }

    /// <summary>Resolves options or throws.</summary>
    /// <exception cref="OptionsValidationException">Something is wrong with them.</exception>
    public static PresignerSettings Require(PresignerOptions options, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> problems = [];
        return PresignerSettings.Create(options, problems)
            ?? throw new OptionsValidationException(name ?? Options.DefaultName, typeof(PresignerOptions), InNameOf(name, problems));
    }

    private static IEnumerable<string> InNameOf(string? name, List<string> problems) =>
        problems.Select(problem => string.IsNullOrEmpty(name) ? $"PresignerOptions.{problem}" : $"PresignerOptions '{name}': {problem}");
}
