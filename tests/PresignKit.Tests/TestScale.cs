namespace PresignKit.Tests;

/// <summary>
/// How much random and long work a test run does: a tenth, unless PRESIGNKIT_TEST_SCALE is "full", as in .ci/run. Even then only the tests for .NET 10 under the default culture do all of it:
/// what differs on .NET 8, with the netstandard2.0 assembly or under another culture fails at once or never.
/// </summary>
internal static class TestScale
{
#if NET10_0 && !NETSTANDARD_ASSET
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("PRESIGNKIT_TEST_SCALE") == "full" && string.IsNullOrEmpty(PresignKit.Testing.TestCulture.Name);
    private static readonly int Divisor = IsFull ? 1 : 10;
#else
    private const int Divisor = 10;
#endif

    public static int Of(int count) => count / Divisor;
}
