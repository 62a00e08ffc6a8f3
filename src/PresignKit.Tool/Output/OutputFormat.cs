namespace PresignKit.Tool.Output;

internal enum OutputKind
{
    Url,
    Json,
    Html,
    Curl,
    PowerShell,
}

/// <summary>The form of the result.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="File">The file in a command line, or <c>null</c> for none.</param>
internal sealed record OutputFormat(OutputKind Kind, string? File = null);
