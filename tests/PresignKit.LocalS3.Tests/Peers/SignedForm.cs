namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>A form that a program signed.</summary>
internal sealed record SignedForm(string Url, IReadOnlyDictionary<string, string> Fields);
