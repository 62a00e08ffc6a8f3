using System.Runtime.InteropServices;

namespace PresignKit.Tool;

/// <summary>Checks that .NET can find OpenSSL, which computes the hashes on Linux.</summary>
internal static class OpenSsl
{
    private static readonly string[] Libraries = ["libssl.so.3", "libssl.so.1.1"];

    /// <exception cref="ToolException">OpenSSL is not installed. Without this check, the first hash would abort the process with a stack trace.</exception>
    public static void Require()
    {
        if (OperatingSystem.IsLinux() && !Array.Exists(Libraries, library => NativeLibrary.TryLoad(library, out _)))
        {
            throw ToolException.Setup("The OpenSSL library (libssl.so.3 or libssl.so.1.1) is not installed. Install it, for example with 'apt install libssl3'.");
        }
    }
}
