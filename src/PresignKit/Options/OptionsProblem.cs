namespace PresignKit;

/// <summary>Represents a problem with the options.</summary>
/// <param name="Setting">The name of the <see cref="PresignerOptions"/> property that has the problem, or <c>null</c> if the message identifies the location itself.</param>
/// <param name="Message">The problem and its remedy, without secrets.</param>
internal readonly record struct OptionsProblem(string? Setting, string Message);
