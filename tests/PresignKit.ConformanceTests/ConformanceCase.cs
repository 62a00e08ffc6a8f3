using System.Text.Json;

namespace PresignKit.ConformanceTests;

/// <summary>One line of Data/botocore.jsonl: the inputs, and botocore's result.</summary>
public sealed record ConformanceCase(
    string Id,
    string Level,
    string Endpoint,
    string Region,
    string Style,
    string Service,
    string AccessKeyId,
    string SecretAccessKey,
    string? SessionToken,
    string Method,
    string? Bucket,
    string? Key,
    string? Path,
    string[][] Query,
    string[][] Headers,
    string Payload,
    DateTimeOffset SignedAt,
    int ExpiresIn,
    ConformanceCase.Result Expected)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static IReadOnlyDictionary<string, ConformanceCase> All { get; } =
        File.ReadLines(System.IO.Path.Combine(AppContext.BaseDirectory, "Data", "botocore.jsonl"))
            .Select(line => JsonSerializer.Deserialize<ConformanceCase>(line, Options)!)
            .ToDictionary(one => one.Id);

    public static TheoryData<string> Ids(string level) => [.. All.Values.Where(one => one.Level == level).Select(one => one.Id)];

    public KeyValuePair<string, string>[] QueryPairs() => Pairs(Query);

    public KeyValuePair<string, string>[] HeaderPairs() => Pairs(Headers);

    private static KeyValuePair<string, string>[] Pairs(string[][] pairs) =>
        [.. pairs.Select(pair => new KeyValuePair<string, string>(pair[0], pair[1]))];

    public sealed record Result(string CanonicalRequest, string StringToSign, string Signature, string Url);
}
