namespace PresignKit.PackageTests;

/// <summary>One package for all tests.</summary>
[CollectionDefinition(Name)]
public sealed class OnePackage : ICollectionFixture<PackageOfThisRun>
{
    public const string Name = "package";
}
