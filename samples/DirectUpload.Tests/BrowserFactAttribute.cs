namespace DirectUpload.Tests;

/// <summary>A test that needs Chromium, Node.js and the packages in the folder <c>Browser</c>.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = BrowserScript.Problem;
}
