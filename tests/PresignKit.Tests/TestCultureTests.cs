using System.Globalization;
using PresignKit.Testing;

namespace PresignKit.Tests;

public class TestCultureTests
{
    // Without the variable, the process keeps its own culture, and this test cannot fail.
    [Fact]
    public async Task CurrentCulture_CultureRequested_AppliesToEveryThread()
    {
        string expected = string.IsNullOrEmpty(TestCulture.Name) ? CultureInfo.CurrentCulture.Name : TestCulture.Name;

        CultureInfo.CurrentCulture.Name.Should().Be(expected);
        (await Task.Run(() => CultureInfo.CurrentCulture.Name)).Should().Be(expected);
    }

    [Fact]
    public void Calendar_ThaiCulture_IsSupportedByThePlatform() =>
        new DateTime(2026, 3, 14).ToString("yyyy", CultureInfo.GetCultureInfo("th-TH")).Should().Be("2569");
}
