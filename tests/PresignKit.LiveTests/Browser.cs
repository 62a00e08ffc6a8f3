using System.Diagnostics;
using System.Net;
using System.Text;
using PresignKit.Testing;

namespace PresignKit.LiveTests;

/// <summary>Headless Chromium, with a page of ours and the page that it is led to afterwards, both on loopback.</summary>
internal sealed class Browser : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly HttpListener _listener;
    private readonly StringBuilder _said = new();
    private readonly string _profile = Directory.CreateTempSubdirectory("presignkit-chromium").FullName;

    public Browser()
    {
        // Listen to a port of our choice: HttpListener takes no 0. One that found its port taken is closed and starts no more.
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

    /// <summary>Scheme, host and port of the pages, with a slash at the end.</summary>
    public string Origin { get; }

    /// <summary>Returns the path of the installed Chromium; <c>null</c> if none is installed.</summary>
    public static string? Program(string? searchPath = null) => Programs.Select(name => RequiredTool.Find(name, searchPath)).FirstOrDefault(path => path is not null);

    /// <summary>Opens the page; returns what the browser asks for after it, path and query.</summary>
    public async Task<string> Open(string html)
    {
        using Process browser = Start();
        try
        {
            using CancellationTokenSource timeout = new(Patience);
            while (true)
            {
                HttpListenerContext context = await Next(timeout.Token);
                string asked = context.Request.RawUrl!;
                context.Response.ContentType = "text/html; charset=windows-1252";
                context.Response.Close(asked == "/" ? Encoding.ASCII.GetBytes(html) : [], willBlock: true);
                if (asked is not ("/" or "/favicon.ico"))
                {
                    return asked;
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
                // A process of the browser's is still going.
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
            lock (_said)
            {
                throw new TimeoutException($"Chromium asked for nothing more within {Patience.TotalSeconds} s. It said: {_said}", e);
            }
        }
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        lock (_said)
        {
            _said.AppendLine(line.Data);
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

        browser.ErrorDataReceived += Hear;
        browser.OutputDataReceived += Hear;
        browser.BeginErrorReadLine();
        browser.BeginOutputReadLine();
        return browser;
    }
}
