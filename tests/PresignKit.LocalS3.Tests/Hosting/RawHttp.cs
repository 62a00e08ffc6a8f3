using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PresignKit.LocalS3.Tests.Hosting;

/// <summary>Sends the bytes of a request as they are, and returns everything that the server sends until it closes the connection.</summary>
/// <remarks>A request needs the header <c>Connection: close</c>. Kestrel cancels a request if its client closes even one direction of the connection.</remarks>
internal static class RawHttp
{
    public static Task<string> SendAsync(LocalS3Server server, string request) => SendAsync(new Uri(server.Endpoint).Port, Encoding.Latin1.GetBytes(request));

    public static async Task<string> SendAsync(int port, byte[] request)
    {
        using CancellationTokenSource timeout = new(TimeSpan.FromSeconds(30));
        using TcpClient client = new() { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, port, timeout.Token);
        NetworkStream stream = client.GetStream();
        using MemoryStream response = new();
        try
        {
            await stream.WriteAsync(request, timeout.Token);
            await stream.CopyToAsync(response, timeout.Token);
        }
        catch (IOException)
        {
            // The server can close the connection before it has read everything. What it sent so far is the response.
        }

        return Encoding.Latin1.GetString(response.ToArray());
    }

    /// <summary>Returns the path and the query of a URL.</summary>
    public static string Target(PresignedUrl url) => url.Url[url.Url.IndexOf('/', "http://".Length)..];

    /// <summary>Returns the host and the port of a server.</summary>
    public static string Authority(LocalS3Server server) => server.Endpoint["http://".Length..];
}
