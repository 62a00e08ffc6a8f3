using System.Diagnostics;
using System.Text;
using System.Text.Json;
using PresignKit;
using PresignKit.Testing;

namespace DirectUpload.Tests;

/// <summary>Runs the scenarios in the folder <c>Browser</c>, which playwright-core performs in a headless Chromium.</summary>
internal static class BrowserScript
{
    private const string Remedy = "Remedy: apt-get install chromium-headless-shell nodejs npm && npm ci --prefix samples/DirectUpload.Tests/Browser";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(90);
    private static readonly string Script = Path.Combine(RepositoryRoot.Path, "samples", "DirectUpload.Tests", "Browser", "run.mjs");
    private static readonly string? Chromium = FindChromium();
    private static readonly Lazy<string?> LazyProblem = new(FindProblem);

    /// <summary>Gets the reason why the scenarios cannot run, with the command that installs what is missing, or <c>null</c> if there is none.</summary>
    public static string? Problem => LazyProblem.Value;

    /// <summary>Runs a scenario, and returns what it has observed.</summary>
    /// <param name="scenario">The name of a function in <c>scenarios.mjs</c>.</param>
    /// <param name="options">The options of the function, which contain the address of the application and a folder for files.</param>
    public static async Task<JsonElement> RunAsync(string scenario, object options)
    {
        using CancellationTokenSource timeout = new(Timeout);
        using Process process = Start(scenario, JsonSerializer.Serialize(options, JsonSerializerOptions.Web));
        try
        {
            Task<string> error = process.StandardError.ReadToEndAsync(timeout.Token);
            string output = await process.StandardOutput.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            process.ExitCode.Should().Be(0, $"{scenario} wrote {await error}");
            return JsonSerializer.Deserialize<JsonElement>(output);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException(FormattableString.Invariant($"The scenario {scenario} did not end within {Timeout.TotalSeconds} s."));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static Process Start(string scenario, string options)
    {
        ProcessStartInfo start = new("node", [Script, scenario, options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        return Process.Start(start)!;
    }

    private static string? FindChromium()
    {
        if (Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } path)
        {
            return path;
        }

        // The package chromium-headless-shell, which the live tests need as well, takes half the time of the whole browser.
        string? found = RequiredTool.Find("chromium-headless-shell") ?? RequiredTool.Find("chromium");
        // The script, which is started with the environment of this process, reads the variable.
        Environment.SetEnvironmentVariable("CHROMIUM", found);
        return found;
    }

    private static string? FindProblem()
    {
        if (Chromium is null)
        {
            return $"chromium-headless-shell is not on the PATH. {Remedy}";
        }

        if (!Directory.Exists(Path.Combine(Path.GetDirectoryName(Script)!, "node_modules")))
        {
            return $"The packages of the browser tests are not installed. {Remedy}";
        }

        return RequiredTool.Problem("node", [Script, "--check"]) is { } problem ? $"{problem} {Remedy}" : null;
    }
}
