using System.Diagnostics;

namespace PresignKit.PackageTests;

/// <summary>Runs installed programs and waits until they exit.</summary>
internal static class Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    /// <summary>The dotnet command that runs these tests; it need not be on the PATH.</summary>
    public static string DotNet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs a program. If it fails, throws an exception with its complete output.</summary>
    /// <returns>The standard output of the program.</returns>
    public static async Task<string> RunAsync(string folder, string program, string[] arguments, params (string Name, string? Value)[] environment)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // dotnet test passes the location of its own MSBuild to child processes, and git passes its repository to hooks.
        foreach (string inherited in start.Environment.Keys.Where(name =>
            name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("GIT_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(inherited);
        }

        // The tests read the output, so it must not be localized.
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        try
        {
            await Task.WhenAll(output, error).WaitAsync(Patience);
            await process.WaitForExitAsync();
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} exited with code {process.ExitCode}:\n{await output}\n{await error}");
    }
}
