using PresignKit.Tool.Input;

namespace PresignKit.Tool.Store;

/// <summary>Checks the variables that override the URL of a service in the AWS SDK.</summary>
internal static class ServiceUrl
{
    /// <param name="context">The environment.</param>
    /// <param name="service">The service as in the name of the variable, such as <c>STS</c>.</param>
    /// <exception cref="ToolException">The variable does not contain a URL.</exception>
    public static void Check(ToolContext context, string service)
    {
        if (Array.Find(["AWS_ENDPOINT_URL_" + service, "AWS_ENDPOINT_URL"], name => context.Variable(name) is not null) is { } variable
            && !string.Equals(context.Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"), "true", StringComparison.OrdinalIgnoreCase)
            && !(Uri.TryCreate(context.Variable(variable), UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)))
        {
            throw ToolException.Setup($"{variable}: '{Shown.Text(context.Variable(variable)!)}' is not a valid URL. Use a URL that starts with https://, or remove the variable.");
        }
    }
}
