using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using PresignKit.Testing;

namespace PresignKit.LiveTests;

/// <summary>An nginx with one server on a free port of the loopback interface.</summary>
internal sealed class Nginx : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("presignkit-nginx");
    private readonly Process _process;

    private Nginx(string server)
    {
        Port = FreePort();
        string folder = _folder.FullName;

        // A single process, so that no other process remains after it is killed.
        File.WriteAllText(Path.Combine(folder, "nginx.conf"), $$"""
            daemon off;
            master_process off;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log;
            events { }
            http {
                access_log off;
                client_max_body_size 0;
                client_body_temp_path {{folder}};
                proxy_temp_path {{folder}};
                fastcgi_temp_path {{folder}};
                uwsgi_temp_path {{folder}};
                scgi_temp_path {{folder}};
                large_client_header_buffers 4 32k;
                server {
                    listen 127.0.0.1:{{Port}};
                    {{server}}
                }
            }
            """);
        _process = Process.Start(RequiredTool.Find("nginx", SearchPath)!, ["-p", folder, "-e", Path.Combine(folder, "error.log"), "-c", Path.Combine(folder, "nginx.conf")]);
    }

    /// <summary>Gets PATH and the folder where Debian installs programs for administrators.</summary>
    public static string SearchPath { get; } = Environment.GetEnvironmentVariable("PATH") + Path.PathSeparator + "/usr/sbin";

    public int Port { get; }

    public static async Task<Nginx> Start(string server)
    {
        Nginx nginx = new(server);
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < Timeout && !nginx._process.HasExited; await Task.Delay(20))
        {
            try
            {
                using TcpClient client = new();
                await client.ConnectAsync(IPAddress.Loopback, nginx.Port);
                return nginx;
            }
            catch (SocketException)
            {
                // It does not listen yet.
            }
        }

        string log = File.Exists(Path.Combine(nginx._folder.FullName, "error.log")) ? await File.ReadAllTextAsync(Path.Combine(nginx._folder.FullName, "error.log")) : "";
        nginx.Dispose();
        throw new InvalidOperationException("nginx did not start to listen. " + log);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
