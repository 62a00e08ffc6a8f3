using PresignKit.Tool.CommandLine;

namespace PresignKit.Tool.Reading;

/// <summary>Parses the URL for commands that require a readable presigned URL.</summary>
internal static class ReadUrl
{
    /// <summary>Returns the content of a URL.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="endpoint">The configured endpoint, which is used to find the bucket if the host is not known, or <c>null</c>.</param>
    /// <param name="isArgument">Whether the URL comes from the command line, where a shell may have cut it.</param>
    /// <param name="flaw">A flaw in the form of a readable URL, or <c>null</c>.</param>
    /// <exception cref="ToolException">The URL is not a presigned URL, or it is incomplete.</exception>
    public static PresignedUrlInfo Parse(string url, S3Endpoint? endpoint, bool isArgument, out string? flaw)
    {
        bool isRead = PresignedUrlInfo.TryParse(url, endpoint, out PresignedUrlInfo? info, out flaw);
        flaw = flaw is null ? null : Messages.ToFlags(flaw);
        if (isRead)
        {
            return info!;
        }

        bool isCut = isArgument && url.Contains("X-Amz-", StringComparison.Ordinal) && !url.Contains("X-Amz-Signature=", StringComparison.Ordinal);
        throw ToolException.Usage(isCut
            ? $"{flaw} To keep the shell from cutting the URL at '&', run this command without a URL and paste the URL when prompted."
            : flaw!);
    }
}
