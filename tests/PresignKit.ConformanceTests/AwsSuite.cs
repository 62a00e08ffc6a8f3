using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PresignKit.ConformanceTests;

/// <summary>One case of AWS's signing suite.</summary>
public sealed record AwsSuite(
    string Id,
    AwsSuite.SigningContext Context,
    string Method,
    string Path,
    string QueryRaw,
    string[][] Headers,
    string Body,
    string CanonicalRequest,
    string StringToSign,
    string Signature)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The file of the suite, or <c>null</c> if the folder <c>shared</c> is not next to the repository.</summary>
    public static string? File { get; } = Find();

    public static IReadOnlyDictionary<string, AwsSuite> All { get; } = File is null
        ? new Dictionary<string, AwsSuite>()
        : System.IO.File.ReadLines(File).Select(line => JsonSerializer.Deserialize<AwsSuite>(line, Options)!).ToDictionary(one => one.Id);

    public KeyValuePair<string, string>[] DecodedQuery() => QueryRaw.Length == 0
        ? []
        : [.. QueryRaw.Split('&').Select(pair => pair.Split('=', 2)).Select(pair => new KeyValuePair<string, string>(
            Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair.Length == 2 ? pair[1] : "")))];

    public KeyValuePair<string, string>[] HeadersWithoutHost() =>
        [.. Headers.Where(header => header[0] != "Host").Select(header => new KeyValuePair<string, string>(header[0], header[1]))];

    public string PayloadHash() =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Context.SignBody ? Body : ""))).ToLowerInvariant();

    private static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string file = System.IO.Path.Combine(folder.FullName, "shared", "vectors", "aws_c_auth_query.jsonl");
            if (System.IO.File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }

    public sealed record SigningContext(
        Identity Credentials,
        int ExpirationInSeconds,
        bool Normalize,
        string Region,
        string Service,
        bool SignBody,
        DateTimeOffset Timestamp,
        bool? OmitSessionToken);

    public sealed record Identity(string AccessKeyId, string SecretAccessKey, string? Token);
}
