using PresignKit.Tool.Input;
using PresignKit.Tool.Reading;

namespace PresignKit.Tool.Output;

/// <summary>Prints a presigned URL.</summary>
internal static class UrlOutput
{
    /// <summary>Writes a note if <c>--cdn-url</c> is specified, but the URL has the store's host.</summary>
    public static void NoteUnusedCdn(ToolContext context, string? cdnUrl, string url, bool isVerbose)
    {
        if (cdnUrl is not null && new Uri(cdnUrl).Authority != new Uri(url).Authority)
        {
            context.Note("--cdn-url does not change the URL, because the provider's CDN accepts only URLs of 'get' that do not sign headers", isVerbose);
        }
    }

    public static void Write(ToolContext context, PresignedUrl url, OutputFormat format, bool isVerbose)
    {
        if (format is { Kind: OutputKind.Curl or OutputKind.PowerShell, File: null } && url.Method == HttpMethod.Put)
        {
            string option = format.Kind == OutputKind.Curl ? "--curl" : "--powershell";
            throw ToolException.Usage($"{option}: The file is missing, so the command line would upload an empty object. Specify the file that it uploads, for example {option} photo.jpg.");
        }

        switch (format.Kind)
        {
            case OutputKind.Json:
                ResultJson.WriteLine(context, json => ResultJson.Write(json, url));
                break;
            case OutputKind.Curl:
                context.WriteLine(url.ToCurl(format.File));
                break;
            case OutputKind.PowerShell:
                context.WriteLine(url.ToPowerShell(format.File));
                break;
            default:
                context.WriteLine(url.Url);
                foreach ((string name, string value) in url.RequiredHeaders)
                {
                    context.Note($"send the header  {Shown.Text(name)}: {Shown.Text(SecretParameter.Mask(name, value))}", isVerbose);
                }

                break;
        }

        context.Note($"valid until {Shown.Time(url.ExpiresAt)} ({Shown.Duration(url.ExpiresAt - url.SignedAt)})", isVerbose);
    }
}
