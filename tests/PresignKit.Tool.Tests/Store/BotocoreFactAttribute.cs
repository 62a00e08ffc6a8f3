using PresignKit.Testing;

namespace PresignKit.Tool.Tests.Store;

/// <summary>A test that needs Python with botocore.</summary>
internal sealed class BotocoreFactAttribute : FactAttribute
{
    internal static readonly string? Reason = RequiredTool.Problem("python3", ["-c", "import botocore.session"]);

    public BotocoreFactAttribute() => Skip = Reason;
}
