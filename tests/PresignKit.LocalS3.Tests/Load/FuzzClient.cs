using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PresignKit.LocalS3.Tests.Load;

/// <summary>Sends bytes over a new connection, and reads until the server closes it.</summary>
internal static class FuzzClient
{
    private const int MaxPause = 300;
    private const int MaxAfterEnd = 20_000;

    /// <summary>Returns the status codes of all responses, without 1xx.</summary>
    /// <exception cref="TimeoutException">The server did not close the connection within 20 seconds after the client had.</exception>
    /// <exception cref="InvalidDataException">The response is malformed.</exception>
    public static async Task<List<int>> SendAsync(int port, byte[] request)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);

        // An incomplete request is completed by the end of the connection, once the server pauses. The server must then close it too.
        using Timer end = new(_ => End(socket), null, MaxPause, Timeout.Infinite);
        using MemoryStream response = new();
        byte[] buffer = new byte[16 << 10];
        try
        {
            await socket.SendAsync(request).WaitAsync(TimeSpan.FromMilliseconds(MaxAfterEnd));
            while (await socket.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromMilliseconds(MaxAfterEnd)) is > 0 and int count)
            {
                end.Change(MaxPause, Timeout.Infinite);
                response.Write(buffer, 0, count);
            }
        }
        catch (SocketException)
        {
            // The server reset the connection, because it does not read the rest of a request that it has rejected.
        }

        return Statuses(Encoding.Latin1.GetString(response.GetBuffer(), 0, (int)response.Length));
    }

    private static void End(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The connection is already closed.
        }
    }

    private static List<int> Statuses(string text)
    {
        List<int> statuses = [];
        for (int position = 0; position < text.Length;)
        {
            int end = text.IndexOf("\r\n\r\n", position, StringComparison.Ordinal);
            if (!text.AsSpan(position).StartsWith("HTTP/1.1 ") || !int.TryParse(text.AsSpan(position + 9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int status))
            {
                throw new InvalidDataException("The response is malformed: " + text[position..Math.Min(text.Length, position + 300)]);
            }

            if (status >= 200)
            {
                statuses.Add(status);
            }

            if (end < 0)
            {
                break;
            }

            string head = text[position..(end + 2)];
            position = end + 4;
            bool hasBody = status is >= 200 and not (204 or 304) && !text.AsSpan(position).StartsWith("HTTP/1.1 ");
            if (!hasBody)
            {
                continue;
            }

            int header = head.IndexOf("\r\nContent-Length: ", StringComparison.OrdinalIgnoreCase);
            position = header < 0
                ? head.Contains("chunked", StringComparison.Ordinal) ? Math.Max(position, text.IndexOf("0\r\n\r\n", position, StringComparison.Ordinal) + 5) : text.Length
                : position + int.Parse(head.AsSpan(header + 18, head.IndexOf("\r\n", header + 18, StringComparison.Ordinal) - header - 18), CultureInfo.InvariantCulture);
        }

        return statuses;
    }
}
