using System.Text;
using Microsoft.VisualStudio.TestPlatform.ObjectModel;

namespace PresignKit.TestLogger;

/// <summary>The text that <see cref="SkipSummaryLogger"/> prints for the results of one test assembly.</summary>
internal sealed class TestReport
{
    private readonly object _lock = new();
    private readonly Dictionary<string, int> _skipped = new(StringComparer.Ordinal);

    /// <summary>Adds a result.</summary>
    /// <returns>The name, message, stack trace and output of a failed test, or an empty string for any other result.</returns>
    public string Add(TestResult result)
    {
        if (result.Outcome == TestOutcome.Skipped)
        {
            string reason = string.IsNullOrWhiteSpace(result.ErrorMessage) ? "The test does not specify a reason." : result.ErrorMessage.Trim();
            lock (_lock)
            {
                _skipped[reason] = _skipped.GetValueOrDefault(reason) + 1;
            }
        }

        return result.Outcome == TestOutcome.Failed ? Failure(result) : "";
    }

    /// <summary>Returns one line for each reason that tests were skipped.</summary>
    public string Summary()
    {
        lock (_lock)
        {
            return string.Concat(_skipped.OrderBy(reason => reason.Key, StringComparer.Ordinal)
                .Select(reason => $"  {reason.Value} {(reason.Value == 1 ? "test was" : "tests were")} skipped. {reason.Key}{Environment.NewLine}"));
        }
    }

    private static string Failure(TestResult result)
    {
        StringBuilder text = new();
        text.AppendLine(FormattableString.Invariant($"  Failed {result.DisplayName ?? result.TestCase.DisplayName} [{result.Duration.TotalMilliseconds:0} ms]"));
        text.AppendLine("  Error Message:").AppendLine("   " + result.ErrorMessage);
        text.AppendLine("  Stack Trace:").AppendLine(result.ErrorStackTrace);
        foreach (TestResultMessage message in result.Messages.Where(message => !string.IsNullOrWhiteSpace(message.Text)))
        {
            text.AppendLine("  " + message.Category + ":").AppendLine(message.Text);
        }

        return text.ToString();
    }
}
