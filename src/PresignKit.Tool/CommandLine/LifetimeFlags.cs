using System.CommandLine;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.CommandLine;

/// <summary>The options for the lifetime of a URL.</summary>
internal sealed class LifetimeFlags
{
    private readonly Option<string?> _expiresIn;
    private readonly Option<string?> _until = Flags.Text("--until", "TIME", "Instant at which the URL expires, for example 2026-12-24T18:00Z, or Unix seconds");
    private readonly Option<string?> _window = Flags.Text("--window", "DURATION", "Return the same URL for this long, so that browsers can cache the response");

    /// <param name="byDefault">The default lifetime, which appears in the description of the option.</param>
    public LifetimeFlags(string byDefault = "1h")
    {
        _expiresIn = Flags.Text("--expires-in", "DURATION", $"Lifetime in seconds, or 90s, 15m, 1h30m, 7d (default: {byDefault})");
        Group = new OptionGroup("Lifetime", [_expiresIn, _until, _window]);
        ForForms = new OptionGroup("Lifetime", [_expiresIn, _until]);
    }

    public OptionGroup Group { get; }

    /// <summary>Gets the options without the window, which forms do not have.</summary>
    public OptionGroup ForForms { get; }

    /// <summary>Returns the lifetime, or <c>null</c> for the default.</summary>
    public TimeSpan? ReadExpiresIn(ParseResult result, TimeProvider clock)
    {
        if (result.GetValue(_until) is not null && result.GetValue(_window) is not null)
        {
            throw ToolException.Usage("--until and --window cannot be combined, because --window extends the lifetime of the URL. Use --expires-in with --window.");
        }

        string? duration = result.GetValue(_expiresIn);
        string? until = result.GetValue(_until);
        return (duration, until) switch
        {
            (not null, not null) => throw ToolException.Usage("--expires-in and --until cannot be combined. Specify only one of them."),
            (not null, _) => Duration.Parse(duration, "--expires-in"),
            (_, not null) => Duration.Until(until, "--until", clock.GetUtcNow()),
            _ => null,
        };
    }

    /// <summary>Returns whether the lifetime depends on the time at which a URL is signed.</summary>
    public bool IsUntil(ParseResult result) => result.GetValue(_until) is not null;

    public TimeSpan? ReadWindow(ParseResult result) => result.GetValue(_window) is { } window ? Duration.Parse(window, "--window") : null;
}
