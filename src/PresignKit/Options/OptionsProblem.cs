namespace PresignKit;

/// <summary>Represents a problem with the options.</summary>
/// <param name="Setting">The name of the affected <see cref="PresignerOptions"/> property, or <c>null</c> if the message itself identifies the location.</param>
/// <param name="Message">The problem and its remedy, without secrets.</param>
internal readonly record struct OptionsProblem(string? Setting, string Message);
