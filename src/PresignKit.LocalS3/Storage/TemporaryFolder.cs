using Microsoft.Win32.SafeHandles;

namespace PresignKit.LocalS3.Storage;

/// <summary>The folder for the temporary files of one server.</summary>
/// <remarks>
/// The folder is created for the first file. It is deleted when this object is disposed and the last file is closed: a download that is still in progress keeps its file open, and Windows
/// cannot delete a folder that contains open files. Instances are thread-safe.
/// </remarks>
/// <param name="parent">The folder in which the folder is created, or <c>null</c> for the temporary folder of the system.</param>
internal sealed class TemporaryFolder(string? parent = null) : IDisposable
{
    private readonly object _lock = new();
    private string? _path;
    private int _created;
    private int _open;
    private bool _disposed;

    /// <summary>Gets the path of the folder, or <c>null</c> if it does not exist.</summary>
    public string? Path
    {
        get
        {
            lock (_lock)
            {
                return _path;
            }
        }
    }

    /// <summary>Gets the number of open files.</summary>
    public int OpenFiles
    {
        get
        {
            lock (_lock)
            {
                return _open;
            }
        }
    }

    /// <summary>Creates an empty file that is deleted when it is closed.</summary>
    public TemporaryFile Create()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _path ??= CreateFolder(parent);
            string path = System.IO.Path.Combine(_path, FormattableString.Invariant($"{_created++}.bin"));
            FileStream stream = new(path, FileOptions());
            _open++;
            if (!OperatingSystem.IsWindows())
            {
                // On Unix, a file without a name remains usable until it is closed, and nothing is left of it if the process is killed. On Windows, the system itself deletes
                // files with DeleteOnClose.
                File.Delete(path);
            }

            return new(this, stream);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            DeleteIfUnused();
        }
    }

    internal void Close(FileStream stream)
    {
        stream.Dispose();
        lock (_lock)
        {
            _open--;
            DeleteIfUnused();
        }
    }

    private static FileStreamOptions FileOptions()
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            BufferSize = 0,
            Options = System.IO.FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    // On Unix, Directory.CreateTempSubdirectory creates the folder with mode 0700.
    private static string CreateFolder(string? parent)
    {
        if (parent is null)
        {
            return Directory.CreateTempSubdirectory("presignkit-").FullName;
        }

        string path = System.IO.Path.Combine(parent, $"presignkit-{Guid.NewGuid():N}");
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    private void DeleteIfUnused()
    {
        if (!_disposed || _open > 0 || _path is null)
        {
            return;
        }

        try
        {
            Directory.Delete(_path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder might already have been deleted by a cleanup of temporary files, or a virus scanner might have it open. It is empty, so this is harmless.
        }

        _path = null;
    }
}

/// <summary>A temporary file, which is deleted when it is disposed.</summary>
internal sealed class TemporaryFile(TemporaryFolder folder, FileStream stream) : IDisposable
{
    private int _disposed;

    public SafeFileHandle Handle { get; } = stream.SafeFileHandle;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            folder.Close(stream);
        }
    }
}
