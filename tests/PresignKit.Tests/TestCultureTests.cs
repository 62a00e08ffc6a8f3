using System.Globalization;
using PresignKit.Testing;

namespace PresignKit.Tests;

public class TestCultureTests
{
    // Without the variable the process's own culture counts: there is nothing that could fail then, and the test says so by its name.
    [Fact]
    public async Task CurrentCulture_WhereOneIsAskedFor_IsInForceOnEveryThread()
    {
        string expected = string.IsNullOrEmpty(TestCulture.Name) ? CultureInfo.CurrentCulture.Name : TestCulture.Name;

        CultureInfo.CurrentCulture.Name.Should().Be(expected);
        (await Task.Run(() => CultureInfo.CurrentCulture.Name)).Should().Be(expected);
    }

    [Fact]
    public void Calendar_OfThailand_IsNotIgnoredByThePlatform() =>
        new DateTime(2026, 3, 14).ToString("yyyy", CultureInfo.GetCultureInfo("th-TH")).Should().Be("2569");
}
