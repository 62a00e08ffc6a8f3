namespace PresignKit;

/// <summary>Represents one problem with the options.</summary>
/// <param name="Setting">The property of <see cref="PresignerOptions"/> that has the problem, or <c>null</c> if the message itself describes where the problem is.</param>
/// <param name="Message">The problem and its remedy, without secrets.</param>
internal readonly record struct OptionsProblem(string? Setting, string Message);
