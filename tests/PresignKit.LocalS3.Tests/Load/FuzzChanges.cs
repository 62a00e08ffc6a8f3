using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PresignKit.LocalS3.Tests.Load;

/// <summary>The changes that the fuzz test makes to requests.</summary>
internal static partial class FuzzChanges
{
    private static readonly string[] Methods = ["GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get", "PRI", "G(T", "", "\u00FF", new('M', 5000)];

    private static readonly string[] Texts =
    [
        "\0", "\r", "\n", "\r\n", "\r\n\r\n", "\t", " ", "%00", "%", "%2", "%zz", "%2F", "%2e%2e/", "../", "//", "\\", "\u00FF", "\u00E9", "%C3%A9", "%FF", "%ED%A0%80", "%E2%82", "?", "#", "&", "=", ";", "+", ":",
        "\"", "'", "<", "&amp;", "]]>", "\u0085", "%0D%0A", "\u007F", "--", "9999999999999999999", "-1", "0", "null", "NaN", "${filename}", "%F0%9F%98%80", "%EF%BF%BF", "%0B",
    ];

    private static readonly (string Name, string Value)[] HostileHeaders =
    [
        ("Authorization", "AWS4-HMAC-SHA256 Credential=x"), ("Authorization", "Basic eDp5"), ("Range", "bytes=0-0"), ("Range", "bytes=-0"), ("Range", "bytes=9-1,2-3"), ("Range", "bytes=99999999999999999999-"),
        ("Range", "bytes=-9223372036854775807"), ("Range", "bytes=9223372036854775807-"), ("If-Match", "\""), ("If-None-Match", "*"), ("If-Modified-Since", "Mon, 32 Foo 9999"), ("If-Range", "x"), ("If-Unmodified-Since", "Sat, 01 Jan 0001 00:00:00 GMT"),
        ("Origin", "http://evil.example"), ("Origin", "null"), ("Origin", "http://\u00E9"), ("Origin", "http://\u00C3\u00A9"), ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "\u00C3\u00A9, x"),
        ("Transfer-Encoding", "chunked"), ("Transfer-Encoding", "gzip, chunked"), ("Transfer-Encoding", "identity"), ("Transfer-Encoding", "chunked, chunked"), ("Content-Length", "5"), ("Content-Length", "-5"), ("Content-Length", "5, 5"),
        ("Content-Length", "99999999999999999999"), ("Content-Length", "9223372036854775807"), ("Content-Length", "0x5"), ("Content-Length", ""), ("Expect", "100-continue"), ("Expect", "200-ok"), ("Upgrade", "h2c"), ("Connection", "Upgrade, HTTP2-Settings"),
        ("Content-Encoding", "aws-chunked"), ("Content-Encoding", "gzip"), ("Content-MD5", "AAAA"), ("Content-MD5", "!"), ("Content-Type", "multipart/form-data"), ("Content-Type", "multipart/form-data; boundary=\"\""), ("Content-Type", "text/\u00C3\u00A9"),
        ("Content-Type", "multipart/form-data; boundary=" + new string('b', 3000)), ("Host", "second.example"), ("Host", ""), ("Trailer", "x-amz-meta-a"), ("TE", "trailers"), ("Cookie", "a=b; \u0001"), (": ", "x"), ("a b", "x"), ("a\u00E9", "x"), ("a\0", "x"),
        ("x-long", new string('v', 30_000)), ("x-longer", new string('v', 70_000)), ("X-Forwarded-For", "192.0.2.1"), ("Date", "yesterday"),
    ];

    private static readonly string[] Hosts =
    [
        "", "localhost", "photos.localhost", ".localhost", "my-space.nyc3.digitaloceanspaces.com", "s3.amazonaws.com", "scratch.s3.us-east-1.amazonaws.com", "[::1]", "[::1", "[", "a:b", "a:99999", "a:-1", "127.0.0.1:0", "user@host", "a/b", "a?b", "a#b", "a b",
        "\u00E9.example", "\u00C3\u00A9.example", "xn--", "-.localhost", new('h', 300), "a..b", ".", "%41", "127.1", "0x7f000001", "127.0.0.1:80:80", "scratch.127.0.0.1",
    ];

    /// <summary>Changes something that the signature covers, so that the request must fail.</summary>
    public static void Break(FuzzRequest request, Random random)
    {
        request.MaySucceed = false;
        if (request.Method == "POST" && request.Body.Contains("name=\"policy\"", StringComparison.Ordinal))
        {
            BreakForm(request, random);
            return;
        }

        switch (random.Next(11))
        {
            case 0:
                Change("signature", SignatureOfUrl().Replace(request.Target, match => match.Groups[1].Value + OtherDigit(match.Groups[2].Value, random)));
                break;
            case 1:
                string[] parameters = request.Target.Split('&', '?')[1..];
                string removed = parameters[random.Next(parameters.Length)];
                Change("removed " + removed.Split('=')[0], request.Target.Replace("&" + removed, "", StringComparison.Ordinal).Replace("?" + removed + "&", "?", StringComparison.Ordinal));
                break;
            case 2:
                Change("appended", request.Target + random.GetItems(["&response-content-type=text/html", "&versionId=null", "&x-amz-acl=private", "&uploads", "&acl", "&a", "&partNumber=1", "&X-Amz-Signature=0"], 1)[0]);
                break;
            case 3:
                Change("key", request.Target.Replace("?", "x?", StringComparison.Ordinal));
                break;
            case 4:
                Change("date", DateOfUrl().Replace(request.Target, match => match.Value[..^2] + (match.Value[^2] == '1' ? '2' : '1') + "Z"));
                break;
            case 5:
                Change("expiry", request.Target.Replace("X-Amz-Expires=", "X-Amz-Expires=1", StringComparison.Ordinal));
                break;
            case 6:
                request.Changes.Add("method");
                string[] others = [.. Methods.Take(5).Where(method => method != request.Method)];
                request.Method = others[random.Next(others.Length)];
                break;
            case 7:
                request.Changes.Add("host");
                request.SetHeader("Host", "other.example");
                break;
            case 8:
                request.Changes.Add("unsigned x-amz header");
                request.Headers.Add(("x-amz-meta-evil", "1"));
                break;
            case 9:
                Change("bucket", request.Target.Replace("/scratch", "/photos", StringComparison.Ordinal));
                break;
            default:
                Change("credential", request.Target.Replace("us-east-1", random.GetItems(["eu-west-1", "us-east-2", "%", ""], 1)[0], StringComparison.Ordinal));
                break;
        }

        void Change(string name, string target)
        {
            request.Changes.Add(name);
            target.Should().NotBe(request.Target, name);
            request.Target = target;
        }
    }

    /// <summary>Changes anything. The request can still be valid afterwards.</summary>
    public static void ChangeParts(FuzzRequest request, Random random)
    {
        int kind = random.Next(9);
        request.Changes.Add(FormattableString.Invariant($"parts {kind}"));
        switch (kind)
        {
            case 0:
                request.Method = Pick(Methods, random);
                break;
            case 1:
                request.Target = Insert(request.Target, Pick(Texts, random), random);
                break;
            case 2:
                request.Target = Pick(
                [
                    "http://127.0.0.1" + request.Target, "http://" + request.Target, "https://127.0.0.1" + request.Target, "*", "", "/", "//" + request.Target, request.Target.TrimStart('/'), "/?" + request.Target, "127.0.0.1:80", "http://", "http://%00/",
                    request.Target + new string('p', 66_000), request.Target + "&" + new string('q', 40_000), request.Target.Replace("scratch", "%73cratch", StringComparison.Ordinal), request.Target.Replace("/scratch/", "/scratch%2F", StringComparison.Ordinal),
                    request.Target.ToLowerInvariant(), request.Target.Replace("X-Amz", "x-amz", StringComparison.Ordinal), "/scratch/../" + request.Target, "/%2e%2e" + request.Target,
                ], random);
                break;
            case 3:
                request.Headers.Insert(random.Next(request.Headers.Count + 1), Pick(HostileHeaders, random));
                break;
            case 4:
                request.SetHeader("Host", Pick(Hosts, random));
                break;
            case 5:
                (string name, string value) = request.Headers[random.Next(request.Headers.Count)];
                request.SetHeader(name, Insert(value, Pick(Texts, random), random));
                break;
            case 6:
                request.Body = random.Next(4) switch
                {
                    0 => Insert(request.Body, Pick(Texts, random), random),
                    1 => request.Body[..random.Next(request.Body.Length + 1)],
                    2 => request.Body + request.Body + request.Body,
                    _ => BoundaryOf(request) is { Length: > 0 } boundary ? request.Body.Replace(boundary, Insert(boundary, Pick(Texts, random), random), StringComparison.Ordinal) : new string('b', random.Next(200_000)),
                };
                break;
            case 7:
                Chunk(request, random);
                break;
            default:
                request.Version = Pick(["HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/1.2", "http/1.1", "HTTP/1.1 ", "HTTX/1.1", ""], random);
                break;
        }
    }

    /// <summary>Changes bytes anywhere. The request can still be valid afterwards.</summary>
    public static byte[] ChangeBytes(byte[] bytes, Random random, List<string> changes)
    {
        int kind = random.Next(6);
        changes.Add(FormattableString.Invariant($"bytes {kind}"));
        int at = random.Next(bytes.Length);
        int length = random.Next(1, Math.Min(64, bytes.Length - at) + 1);
        switch (kind)
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 3:
                return [.. bytes[..(at + length)], .. bytes[at..]];
            case 4:
                return [.. bytes[..at], .. Encoding.Latin1.GetBytes(Pick(Texts, random)), .. bytes[at..]];
            default:
                return bytes[..at];
        }
    }

    private static void BreakForm(FuzzRequest request, Random random)
    {
        string body = request.Body;
        switch (random.Next(5))
        {
            case 0:
                request.Changes.Add("signature of form");
                body = SignatureOfForm().Replace(body, match => match.Groups[1].Value + OtherDigit(match.Groups[2].Value, random));
                break;
            case 1:
                request.Changes.Add("policy");
                body = PolicyOfForm().Replace(body, match => match.Groups[1].Value + (match.Groups[2].Value[0] == 'A' ? 'B' : 'A') + match.Groups[2].Value[1..]);
                break;
            case 2:
                request.Changes.Add("key of form");
                body = KeyOfForm().Replace(body, match => match.Groups[1].Value + "other" + match.Groups[2].Value);
                break;
            case 3:
                request.Changes.Add("added field");
                string boundary = body[..body.IndexOf("\r\n", StringComparison.Ordinal)];
                body = $"{boundary}\r\nContent-Disposition: form-data; name=\"x-amz-meta-evil\"\r\n\r\n1\r\n{body}";
                break;
            default:
                request.Changes.Add("bucket of form");
                request.Target = request.Target.Replace("scratch", "photos", StringComparison.Ordinal);
                request.Body = body;
                return;
        }

        body.Should().NotBe(request.Body, string.Join(", ", request.Changes));
        request.Body = body;
    }

    private static void Chunk(FuzzRequest request, Random random)
    {
        request.SendsLength = false;
        request.Headers.Add(("Transfer-Encoding", "chunked"));
        StringBuilder body = new();
        for (int i = 0; i < request.Body.Length;)
        {
            int size = Math.Min(random.Next(1, 50), request.Body.Length - i);
            body.Append(size.ToString("x", CultureInfo.InvariantCulture)).Append("\r\n").Append(request.Body, i, size).Append("\r\n");
            i += size;
        }

        body.Append("0\r\n\r\n");
        request.Body = random.Next(4) switch
        {
            0 => body.ToString(),
            1 => Insert(body.ToString(), Pick(Texts, random), random),
            2 => Pick(["FFFFFFFFFFFFFFFFF\r\n", "-1\r\nx", "5;ext=\"\0\"\r\nhello\r\n0\r\n\r\n", "\r\n", "0\r\nTrailer: \u00E9\r\n\r\n", "7fffffff\r\nabc"], random),
            _ => body.ToString()[..random.Next(body.Length)],
        };
    }

    private static string? BoundaryOf(FuzzRequest request) =>
        request.Headers.Find(header => header.Name == "Content-Type").Value is { } type && type.IndexOf("boundary=", StringComparison.Ordinal) is >= 0 and int index ? type[(index + "boundary=".Length)..].Trim('"') : null;

    private static string OtherDigit(string hex, Random random)
    {
        int at = random.Next(hex.Length);
        return hex[..at] + (hex[at] == '0' ? '1' : '0') + hex[(at + 1)..];
    }

    private static string Insert(string text, string inserted, Random random) => text.Insert(random.Next(text.Length + 1), inserted);

    private static T Pick<T>(T[] values, Random random) => values[random.Next(values.Length)];

    [GeneratedRegex("(X-Amz-Signature=)([0-9a-f]{64})")]
    private static partial Regex SignatureOfUrl();

    [GeneratedRegex("(?<=X-Amz-Date=)[0-9TZ]+")]
    private static partial Regex DateOfUrl();

    [GeneratedRegex("(name=\"x-amz-signature\"\r\n(?:[^\r\n]+\r\n)*\r\n)([0-9a-f]{64})")]
    private static partial Regex SignatureOfForm();

    [GeneratedRegex("(name=\"policy\"\r\n(?:[^\r\n]+\r\n)*\r\n)([A-Za-z0-9+/=]+)")]
    private static partial Regex PolicyOfForm();

    [GeneratedRegex("(name=\"key\"\r\n(?:[^\r\n]+\r\n)*\r\n)([^\r\n]+)")]
    private static partial Regex KeyOfForm();
}
