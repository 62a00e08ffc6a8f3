using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PresignKit.LiveTests.Strictness;

/// <summary>A request that is sent exactly as it is written, without the corrections that an HTTP client makes.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">The request target, which is usually the path and the query.</param>
/// <param name="Headers">The headers, which can contain a name more than once. <see cref="WireClient"/> adds the host and the length if they are missing.</param>
/// <param name="Body">The body.</param>
internal sealed record WireRequest(string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body)
{
    private const string Signature = "X-Amz-Signature";

    public static WireRequest Of(PresignedUrl presigned, byte[]? body = null) => new(
        presigned.Method.Method,
        presigned.Url[presigned.Url.IndexOf('/', presigned.Url.IndexOf("://", StringComparison.Ordinal) + 3)..],
        [.. presigned.RequiredHeaders.Select(header => (header.Key, header.Value))],
        body ?? []);

    /// <summary>Gets the path, as it is written in the target.</summary>
    private string Path => Target.Split('?')[0];

    private string[] Parameters => Target.Contains('?', StringComparison.Ordinal) ? Target[(Target.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&') : [];

    public WireRequest Replace(string part, string other)
    {
        Target.Should().Contain(part, "the request would not be changed otherwise");
        return this with { Target = Target.Replace(part, other, StringComparison.Ordinal) };
    }

    public WireRequest MapPath(Func<string, string> map) => this with { Target = map(Path) + Target[Path.Length..] };

    public WireRequest MapQuery(Func<string[], IEnumerable<string>> map) => this with { Target = Path + '?' + string.Join('&', map(Parameters)) };

    public WireRequest Append(string parameter) => this with { Target = Target + '&' + parameter };

    public WireRequest Without(string parameter) => MapQuery(all => all.Where(one => NameOf(one) != parameter));

    /// <summary>Replaces the encoded value of a parameter.</summary>
    public WireRequest Set(string parameter, string encoded) => Map(parameter, _ => parameter + '=' + encoded);

    /// <summary>Replaces a parameter, as it is written in the target.</summary>
    public WireRequest Map(string parameter, Func<string, string> map)
    {
        Parameters.Should().Contain(one => NameOf(one) == parameter);
        return MapQuery(all => all.Select(one => NameOf(one) == parameter ? map(one) : one));
    }

    public string Get(string parameter) => Uri.UnescapeDataString(Find(parameter) ?? throw new InvalidOperationException($"The request does not have the parameter '{parameter}'."));

    public WireRequest With(string header, string value) => WithoutHeader(header).WithAnother(header, value);

    /// <summary>Adds a header, even if the request already has a header with this name.</summary>
    public WireRequest WithAnother(string header, string value) => this with { Headers = [.. Headers, (header, value)] };

    public WireRequest WithoutHeader(string header) => this with { Headers = [.. Headers.Where(one => !one.Name.Equals(header, StringComparison.OrdinalIgnoreCase))] };

    /// <summary>Adds a header, and signs the request with it.</summary>
    public WireRequest Sign(LiveStore store, string header, string value)
    {
        string names = string.Join(';', Get("X-Amz-SignedHeaders").Split(';').Append(header).Order(StringComparer.Ordinal));
        return With(header, value).Set("X-Amz-SignedHeaders", Uri.EscapeDataString(names)).Sign(store);
    }

    /// <summary>Signs the request as it is now, so that the server cannot reject it for its signature.</summary>
    /// <remarks>The library does not sign these requests, because it checks what it signs. This method signs any date, lifetime and scope.</remarks>
    public WireRequest Sign(LiveStore store)
    {
        string[] scope = (Find("X-Amz-Credential") is { } credential ? Uri.UnescapeDataString(credential) : "").Split('/')[1..];
        string[] parameters = [.. Parameters.Where(one => one.Length > 0 && NameOf(one) != Signature)];
        string[] names = Uri.UnescapeDataString(Find("X-Amz-SignedHeaders") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);
        StringBuilder canonical = new StringBuilder().Append(Method).Append('\n').Append(Path).Append('\n')
            .AppendJoin('&', parameters.Select(one => one.Contains('=', StringComparison.Ordinal) ? one : one + '=')
                .OrderBy(NameOf, StringComparer.Ordinal).ThenBy(one => one, StringComparer.Ordinal)).Append('\n');
        foreach (string name in names)
        {
            canonical.Append(name).Append(':').Append(HeaderOf(name) ?? (name == "host" ? new Uri(store.Endpoint).Authority : "")).Append('\n');
        }

        canonical.Append('\n').AppendJoin(';', names).Append('\n').Append(HeaderOf("x-amz-content-sha256") ?? "UNSIGNED-PAYLOAD");
        string text = string.Join(
            '\n',
            Uri.UnescapeDataString(Find("X-Amz-Algorithm") ?? ""),
            Uri.UnescapeDataString(Find("X-Amz-Date") ?? ""),
            string.Join('/', scope),
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString()))));
        return MapQuery(_ => [.. parameters, Signature + '=' + Convert.ToHexStringLower(HMACSHA256.HashData(SigningKey(store, scope), Encoding.UTF8.GetBytes(text)))]);

        string? HeaderOf(string name) => Headers.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
    }

    /// <summary>Returns the signing key for a scope, which can have any number of parts.</summary>
    public static byte[] SigningKey(LiveStore store, string[] scope) =>
        scope.Aggregate(Encoding.UTF8.GetBytes("AWS4" + store.SecretAccessKey), (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part)));

    /// <summary>Returns the bytes of the request line, the headers and the empty line.</summary>
    public byte[] Head(string authority)
    {
        StringBuilder head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Method} {Target} HTTP/1.1\r\n");
        List<(string Name, string Value)> headers = [.. Headers];
        if (!Has("host"))
        {
            headers.Insert(0, ("Host", authority));
        }

        if (!Has("content-length") && !Has("transfer-encoding") && (Body.Length > 0 || Method is "PUT" or "POST"))
        {
            headers.Add(("Content-Length", Body.Length.ToString(CultureInfo.InvariantCulture)));
        }

        headers.Add(("Connection", "close"));
        foreach ((string name, string value) in headers.Where(header => header.Value != Absent))
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        return Encoding.UTF8.GetBytes(head.Append("\r\n").ToString());

        bool Has(string name) => Headers.Any(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The value of a header that <see cref="WireClient"/> would add but must not be sent.</summary>
    public const string Absent = "\0";

    private string? Find(string parameter) => Parameters.Where(one => NameOf(one) == parameter).Select(one => one[(parameter.Length + 1)..]).FirstOrDefault();

    private static string NameOf(string parameter) => parameter.Split('=')[0];
}
