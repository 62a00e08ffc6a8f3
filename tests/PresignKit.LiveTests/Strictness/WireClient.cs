using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace PresignKit.LiveTests.Strictness;

/// <summary>Sends requests over plain HTTP/1.1, one for each connection.</summary>
internal static class WireClient
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Sends the request and returns the final response.</summary>
    public static async Task<Observed> Send(LiveStore store, WireRequest request)
    {
        using CancellationTokenSource timeout = new(Timeout);
        using TcpClient tcp = await Connect(store, timeout.Token);
        await Write(tcp.GetStream(), [.. request.Head(new Uri(store.Endpoint).Authority), .. request.Body], timeout.Token);
        return await Read(tcp.GetStream(), request, isFinal: true, timeout.Token);
    }

    /// <summary>Sends the head of the request with <c>Expect: 100-continue</c>, and returns the first response, before any byte of the body is sent.</summary>
    public static async Task<Observed> SendHead(LiveStore store, WireRequest request)
    {
        using CancellationTokenSource timeout = new(Timeout);
        using TcpClient tcp = await Connect(store, timeout.Token);
        await Write(tcp.GetStream(), request.With("Expect", "100-continue").Head(new Uri(store.Endpoint).Authority), timeout.Token);
        return await Read(tcp.GetStream(), request, isFinal: false, timeout.Token);
    }

    private static async Task<TcpClient> Connect(LiveStore store, CancellationToken cancellationToken)
    {
        Uri endpoint = new(store.Endpoint);
        endpoint.Scheme.Should().Be("http", "this client does not support TLS");
        TcpClient tcp = new() { NoDelay = true };
        await tcp.ConnectAsync(endpoint.Host, endpoint.Port, cancellationToken);
        return tcp;
    }

    // A server can respond and close the connection before it has read the body. Its response is then still in the buffer of the socket.
    private static async Task Write(NetworkStream stream, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(bytes, cancellationToken);
        }
        catch (IOException)
        {
        }
    }

    private static async Task<Observed> Read(NetworkStream stream, WireRequest request, bool isFinal, CancellationToken cancellationToken)
    {
        List<byte> received = [];
        byte[] buffer = new byte[8192];
        while (true)
        {
            if (Parse(received, request.Method, isFinal, isEnd: false) is { } response)
            {
                return response;
            }

            int count;
            try
            {
                count = await stream.ReadAsync(buffer, cancellationToken);
            }
            catch (IOException)
            {
                count = 0;
            }

            if (count == 0)
            {
                return Parse(received, request.Method, isFinal, isEnd: true) ?? new Observed(0, null, "", "");
            }

            received.AddRange(buffer.AsSpan(0, count));
        }
    }

    /// <summary>Returns the response, or <c>null</c> if it is not complete yet.</summary>
    private static Observed? Parse(List<byte> received, string method, bool isFinal, bool isEnd)
    {
        string text = Encoding.Latin1.GetString([.. received]);
        while (true)
        {
            int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0)
            {
                return null;
            }

            string head = text[..end];
            string body = text[(end + 4)..];
            int status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
            if (status is >= 100 and < 200 && isFinal)
            {
                text = body;
                continue;
            }

            bool hasNoBody = method == "HEAD" || status is 204 or 304 or (>= 100 and < 200);
            bool isChunked = Regex.IsMatch(head, @"\r\nTransfer-Encoding:\s*chunked", RegexOptions.IgnoreCase);
            Match length = Regex.Match(head, @"\r\nContent-Length:\s*(\d+)", RegexOptions.IgnoreCase);
            bool isComplete = hasNoBody || isEnd || (isChunked
                ? body.EndsWith("0\r\n\r\n", StringComparison.Ordinal)
                : length.Success && body.Length >= int.Parse(length.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
            if (!isComplete)
            {
                return null;
            }

            // Chunk sizes stand on lines of their own. The error documents are short enough to be sent as one chunk, so the lines do not split an element.
            Match code = Regex.Match(body, "<Error>.*?<Code>([^<]+)</Code>", RegexOptions.Singleline);
            return new Observed(status, code.Success ? code.Groups[1].Value : null, head, body);
        }
    }
}

/// <summary>What a store returned.</summary>
/// <param name="Status">The status, or 0 if the store closed the connection without a response.</param>
/// <param name="Code">The S3 error code, if there is one.</param>
/// <param name="Head">The status line and the headers.</param>
/// <param name="Body">The body, as it was sent.</param>
internal sealed record Observed(int Status, string? Code, string Head, string Body)
{
    /// <summary>Returns the value of a header, or <c>null</c>.</summary>
    public string? Header(string name) =>
        Regex.Match(Head, $@"\r\n{Regex.Escape(name)}:\s*([^\r]*)", RegexOptions.IgnoreCase) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Returns the status and the code, such as <c>403 AccessDenied</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Status} {Code}").TrimEnd();
}
