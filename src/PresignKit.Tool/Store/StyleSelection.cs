namespace PresignKit.Tool.Store;

/// <summary>Selects the URL style from the option, the profile and the store.</summary>
internal static class StyleSelection
{
    /// <exception cref="ToolException">The profile contains a value that is not a style.</exception>
    public static Resolved<UrlStyle> Select(StoreSettings settings, SelectedProfile? profile, S3Endpoint endpoint)
    {
        if (settings.UrlStyle is { } style)
        {
            return new Resolved<UrlStyle>(style, "--url-style");
        }

        if (profile?.Profile.Find("s3", "addressing_style") is { } name)
        {
            string source = profile.Profile.SourceOf("s3");
            UrlStyle configured = Parse(name, source);

            // The style of a profile that was not selected for this command may have been set for a different store.
            if (configured != UrlStyle.Auto && (profile.IsExplicit || IsSupported(endpoint, configured)))
            {
                return new Resolved<UrlStyle>(configured, source);
            }
        }

        return new Resolved<UrlStyle>(UrlStyle.Auto, endpoint.Provider?.Name ?? SelectedEndpoint.DefaultSource);
    }

    private static UrlStyle Parse(string name, string source)
    {
        try
        {
            return Styles.Parse(name, source);
        }
        catch (ToolException e)
        {
            throw ToolException.Setup(e.Message, e);
        }
    }

    private static bool IsSupported(S3Endpoint endpoint, UrlStyle style)
    {
        try
        {
            _ = S3Endpoint.Create(endpoint.ToString(), endpoint.Region, style);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
