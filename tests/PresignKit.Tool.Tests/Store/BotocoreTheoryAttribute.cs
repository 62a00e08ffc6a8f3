namespace PresignKit.Tool.Tests.Store;

/// <inheritdoc cref="BotocoreFactAttribute"/>
internal sealed class BotocoreTheoryAttribute : TheoryAttribute
{
    public BotocoreTheoryAttribute() => Skip = BotocoreFactAttribute.Reason;
}
