using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;

namespace PresignKit.PackageTests;

[Collection(OnePackage.Name)]
public class ContentTests(PackageOfThisRun package)
{
    public static TheoryData<string> Targets => ["net8.0", "netstandard2.0"];

    [GitFact]
    public void Pack_Folder_ContainsThePackagesAndTheirSymbols() =>
        package.PackedFiles.Should().BeEquivalentTo(
            $"PresignKit.{package.Version}.nupkg", $"PresignKit.{package.Version}.snupkg", $"PresignKit.LocalS3.{package.Version}.nupkg", $"PresignKit.LocalS3.{package.Version}.snupkg",
            $"PresignKit.AspNetCore.{package.Version}.nupkg", $"PresignKit.AspNetCore.{package.Version}.snupkg");

    [GitFact]
    public void Pack_Output_HasNoWarning() => package.Output.Should().NotContainEquivalentOf("warning").And.Contain("Successfully created package");

    [GitFact]
    public void Package_Files_AreThese()
    {
        using ZipArchive archive = package.Open();

        // The other entries belong to the package format.
        archive.Entries.Select(entry => entry.FullName)
            .Where(name => name is not ("PresignKit.nuspec" or "[Content_Types].xml" or "_rels/.rels") && !name.EndsWith(".psmdcp", StringComparison.Ordinal))
            .Should().BeEquivalentTo(
                "README.md", "icon.png",
                "lib/net8.0/PresignKit.dll", "lib/net8.0/PresignKit.xml",
                "lib/netstandard2.0/PresignKit.dll", "lib/netstandard2.0/PresignKit.xml");
    }

    [GitFact]
    public void Symbols_Files_AreThese()
    {
        using ZipArchive archive = package.Open("snupkg");
        archive.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("lib/", StringComparison.Ordinal))
            .Should().BeEquivalentTo("lib/net8.0/PresignKit.pdb", "lib/netstandard2.0/PresignKit.pdb");
    }

    [GitFact]
    public void Manifest_Facts_AreThese()
    {
        const string Repository = "https://github.com/presignkit/presignkit";
        XElement metadata = Metadata();

        Texts(metadata).Should().Contain(new Dictionary<string, string>
        {
            ["id"] = "PresignKit",
            ["version"] = package.Version,
            ["authors"] = "The PresignKit authors",
            ["copyright"] = "Copyright (c) 2026 The PresignKit authors",
            ["license"] = "MIT",
            ["icon"] = "icon.png",
            ["readme"] = "README.md",
            ["projectUrl"] = Repository,
            ["releaseNotes"] = $"{Repository}/blob/{package.Commit}/CHANGELOG.md",
        });
        Texts(metadata)["description"].Should().NotBeEmpty();
        Texts(metadata)["tags"].Split(' ').Should().Contain(["s3", "presigned-url", "sigv4"]);
        Child(metadata, "license").Attribute("type")!.Value.Should().Be("expression");
        Child(metadata, "repository").Attributes().Select(attribute => attribute.Value).Should().Equal("git", Repository, package.Commit);
    }

    /// <summary>A dependency that is added, raised or leaked (an analyzer, MinVer) changes this list.</summary>
    [GitFact]
    public void Dependencies_OfEachTarget_AreThese() => Child(Metadata(), "dependencies").Elements().ToDictionary(
        group => group.Attribute("targetFramework")!.Value,
        group => group.Elements().Select(dependency => $"{dependency.Attribute("id")!.Value} {dependency.Attribute("version")!.Value}").Order().ToArray())
        .Should().BeEquivalentTo(new Dictionary<string, string[]>
        {
            ["net8.0"] = OnDotNet,
            [".NETStandard2.0"] = [.. OnDotNet, "System.Memory 4.5.5", "System.Text.Json 8.0.6", "System.Threading.Tasks.Extensions 4.5.4"],
        });

    private static readonly string[] OnDotNet =
    [
        "Microsoft.Bcl.TimeProvider 8.0.1", "Microsoft.Extensions.Configuration.Abstractions 8.0.0",
        "Microsoft.Extensions.DependencyInjection.Abstractions 8.0.2", "Microsoft.Extensions.Logging.Abstractions 8.0.2", "Microsoft.Extensions.Options 8.0.2",
    ];

    [GitTheory]
    [MemberData(nameof(Targets))]
    public void Assembly_Name_IsStrongAndOfTheTag(string target)
    {
        string file = Path.GetTempFileName();
        try
        {
            using (ZipArchive archive = package.Open())
            {
                archive.GetEntry($"lib/{target}/PresignKit.dll")!.ExtractToFile(file, overwrite: true);
            }

            AssemblyName.GetAssemblyName(file).FullName.Should().Be("PresignKit, Version=1.0.0.0, Culture=neutral, PublicKeyToken=965dfe228ef7013e");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GitTheory]
    [MemberData(nameof(Targets))]
    public void Documentation_Types_AreTheLibrarysOwn(string target)
    {
        using ZipArchive archive = package.Open();
        XElement[] members = [.. XDocument.Parse(Text(archive, $"lib/{target}/PresignKit.xml")).Descendants("member")];

        members.Select(member => member.Attribute("name")!.Value[2..]).Should().OnlyContain(name =>
            name.StartsWith("PresignKit.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions.DependencyInjection.Presigner", StringComparison.Ordinal));
        members.Should().Contain(member => member.Attribute("name")!.Value == "M:PresignKit.IPresigner.Presign(PresignKit.S3Operation)");
    }

    [GitFact]
    public void Readme_Links_AreAbsoluteAndOfTheCommit()
    {
        using ZipArchive archive = package.Open();
        string readme = Text(archive, "README.md");

        readme.Should().Contain($"](https://github.com/presignkit/presignkit/blob/{package.Commit}/SECURITY.md)");
        readme.Split("](").Skip(1).Should().OnlyContain(link => link.StartsWith("https://", StringComparison.Ordinal) || link.StartsWith('#'));
        readme.Replace($"https://github.com/presignkit/presignkit/blob/{package.Commit}/", "", StringComparison.Ordinal)
            .Should().Be(File.ReadAllText(Path.Combine(PackageOfThisRun.Repository, "README.md")));
    }

    [GitFact]
    public void Icon_Picture_IsAPngOf128By128()
    {
        using ZipArchive archive = package.Open();
        using Stream icon = archive.GetEntry("icon.png")!.Open();
        byte[] start = new byte[24];
        icon.ReadExactly(start);

        Convert.ToHexString(start).Should().Be("89504E470D0A1A0A" + "0000000D49484452" + "00000080" + "00000080");
    }

    private XElement Metadata()
    {
        using ZipArchive archive = package.Open();
        return Child(XDocument.Parse(Text(archive, "PresignKit.nuspec")).Root!, "metadata");
    }

    private static XElement Child(XElement element, string name) => element.Elements().Single(child => child.Name.LocalName == name);

    private static Dictionary<string, string> Texts(XElement element) => element.Elements().ToDictionary(child => child.Name.LocalName, child => child.Value);

    private static string Text(ZipArchive archive, string entry)
    {
        using StreamReader reader = new(archive.GetEntry(entry)!.Open());
        return reader.ReadToEnd();
    }
}
