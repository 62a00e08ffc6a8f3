using System.Globalization;
using System.Net;
using System.Text;

namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>Sends the URL of a case to the server: as it was signed, tampered with, and after it has expired.</summary>
internal static class PeerUrl
{
    private static readonly string[] Methods = ["GET", "HEAD", "PUT", "POST", "DELETE"];

    /// <summary>Sends the request that was signed, which must succeed.</summary>
    public static async Task AcceptAsync(PeerServer s3, PeerCase one, string url)
    {
        Prepare(s3, one);

        using HttpResponseMessage response = await SendAsync(s3, one.Method, url, SignedHeaders(one, url), one.Body);

        ((int)response.StatusCode).Should().Be(one.Status, $"{one.Method} {url} is valid, but: {s3.Server.Requests[^1]}");
        s3.Server.Requests[^1].Operation.Should().Be(one.Operation);
        await one.Check(s3, one, response);
    }

    /// <summary>Sends requests that each differ from the one that was signed. All must be rejected with 403, and none may have an effect.</summary>
    public static async Task RejectTamperedAsync(PeerServer s3, PeerCase one, string url)
    {
        Prepare(s3, one);
        string before = Snapshot(s3);

        List<string> wrong = [];
        foreach ((string what, string method, string changed, Dictionary<string, string> headers, string? body) in Tamper(one, url))
        {
            using HttpResponseMessage response = await SendAsync(s3, method, changed, headers, body);
            if (response.StatusCode != HttpStatusCode.Forbidden)
            {
                wrong.Add($"{what}: {(int)response.StatusCode}, {s3.Server.Requests[^1]}");
            }
        }

        wrong.Should().BeEmpty($"these requests differ from {one.Method} {url}");
        Snapshot(s3).Should().Be(before);
    }

    /// <summary>Sends the request that was signed after the URL has expired by the server's clock.</summary>
    public static async Task RejectExpiredAsync(PeerServer s3, PeerCase one, string url)
    {
        Prepare(s3, one);
        string before = Snapshot(s3);
        s3.Clock.Offset = TimeSpan.FromSeconds(PeerCase.ExpiresIn + 1);
        try
        {
            using HttpResponseMessage response = await SendAsync(s3, one.Method, url, SignedHeaders(one, url), one.Body);

            response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
            s3.Server.Requests[^1].Error!.Message.Should().Be("Request has expired");
            Snapshot(s3).Should().Be(before);
        }
        finally
        {
            s3.Clock.Offset = TimeSpan.Zero;
        }
    }

    /// <summary>Returns the names of the headers that a URL signs, without the host.</summary>
    public static string[] NamesOfSignedHeaders(string url) => [.. Parameter(url, "X-Amz-SignedHeaders").Split(';').Where(name => name != "host")];

    private static IEnumerable<(string What, string Method, string Url, Dictionary<string, string> Headers, string? Body)> Tamper(PeerCase one, string url)
    {
        Dictionary<string, string> headers = SignedHeaders(one, url);
        string[] parts = url.Split('?', 2);
        string[] parameters = parts[1].Split('&');
        yield return ("different resource", one.Method, parts[0] + "x?" + parts[1], headers, one.Body);
        yield return ("different host", one.Method, url.Replace("http://", "http://other.", StringComparison.Ordinal), headers, one.Body);
        foreach (string method in Methods.Where(method => method != one.Method))
        {
            yield return ($"{method} instead of {one.Method}", method, url, headers, method is "PUT" or "POST" ? one.Body ?? "tampered" : null);
        }

        foreach (string added in new[] { "x-extra=1", "response-content-type=text%2Fhtml", "x-amz-acl=public-read", "X-Amz-Meta-Extra=1", "versionId=null", "uploads=" })
        {
            if (!parameters.Contains(added))
            {
                yield return ("added " + added, one.Method, url + "&" + added, headers, one.Body);
            }
        }

        for (int i = 0; i < parameters.Length; i++)
        {
            string name = parameters[i].Split('=')[0];
            if (Change(parameters[i]) is { } changed)
            {
                yield return ("changed to " + changed, one.Method, parts[0] + "?" + string.Join('&', [.. parameters[..i], changed, .. parameters[(i + 1)..]]), headers, one.Body);
            }

            // Without one of these parameters, the URL is not presigned, which is a different error (400).
            if (!name.StartsWith("X-Amz-", StringComparison.Ordinal))
            {
                yield return ("removed " + name, one.Method, parts[0] + "?" + string.Join('&', [.. parameters[..i], .. parameters[(i + 1)..]]), headers, one.Body);
            }
        }

        yield return ("added a header", one.Method, url, new(headers) { ["x-amz-meta-added"] = "1" }, one.Body);
        foreach (string name in headers.Keys)
        {
            if (name == "content-length")
            {
                yield return ("longer body", one.Method, url, headers, one.Body + "x");
                continue;
            }

            Dictionary<string, string> others = new(headers);
            others.Remove(name);
            yield return ("missing header " + name, one.Method, url, others, one.Body);
            yield return ("different header " + name, one.Method, url, new(headers) { [name] = headers[name] + "1" }, one.Body);
        }
    }

    // Changes one character of the value to a different one, so that the parameter still has the same form.
    private static string? Change(string parameter)
    {
        int value = parameter.IndexOf('=') + 1;
        int index = parameter[..value] switch
        {
            "X-Amz-Algorithm=" => -1,
            "X-Amz-SignedHeaders=" => -1,
            "X-Amz-Date=" => parameter.Length - 2,
            "X-Amz-Expires=" => parameter.Length - 1,
            "X-Amz-Signature=" => parameter.Length - 1,
            _ when value == parameter.Length => -1,
            _ => value,
        };
        if (index < 0 || !char.IsAsciiLetterOrDigit(parameter[index]))
        {
            return null;
        }

        // One more for the last second of a minute, and one less for the last digits, so that the expiry and the time stay valid.
        char c = parameter[index];
        char changed = char.IsAsciiDigit(c) ? c == '9' ? '8' : (char)(c + 1) : c is 'f' or 'z' or 'Z' ? (char)(c - 1) : (char)(c + 1);
        return parameter[..index] + changed + parameter[(index + 1)..];
    }

    private static void Prepare(PeerServer s3, PeerCase one)
    {
        s3.Photos.Put("source.txt", Encoding.UTF8.GetBytes(PeerCase.Content));
        s3.Photos.Put("list +é/1.txt", Encoding.UTF8.GetBytes(PeerCase.Content));
        if (one.HasKey && !one.HasUpload)
        {
            s3.Photos.Delete(one.Key);
            if (one.Method is "GET" or "HEAD" or "DELETE")
            {
                s3.Photos.Put(one.Key, Encoding.UTF8.GetBytes(PeerCase.Content), "image/png");
            }
        }
    }

    private static string Snapshot(PeerServer s3) =>
        string.Join('\n', s3.Photos.Keys.Select(key => string.Create(CultureInfo.InvariantCulture, $"{key} {s3.Photos[key].ETag} {s3.Photos[key].LastModified:O}")));

    private static Dictionary<string, string> SignedHeaders(PeerCase one, string url) => NamesOfSignedHeaders(url).ToDictionary(name => name, name => one.Headers[name]);

    private static string Parameter(string url, string name) =>
        Uri.UnescapeDataString(url.Split('?', 2)[1].Split('&').Single(parameter => parameter.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..]);

    private static Task<HttpResponseMessage> SendAsync(PeerServer s3, string method, string url, Dictionary<string, string> headers, string? body)
    {
        HttpRequestMessage request = new(new HttpMethod(method), url);
        if (method is "PUT" or "POST")
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body ?? ""));
        }

        // HttpClient sends the length itself, and it sends the headers of a body only together with a body.
        foreach ((string name, string value) in headers.Where(header => header.Key != "content-length"))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return s3.Http.SendAsync(request);
    }
}
