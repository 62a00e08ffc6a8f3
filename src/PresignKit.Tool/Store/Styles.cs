using PresignKit.Tool.Input;

namespace PresignKit.Tool.Store;

/// <summary>The names of URL styles on the command line and in profiles.</summary>
internal static class Styles
{
    public static UrlStyle Parse(string name, string source) => name switch
    {
        "auto" => UrlStyle.Auto,
        "path" => UrlStyle.Path,
        "virtual" => UrlStyle.VirtualHosted,
        _ => throw ToolException.Usage($"{source}: '{Shown.Text(name)}' is not a valid URL style. Use auto, path or virtual."),
    };
}
