using Microsoft.Extensions.Options;

namespace PresignKit;

/// <summary>Says at start-up what is wrong with the options, one message a fault.</summary>
internal sealed class PresignerOptionsValidator : IValidateOptions<PresignerOptions>
{
    public ValidateOptionsResult Validate(string? name, PresignerOptions options)
    {
        List<string> problems = [];
        _ = PresignerSettings.Create(options, problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(InNameOf(name, problems));
    }

    /// <summary>Resolves options or throws.</summary>
    /// <exception cref="OptionsValidationException">Something is wrong with them.</exception>
    public static PresignerSettings Require(PresignerOptions options)
    {
        List<string> problems = [];
        return PresignerSettings.Create(options, problems)
            ?? throw new OptionsValidationException(Options.DefaultName, typeof(PresignerOptions), InNameOf(null, problems));
    }

    private static IEnumerable<string> InNameOf(string? name, List<string> problems) =>
        problems.Select(problem => string.IsNullOrEmpty(name) ? $"PresignerOptions.{problem}" : $"PresignerOptions '{name}': {problem}");
}
