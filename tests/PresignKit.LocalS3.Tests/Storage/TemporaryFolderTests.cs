using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3.Tests.Storage;

public sealed class TemporaryFolderTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("presignkit-tests-");

    [Fact]
    public void Constructor_NoFile_DoesNotCreateTheFolder()
    {
        using TemporaryFolder folder = new(_parent.FullName);

        folder.Path.Should().BeNull();
        _parent.GetDirectories().Should().BeEmpty();
    }

    [Fact]
    public void Create_OnUnix_AllowsOnlyTheUser()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using TemporaryFolder folder = new(_parent.FullName);
        using TemporaryFile file = folder.Create();

        File.GetUnixFileMode(file.Handle).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(folder.Path!).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void Create_OnUnix_LeavesNoFileThatAKilledProcessWouldLeaveBehind()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using TemporaryFolder folder = new(_parent.FullName);
        using TemporaryFile file = folder.Create();

        RandomAccess.Write(file.Handle, "content"u8, 0);

        byte[] read = new byte[7];
        RandomAccess.Read(file.Handle, read, 0).Should().Be(7);
        read.Should().Equal("content"u8.ToArray());
        Directory.GetFiles(folder.Path!).Should().BeEmpty();
    }

    [Fact]
    public void Create_WithoutParent_UsesTheTemporaryFolderOfTheSystem()
    {
        string path;
        using (TemporaryFolder folder = new())
        {
            using TemporaryFile file = folder.Create();
            path = folder.Path!;
            path.Should().StartWith(Path.TrimEndingDirectorySeparator(Path.GetTempPath()));
            Directory.Exists(path).Should().BeTrue();
        }

        Directory.Exists(path).Should().BeFalse();
    }

    [Fact]
    public void Dispose_OpenFile_DeletesTheFolderWhenTheFileIsClosed()
    {
        TemporaryFolder folder = new(_parent.FullName);
        TemporaryFile file = folder.Create();

        folder.Dispose();

        _parent.GetDirectories().Should().HaveCount(1);
        RandomAccess.Write(file.Handle, "still usable"u8, 0);

        file.Dispose();
        file.Dispose();

        folder.OpenFiles.Should().Be(0);
        _parent.GetDirectories().Should().BeEmpty();
    }

    [Fact]
    public void Dispose_FolderAlreadyDeleted_DoesNotThrow()
    {
        TemporaryFolder folder = new(_parent.FullName);
        folder.Create().Dispose();
        Directory.Delete(folder.Path!, recursive: true);

        folder.Dispose();

        folder.Path.Should().BeNull();
    }

    [Fact]
    public void Create_AfterDispose_Throws()
    {
        TemporaryFolder folder = new(_parent.FullName);
        folder.Dispose();

        Action create = () => folder.Create();

        create.Should().Throw<ObjectDisposedException>();
        _parent.GetDirectories().Should().BeEmpty();
    }

    public void Dispose() => _parent.Delete(recursive: true);
}
