using System.CommandLine;

namespace PresignKit.Tool.CommandLine;

/// <summary>Creates options. Every value is read as a string and parsed by the verb, so that an error is one line and names the option.</summary>
internal static class Flags
{
    public static Option<string?> Text(string name, string value, string description) => new(name) { HelpName = value, Description = description, Arity = ArgumentArity.ExactlyOne };

    /// <summary>Creates an option that can be specified several times.</summary>
    public static Option<string[]> List(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false, DefaultValueFactory = _ => [] };

    public static Option<bool> Switch(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };

    public static Option<string?> Choice(string name, string description, params string[] choices)
    {
        Option<string?> option = Text(name, string.Join('|', choices), description);
        option.CompletionSources.Add(choices);
        return option;
    }

    public static Option<T> Hidden<T>(Option<T> option)
    {
        option.Hidden = true;
        return option;
    }
}
