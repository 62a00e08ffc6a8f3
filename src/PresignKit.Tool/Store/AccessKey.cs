using PresignKit.Tool.CommandLine;

namespace PresignKit.Tool.Store;

/// <summary>Creates credentials from values that people typed, or that files and services contain.</summary>
internal static class AccessKey
{
    /// <exception cref="ToolException">A value is not valid. The message does not contain a secret.</exception>
    public static S3Credentials Create(string accessKeyId, string secretAccessKey, string? sessionToken, DateTimeOffset? expiresAt, string source)
    {
        try
        {
            return new S3Credentials(accessKeyId, secretAccessKey, sessionToken, expiresAt);
        }
        catch (ArgumentException e)
        {
            throw ToolException.Setup($"{source}: {Messages.WithoutSuffix(e)}", e);
        }
    }
}
