namespace PresignKit;

/// <summary>Represents one fault of the options.</summary>
/// <param name="Setting">The property of <see cref="PresignerOptions"/> that is at fault, or <c>null</c> if the message says where the fault is.</param>
/// <param name="Message">What is wrong and what to do, without secrets.</param>
internal readonly record struct OptionsProblem(string? Setting, string Message);
