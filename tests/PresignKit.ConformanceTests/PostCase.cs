using System.Text.Json;

namespace PresignKit.ConformanceTests;

/// <summary>One line of Data/posts.jsonl: a policy, and botocore's form for it.</summary>
public sealed record PostCase(
    string Id,
    string Endpoint,
    string Region,
    string Style,
    string AccessKeyId,
    string SecretAccessKey,
    string? SessionToken,
    string Bucket,
    DateTimeOffset SignedAt,
    int ExpiresIn,
    PostCase.Keys Key,
    JsonElement Properties,
    PostCase.Form Expected)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static IReadOnlyDictionary<string, PostCase> All { get; } =
        File.ReadLines(System.IO.Path.Combine(AppContext.BaseDirectory, "Data", "posts.jsonl"))
            .Select(line => JsonSerializer.Deserialize<PostCase>(line, Options)!)
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

    public PostPolicy ToPolicy()
    {
        PostPolicy policy = Key.Kind switch
        {
            "key" => new PostPolicy(PostKey.Exact(Key.Text)),
            "folder" => new PostPolicy(PostKey.Prefix(Key.Text)),
            "start" => new PostPolicy(PostKey.StartingWith(Key.Text)),
            _ => new PostPolicy(PostKey.Any),
        };
        return TypedOperation.Set(policy, Properties) with { Bucket = Bucket, ExpiresIn = TimeSpan.FromSeconds(ExpiresIn), UseFileName = Key.UseFileName };
    }

    public sealed record Keys(string Kind, string Text, bool UseFileName);

    public sealed record Form(string Url, string[][] Fields);
}
