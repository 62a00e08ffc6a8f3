using System.Reflection;
using System.Runtime.Versioning;

namespace PresignKit.Tests;

/// <summary>The library is tested in each of its three forms; this says that the form at hand is the one that is meant.</summary>
public class AssetTests
{
    [Fact]
    public void Library_UnderTest_IsTheAssetOfThisRun()
    {
#if NETSTANDARD_ASSET
        const string Expected = ".NETStandard,Version=v2.0";
#elif NET10_0
        const string Expected = ".NETCoreApp,Version=v10.0";
#else
        const string Expected = ".NETCoreApp,Version=v8.0";
#endif
        typeof(S3Presigner).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName.Should().Be(Expected);
    }
}
