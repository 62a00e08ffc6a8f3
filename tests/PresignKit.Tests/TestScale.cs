namespace PresignKit.Tests;

/// <summary>
/// The share of random and long-running work that a test run does: one tenth, unless PRESIGNKIT_TEST_SCALE is "full", as in .ci/run. Even then, only the tests on .NET 10 with the default culture
/// do all of it, because a defect that is specific to .NET 8, to the netstandard2.0 assembly or to a culture shows up within a few iterations or not at all.
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
