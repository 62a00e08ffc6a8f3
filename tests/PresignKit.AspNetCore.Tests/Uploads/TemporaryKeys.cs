using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace PresignKit.AspNetCore.Tests.Uploads;

/// <summary>Keys of Data Protection that several applications share.</summary>
internal sealed class TemporaryKeys : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presignkit-keys-");

    public void Share(IServiceCollection services) => services.AddDataProtection().PersistKeysToFileSystem(_folder).SetApplicationName("uploads");

    public void Dispose() => _folder.Delete(recursive: true);
}
