using System.Globalization;
using System.Runtime.CompilerServices;

namespace PresignKit.Testing;

/// <summary>Runs the whole test process under the culture in PRESIGNKIT_TEST_CULTURE. CI does so for several cultures.</summary>
internal static class TestCulture
{
    public static string? Name { get; } = Environment.GetEnvironmentVariable("PRESIGNKIT_TEST_CULTURE");

    [ModuleInitializer]
    internal static void Set()
    {
        if (!string.IsNullOrEmpty(Name))
        {
            CultureInfo culture = CultureInfo.GetCultureInfo(Name, predefinedOnly: true);
            CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = culture;
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
        }
    }
}
