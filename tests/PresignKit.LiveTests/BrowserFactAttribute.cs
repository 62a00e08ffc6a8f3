namespace PresignKit.LiveTests;

/// <summary>A test that needs the live servers and Chromium.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = LiveTheoryAttribute.Reason ??
        (Browser.Program is null ? "There is no Chromium on the PATH. On Debian 12: eng/live-servers install" : null);
}
