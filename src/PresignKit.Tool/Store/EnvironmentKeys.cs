namespace PresignKit.Tool.Store;

/// <summary>Gets the access key in the environment variables <c>AWS_…</c> or <c>SPACES_…</c>.</summary>
internal static class EnvironmentKeys
{
    private const string SpacesAccessKeyId = "SPACES_ACCESS_KEY_ID";

    private static readonly string[] Aws = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CREDENTIAL_EXPIRATION"];
    private static readonly string[] Spaces = [SpacesAccessKeyId, "SPACES_SECRET_ACCESS_KEY"];

    /// <summary>Gets the access key, or returns <c>null</c> if none of the variables is set.</summary>
    /// <exception cref="ToolException">The access key is incomplete or not valid.</exception>
    public static async Task<Resolved<S3Credentials>?> FindAsync(ToolContext context)
    {
        bool isAws = Array.Exists(Aws, name => context.Variable(name) is not null);
        if (!isAws && !Array.Exists(Spaces, name => context.Variable(name) is not null))
        {
            return null;
        }

        try
        {
            return new Resolved<S3Credentials>(await new EnvironmentCredentialsProvider(context.GetVariable).GetCredentialsAsync(), isAws ? Aws[0] : SpacesAccessKeyId);
        }
        catch (InvalidOperationException e)
        {
            // The message contains one line for each problem.
            throw ToolException.Setup(e.Message.ReplaceLineEndings(" "), e);
        }
    }

    /// <summary>Returns whether credentials come from the variables for DigitalOcean Spaces.</summary>
    public static bool IsForSpaces(Resolved<S3Credentials> credentials) => credentials.Source == SpacesAccessKeyId;
}
