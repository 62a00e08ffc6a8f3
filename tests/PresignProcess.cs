using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace PresignKit.Testing;

/// <summary>Runs the command <c>presign</c>, and scripts that call it, as processes.</summary>
/// <remarks>The command is the build that is next to the tests, or the one in the metadata of their assembly. CI sets the environment variable PRESIGN_COMMAND to the native file, which is run instead.</remarks>
internal static class PresignProcess
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>Gets the program and its first arguments.</summary>
    public static IReadOnlyList<string> Command { get; } = Environment.GetEnvironmentVariable("PRESIGN_COMMAND") is { Length: > 0 } file ? [file] : ["dotnet", Assembly()];

    /// <summary>Runs a program.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="environment">The variables to set, or to remove if the value is <c>null</c>. Variables of the AWS CLI and of DigitalOcean Spaces are not inherited.</param>
    /// <param name="input">Standard input.</param>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string?> environment, string input = "")
    {
        using Process process = Start(command, environment);
        using CancellationTokenSource timeout = new(Timeout);
        try
        {
            Task<string> error = process.StandardError.ReadToEndAsync(timeout.Token);
            Task<string> output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            await WriteAsync(process.StandardInput, input, timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException(FormattableString.Invariant($"'{string.Join(' ', command)}' did not end within {Timeout.TotalMinutes} minutes."));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Starts a program with all three streams redirected.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public static Process Start(IReadOnlyList<string> command, IReadOnlyDictionary<string, string?> environment)
    {
        UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
        ProcessStartInfo start = new(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
            StandardErrorEncoding = utf8,
        };
        string[] notInherited = [.. start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal) || name.StartsWith("SPACES_", StringComparison.Ordinal))];
        foreach (string name in notInherited.Concat(environment.Keys))
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string? value) in environment.Where(variable => variable.Value is not null))
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Writes a program <c>presign</c> into a folder, which a script can add to its PATH.</summary>
    /// <returns>The value of the variable PATH.</returns>
    public static string WriteProgram(string folder)
    {
        string file = Path.Combine(folder, "presign");
        File.WriteAllText(file, $"#!/bin/sh\nexec {string.Join(' ', Command.Select(word => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"))} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
    }

    private static string Assembly() =>
        typeof(PresignProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(metadata => metadata.Key == "PresignCommand")?.Value ?? Path.Combine(AppContext.BaseDirectory, "presign.dll");

    private static async Task WriteAsync(StreamWriter writer, string input, CancellationToken cancellationToken)
    {
        try
        {
            await writer.WriteAsync(input.AsMemory(), cancellationToken);
            writer.Close();
        }
        catch (IOException)
        {
            // The program ended without reading its input.
        }
    }
}
