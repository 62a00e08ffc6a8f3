using System.Reflection;

namespace PresignKit.Tests;

/// <summary>Arguments for any public method: a valid one, and invalid ones that contain a secret wherever a secret is expected.</summary>
internal static class BadInputs
{
    private static readonly string[] Texts = ["", " ", "\0", "a\r\nb", "\ud800", "..", "a/../b", "é", "${filename}", "$x", "arn:aws:s3:::x", new string('k', 2000)];

    public static object? Good(ParameterInfo parameter) => Good(parameter.ParameterType, parameter.Name!);

    public static object? Good(Type type, string name)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) ? Text(name)
            : type == typeof(int) ? 1
            : type == typeof(long) ? 1L
            : type == typeof(bool) ? false
            : type == typeof(TimeSpan) ? TimeSpan.FromMinutes(5)
            : type == typeof(DateTimeOffset) ? TestPresigner.Now
            : type == typeof(HttpMethod) ? HttpMethod.Get
            : type == typeof(CancellationToken) ? CancellationToken.None
            : type == typeof(S3Operation) ? SecretSamples.Upload
            : type == typeof(IS3CredentialsProvider) ? SecretSamples.Credentials
            : type == typeof(IPresigner) ? SecretSamples.Presigner()
            : type == typeof(IReadOnlyDictionary<string, string>) ? SecretSamples.Presigned.RequiredHeaders
            : type.IsAssignableFrom(typeof(KeyValuePair<string, string>[])) ? TestPresigner.Pairs(("x-amz-server-side-encryption-customer-key", Markers.CustomerKeyBase64))
            : type == typeof(Func<string, S3Credentials?>) ? (Func<string, S3Credentials?>)(_ => SecretSamples.Credentials)
            : type == typeof(Stream) ? Stream.Null
            : type.IsEnum ? Enum.GetValues(type).GetValue(0)
            : SecretSamples.All.TryGetValue(type, out Func<object>? make) ? make()
            : null;
    }

    public static IEnumerable<object?> Bad(Type type, string name)
    {
        bool isOptional = Nullable.GetUnderlyingType(type) is not null;
        type = Nullable.GetUnderlyingType(type) ?? type;
        IEnumerable<object?> values = type == typeof(string) ? BadTexts(name)
            : type == typeof(int) ? [-1, 0, int.MaxValue]
            : type == typeof(long) ? [-1L, long.MaxValue]
            : type == typeof(TimeSpan) ? [TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromDays(8)]
            : type == typeof(DateTimeOffset) ? [DateTimeOffset.MinValue, DateTimeOffset.MaxValue]
            : type == typeof(HttpMethod) ? [null, HttpMethod.Delete, new HttpMethod("get")]
            : type == typeof(CancellationToken) ? [new CancellationToken(canceled: true)]
            : type == typeof(S3Operation) ? [null, new PutObject("key") { Bucket = "other", SseCustomerKey = SecretSamples.Key, ExpiresIn = TimeSpan.FromDays(8) }]
            : type == typeof(Func<string, S3Credentials?>) ? [null, (Func<string, S3Credentials?>)(_ => null)]
            : type.IsAssignableFrom(typeof(KeyValuePair<string, string>[])) ? BadPairsFor(name)
            : type.IsAssignableFrom(typeof(Dictionary<string, string>)) ? BadPairsFor(name).Select(pairs => pairs?.GroupBy(pair => pair.Key ?? "none").ToDictionary(same => same.Key, same => same.First().Value))
            : type.IsEnum ? [Enum.ToObject(type, 99)]
            : type.IsValueType ? []
            : [null];
        return isOptional ? values.Append(null) : values;
    }

    private static readonly KeyValuePair<string, string>[]?[] BadPairs =
    [
        null,
        TestPresigner.Pairs(("", Markers.CustomerKeyBase64)),
        TestPresigner.Pairs(("a b", Markers.CustomerKeyBase64)),
        TestPresigner.Pairs(("x-amz-server-side-encryption-customer-key", Markers.CustomerKeyBase64 + "\n")),
        TestPresigner.Pairs(("x-amz-server-side-encryption-customer-key", Markers.CustomerKeyBase64 + "é")),
        TestPresigner.Pairs(("x-amz-server-side-encryption-customer-key", " " + Markers.CustomerKeyBase64 + "\ud800")),
        TestPresigner.Pairs(("x-amz-meta-a", Markers.CustomerKeyBase64), ("x-amz-meta-a", Markers.CustomerKeyBase64)),
        TestPresigner.Pairs(("X-Amz-Security-Token", Markers.SessionToken)),
        TestPresigner.Pairs(("X-Amz-Signature", SecretSamples.Presigned.Url[^64..])),
        TestPresigner.Pairs(("authorization", "AWS4-HMAC-SHA256 Signature=" + SecretSamples.Presigned.Url[^64..])),
        TestPresigner.Pairs(("x-amz-signature", SecretSamples.Presigned.Url[^64..]), ("policy", "e30=")),
    ];

    // An encryption key belongs in headers and form fields, but never in a query.
    private static IEnumerable<KeyValuePair<string, string>[]?> BadPairsFor(string name) => name.Contains("eaders", StringComparison.Ordinal) || name.Contains("ields", StringComparison.Ordinal)
        ? BadPairs
        : BadPairs.Select(pairs => pairs is null ? null : Array.ConvertAll(pairs, pair => new KeyValuePair<string, string>(pair.Key, "text")));

    private static string Text(string name) => name switch
    {
        "secretAccessKey" => Markers.SecretAccessKey,
        "sessionToken" => Markers.SessionToken,
        "base64" => Markers.CustomerKeyBase64,
        "url" => SecretSamples.Bare.Url,
        "errorResponse" => SecretSamples.ErrorResponse,
        "region" => "nyc3",
        "service" => "s3",
        "host" => "sts.example.com",
        _ => "text",
    };

    private static IEnumerable<string?> BadTexts(string name) => name switch
    {
        "secretAccessKey" or "SecretAccessKey" => Spoiled(Markers.SecretAccessKey),
        "sessionToken" or "SessionToken" => Spoiled(Markers.SessionToken),
        "base64" or "ContentMD5" => [.. Spoiled(Markers.CustomerKeyBase64), Markers.CustomerKeyBase64[..^4], Convert.ToHexString(Markers.CustomerKey), Markers.CustomerKeyBase64 + "!"],
        "url" or "Endpoint" or "PublicUrl" => BadUrls,
        "errorResponse" => [null, .. Pieces(SecretSamples.ErrorResponse), SecretSamples.ErrorResponse.Replace("\n", " "), SecretSamples.ErrorResponse.Replace("PUT\n", ""), SecretSamples.ErrorResponse.Replace("key:", "key ")],
        _ => [null, .. Texts],
    };

    private static IEnumerable<string?> Spoiled(string secret) =>
        [null, "", secret + "\n", " " + secret, "\uFEFF" + secret, secret + "\ud800", secret.Insert(10, "\0"), secret + "\u200B"];

    private static IEnumerable<string?> BadUrls =>
    [
        null, "", .. Pieces(SecretSamples.Presigned.Url), .. Pieces(SecretSamples.Bare.Url), SecretSamples.Bare.Url + "&a=b", SecretSamples.Bare.Url + "&X-Amz-Signature=" + SecretSamples.Bare.Url[^64..],
        SecretSamples.Bare.Url.Replace("Expires=3600", "Expires=999"), SecretSamples.Bare.Url.Replace("https:", "ftp:"), SecretSamples.Bare.Url.Replace(".nyc3.", ".ams3."), SecretSamples.Bare.Url + "%",
        SecretSamples.Bare.Url.Replace("/key", "/../key"), SecretSamples.Bare.Url + "#" + Markers.SessionToken, SecretSamples.Bare.Url.Replace("?", "\0?"), SecretSamples.Bare.Url.Replace("/key", "/\ud800"),
        $"https://AK:{Markers.SecretAccessKey}@s3.example", $"https://AK:{Uri.EscapeDataString(Markers.SecretAccessKey)}@s3.example", $"https://AK:{Markers.SessionToken}@s3.example:99999",
        $"ftp://AK:{Uri.EscapeDataString(Markers.SecretAccessKey)}@s3.example", $"AK:{Uri.EscapeDataString(Markers.SecretAccessKey)}@s3.example",
        $"https://s3.example/?secret={Markers.SecretAccessKey}",
    ];

    private static IEnumerable<string> Pieces(string text) => Enumerable.Range(1, 30).Select(i => text[..(text.Length * i / 30)]).Concat(text.Select((c, i) => (c, i)).Where(one => one.c is '?' or '&' or '\n').SelectMany(one => new[] { text[one.i..], text[(one.i + 1)..] }));
}
