using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.Json;

namespace PresignKit.PackageTests;

/// <summary>A debugger finds the source of each line, and a second build of the commit produces the same assemblies.</summary>
[Collection(OnePackage.Name)]
public class DebuggingTests(PackageOfThisRun package)
{
    // The kinds of custom debug information in a portable PDB file.
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public static TheoryData<string> Targets => ContentTests.Targets;

    [GitTheory]
    [MemberData(nameof(Targets))]
    public void SourceLink_Map_NamesTheCommit(string target)
    {
        using MetadataReaderProvider symbols = Symbols(target);
        MetadataReader reader = symbols.GetMetadataReader();
        CustomDebugInformation link = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation).Single(information => reader.GetGuid(information.Kind) == SourceLink);

        JsonDocument.Parse(reader.GetBlobBytes(link.Value)).RootElement.GetProperty("documents").EnumerateObject().Select(map => (map.Name, map.Value.GetString()))
            .Should().Equal(("/_/*", $"https://raw.githubusercontent.com/presignkit/presignkit/{package.Commit}/*"));
    }

    [GitTheory]
    [MemberData(nameof(Targets))]
    public void Sources_EachFile_IsInTheCommitOrInTheSymbols(string target)
    {
        using MetadataReaderProvider symbols = Symbols(target);
        MetadataReader reader = symbols.GetMetadataReader();
        HashSet<DocumentHandle> embedded = [.. reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation)
            .Where(information => reader.GetGuid(information.Kind) == EmbeddedSource).Select(information => (DocumentHandle)information.Parent)];

        string[] others = [.. reader.Documents.Where(handle => !embedded.Contains(handle)).Select(handle => reader.GetString(reader.GetDocument(handle).Name))];
        others.Should().Contain("/_/src/PresignKit/S3Presigner.cs");
        others.Should().OnlyContain(name => IsInRepository(name));
    }

    [GitTheory]
    [MemberData(nameof(Targets))]
    public void Assembly_Symbols_AreThoseOfThePackage(string target)
    {
        using ZipArchive archive = package.Open();
        using PEReader assembly = new(new MemoryStream(Bytes(archive, $"lib/{target}/PresignKit.dll")));
        using MetadataReaderProvider symbols = Symbols(target);
        DebugDirectoryEntry[] entries = [.. assembly.ReadDebugDirectory()];

        entries.Should().ContainSingle(entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        DebugDirectoryEntry entry = entries.Single(entry => entry.Type == DebugDirectoryEntryType.CodeView);
        new BlobContentId(assembly.ReadCodeViewDebugDirectoryData(entry).Guid, entry.Stamp)
            .Should().Be(new BlobContentId(symbols.GetMetadataReader().DebugMetadataHeader!.Id));
    }

    [GitTheory]
    [MemberData(nameof(Targets))]
    public void Assembly_Content_DoesNotIncludeLocalFolders(string target)
    {
        using ZipArchive archive = package.Open();
        Encoding.Latin1.GetString(Bytes(archive, $"lib/{target}/PresignKit.dll")).Should().NotContain(Path.GetTempPath()).And.NotContain(PackageOfThisRun.Repository);
    }

    [GitTheory]
    [MemberData(nameof(Targets))]
    public void Assembly_BuiltAgainElsewhere_IsTheSame(string target)
    {
        using ZipArchive packed = package.Open();

        foreach (string file in new[] { "PresignKit.dll", "PresignKit.xml" })
        {
            package.ReadBuiltAgain(target, file).AsSpan().SequenceEqual(Bytes(packed, $"lib/{target}/{file}")).Should().BeTrue(file);
        }
    }

    private static bool IsInRepository(string name) =>
        name.StartsWith("/_/", StringComparison.Ordinal) && File.Exists(Path.Combine(PackageOfThisRun.Repository, name[3..]));

    private MetadataReaderProvider Symbols(string target)
    {
        using ZipArchive archive = package.Open("snupkg");
        return MetadataReaderProvider.FromPortablePdbImage([.. Bytes(archive, $"lib/{target}/PresignKit.pdb")]);
    }

    private static byte[] Bytes(ZipArchive archive, string entry)
    {
        using Stream stream = archive.GetEntry(entry)!.Open();
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
