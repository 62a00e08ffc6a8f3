using System.Diagnostics;
using System.Net;
using System.Text;
using PresignKit.Testing;

namespace PresignKit.LiveTests;

/// <summary>Headless Chromium, with a test page and the page to which the test page leads, both on loopback.</summary>
internal sealed class Browser : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private readonly HttpListener _listener;
    private readonly StringBuilder _output = new();
    private readonly string _profile = Directory.CreateTempSubdirectory("presignkit-chromium").FullName;

    public Browser()
    {
        // HttpListener does not accept port 0, so choose a port. If it is in use, the listener is closed and cannot start again, so create a new one.
        for (int tries = 0; ; tries++)
        {
            Origin = FormattableString.Invariant($"http://127.0.0.1:{Random.Shared.Next(20_000, 32_000)}/");
            _listener = new HttpListener { Prefixes = { Origin } };
            try
            {
                _listener.Start();
                return;
            }
            catch (HttpListenerException) when (tries < 20)
            {
            }
        }
    }

    /// <summary>The names of Chromium, in the order in which they are tried.</summary>
    public static IReadOnlyList<string> Programs { get; } = ["chromium-headless-shell", "chromium"];

    /// <summary>Scheme, host and port of the pages, with a trailing slash.</summary>
    public string Origin { get; }

    /// <summary>Returns the path of the installed Chromium, or <c>null</c> if it is not installed.</summary>
    public static string? Program(string? searchPath = null) => Programs.Select(name => RequiredTool.Find(name, searchPath)).FirstOrDefault(path => path is not null);

    /// <summary>Opens the page and returns the path and query of the browser's next request.</summary>
    public async Task<string> Open(string html)
    {
        using Process browser = Start();
        try
        {
            using CancellationTokenSource timeout = new(Timeout);
            while (true)
            {
                HttpListenerContext context = await Next(timeout.Token);
                string requested = context.Request.RawUrl!;
                context.Response.ContentType = "text/html; charset=windows-1252";
                context.Response.Close(requested == "/" ? Encoding.ASCII.GetBytes(html) : [], willBlock: true);
                if (requested is not ("/" or "/favicon.ico"))
                {
                    return requested;
                }
            }
        }
        finally
        {
            browser.Kill(entireProcessTree: true);
            await browser.WaitForExitAsync();
        }
    }

    public void Dispose()
    {
        _listener.Close();
        for (int tries = 0; Directory.Exists(_profile); tries++)
        {
            try
            {
                Directory.Delete(_profile, recursive: true);
            }
            catch (IOException) when (tries < 20)
            {
                // A process of the browser is still running.
                Thread.Sleep(100);
            }
        }
    }

    private async Task<HttpListenerContext> Next(CancellationToken timeout)
    {
        try
        {
            return await _listener.GetContextAsync().WaitAsync(timeout);
        }
        catch (OperationCanceledException e)
        {
            lock (_output)
            {
                throw new TimeoutException($"Chromium did not send a further request within {Timeout.TotalSeconds} s. Its output: {_output}", e);
            }
        }
    }

    private void AddOutput(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }
    }

    private Process Start()
    {
        ProcessStartInfo start = new(Program()!)
        {
            ArgumentList =
            {
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
                "--no-proxy-server", "--user-data-dir=" + _profile, "--remote-debugging-port=0", Origin,
            },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        Process browser = Process.Start(start)!;

        browser.ErrorDataReceived += AddOutput;
        browser.OutputDataReceived += AddOutput;
        browser.BeginErrorReadLine();
        browser.BeginOutputReadLine();
        return browser;
    }
}
