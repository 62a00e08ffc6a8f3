using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PresignKit.LocalS3.Tests.Operations;

/// <summary>A connection on which a test sends exactly the bytes that it wants, which HttpClient does not allow.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;

    private RawConnection(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket);
    }

    public static async Task<RawConnection> OpenAsync(LocalS3Server server)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(server.Endpoint).Port);
        return new RawConnection(socket);
    }

    public async Task SendAsync(string text) => await _stream.WriteAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes);

    /// <summary>Announces that no more bytes follow.</summary>
    public void Shutdown() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Reads the status line and the headers of a response, or returns an empty string if the server closed the connection.</summary>
    public async Task<string> ReadHeadAsync()
    {
        StringBuilder head = new();
        byte[] one = new byte[1];
        using CancellationTokenSource timeout = new(TimeSpan.FromSeconds(20));
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            try
            {
                if (await _stream.ReadAsync(one, timeout.Token) == 0)
                {
                    return head.ToString();
                }
            }
            catch (IOException)
            {
                // The server reset the connection.
                return head.ToString();
            }

            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    /// <summary>Reads a response with a Content-Length, and returns it with its headers.</summary>
    public async Task<string> ReadResponseAsync()
    {
        string head = await ReadHeadAsync();
        string? length = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase));
        byte[] body = new byte[length is null ? 0 : int.Parse(length["Content-Length: ".Length..], CultureInfo.InvariantCulture)];
        await _stream.ReadExactlyAsync(body);
        return head + Encoding.UTF8.GetString(body);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }
}
