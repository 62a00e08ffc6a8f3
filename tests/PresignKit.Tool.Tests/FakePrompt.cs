using PresignKit.Tool.Input;

namespace PresignKit.Tool.Tests;

/// <summary>Answers the tool's prompts from a script.</summary>
internal sealed class FakePrompt : ITerminalPrompt
{
    public Queue<string> Answers { get; } = new();

    /// <summary>Gets the questions so far. The question for a secret ends with <c>(secret)</c>.</summary>
    public List<string> Questions { get; } = [];

    public string? Ask(string question, bool isSecret)
    {
        Questions.Add(isSecret ? question + " (secret)" : question);
        return Answers.TryDequeue(out string? answer) ? answer : null;
    }
}
