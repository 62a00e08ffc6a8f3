namespace PresignKit.Tool.Store;

/// <summary>A value and where it comes from.</summary>
/// <param name="Value">The value.</param>
/// <param name="Source">The source for people, such as <c>--region</c>, <c>AWS_REGION</c> or <c>profile 'spaces' in ~/.aws/config</c>.</param>
internal sealed record Resolved<T>(T Value, string Source);
