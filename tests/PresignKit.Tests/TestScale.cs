namespace PresignKit.Tests;

/// <summary>
/// How much of random and of long work a run does: all of it on .NET 10, and a tenth on .NET 8, on the netstandard2.0 asset and under another culture. What is different there shows at once or never.
/// </summary>
internal static class TestScale
{
#if NET10_0 && !NETSTANDARD_ASSET
    private static readonly int Divisor = string.IsNullOrEmpty(PresignKit.Testing.TestCulture.Name) ? 1 : 10;
#else
    private const int Divisor = 10;
#endif

    public static int Of(int count) => count / Divisor;
}
