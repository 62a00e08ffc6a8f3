using System.Text.Json;

namespace PresignKit.ConformanceTests;

/// <summary>One line of Data/operations.jsonl: a typed operation with its properties, and botocore's result.</summary>
public sealed record OperationCase(
    string Id,
    string Operation,
    JsonElement Properties,
    string Driver,
    string Endpoint,
    string Region,
    string Style,
    string AccessKeyId,
    string SecretAccessKey,
    string? SessionToken,
    string Method,
    string? Bucket,
    string? Key,
    string[][] Query,
    string[][] Headers,
    DateTimeOffset SignedAt,
    int ExpiresIn,
    ConformanceCase.Result Expected)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static IReadOnlyDictionary<string, OperationCase> All { get; } =
        File.ReadLines(System.IO.Path.Combine(AppContext.BaseDirectory, "Data", "operations.jsonl"))
            .Select(line => JsonSerializer.Deserialize<OperationCase>(line, Options)!)
            .ToDictionary(one => one.Id);

    public static TheoryData<string> Ids => [.. All.Keys];

    public S3Presigner Presigner() => new(
        new PresignerOptions
        {
            Endpoint = Endpoint,
            Region = Region,
            UrlStyle = Style == "virtual" ? UrlStyle.VirtualHosted : UrlStyle.Path,
            AccessKeyId = AccessKeyId,
            SecretAccessKey = SecretAccessKey,
            SessionToken = SessionToken,
        },
        new Microsoft.Extensions.Time.Testing.FakeTimeProvider(SignedAt));

    public S3Operation ToOperation() => TypedOperation.Create(Operation, Key, Properties) with
    {
        Bucket = Bucket,
        ExpiresIn = TimeSpan.FromSeconds(ExpiresIn),
    };
}
