using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using PresignKit.TestLogger;

namespace PresignKit.ArchitectureTests.Logger;

/// <summary>The output of dotnet test: each failure in full, and one line for each reason that tests were skipped.</summary>
public class TestReportTests
{
    private readonly TestReport _report = new();

    [Fact]
    public void Summary_SkippedTests_IsOneLinePerReason()
    {
        string[] printed = [_report.Add(Skipped("No store.")), _report.Add(Skipped("No browser.")), _report.Add(Skipped("No store.")), _report.Add(Result(TestOutcome.Passed))];

        printed.Should().OnlyContain(text => text.Length == 0);
        Lines(_report.Summary()).Should().Equal("  1 test was skipped. No browser.", "  2 tests were skipped. No store.");
    }

    [Fact]
    public void Summary_NoSkippedTest_IsEmpty()
    {
        _report.Add(Result(TestOutcome.Passed));

        _report.Summary().Should().BeEmpty();
    }

    [Fact]
    public void Add_FailedTest_HasNameMessageStackTraceAndOutput()
    {
        TestResult failed = Result(TestOutcome.Failed);
        (failed.DisplayName, failed.ErrorMessage, failed.ErrorStackTrace, failed.Duration) = ("A.B.C(d: 1)", "Expected 1,\n  but found 2.", "   at A.B.C() in a.cs:line 7", TimeSpan.FromMilliseconds(1234.4));
        failed.Messages.Add(new TestResultMessage(TestResultMessage.StandardOutCategory, "written by the test"));

        Lines(_report.Add(failed)).Should().Equal(
            "  Failed A.B.C(d: 1) [1234 ms]", "  Error Message:", "   Expected 1,", "  but found 2.", "  Stack Trace:", "   at A.B.C() in a.cs:line 7", "  StdOutMsgs:", "written by the test");
        _report.Summary().Should().BeEmpty();
    }

    [Fact]
    public void Assembly_Name_IsTheOneThatVSTestLooksFor() => typeof(TestReport).Assembly.GetName().Name.Should().EndWith(".TestLogger");

    private static TestResult Skipped(string reason)
    {
        TestResult result = Result(TestOutcome.Skipped);
        result.ErrorMessage = reason;
        return result;
    }

    private static TestResult Result(TestOutcome outcome) => new(new TestCase("A.B.C", new Uri("executor://none"), "a.dll")) { Outcome = outcome };

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
