using System.Reflection;
using System.Runtime.Versioning;

namespace PresignKit.Tests;

/// <summary>Both builds of the library are tested. This test verifies that the run uses the intended build.</summary>
public class AssetTests
{
    [Fact]
    public void Library_UnderTest_IsTheIntendedBuild()
    {
#if NETSTANDARD_ASSET
        const string Expected = ".NETStandard,Version=v2.0";
#else
        const string Expected = ".NETCoreApp,Version=v8.0";
#endif
        typeof(S3Presigner).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName.Should().Be(Expected);
    }
}
