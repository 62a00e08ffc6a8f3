using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Client;

namespace PresignKit.TestLogger;

/// <summary>
/// Prints every failed test in full, and one line per reason for the skipped tests. The console logger of VSTest prints one line per skipped test and omits the reason.
/// For this reason, the console logger is set to quiet. That setting also suppresses the details of failures, so this logger prints them too.
/// </summary>
[FriendlyName("skip-summary")]
[ExtensionUri("logger://PresignKit/SkipSummary")]
public sealed class SkipSummaryLogger : ITestLogger
{
    private readonly TestReport _report = new();

    /// <inheritdoc/>
    public void Initialize(TestLoggerEvents events, string testRunDirectory)
    {
        ArgumentNullException.ThrowIfNull(events);
        events.TestResult += (_, result) => Console.Write(_report.Add(result.Result));
        events.TestRunComplete += (_, _) => Console.Write(_report.Summary());
    }
}
