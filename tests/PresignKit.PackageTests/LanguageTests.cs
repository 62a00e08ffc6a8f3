using System.Globalization;
using System.Text.Json;

namespace PresignKit.PackageTests;

/// <summary>Applications in F#, Visual Basic and C# 9 presign the same URLs as this C# code. Each application sets properties the way its language does.</summary>
[Collection(OnePackage.Name)]
public class LanguageTests(PackageOfThisRun package)
{
    [GitFact]
    public async Task Application_FSharp_PresignsTheSame() => Lines(await package.RunAsync(Command.DotNet, "FSharp/bin/Debug/net10.0/FSharp.dll")).Should().Equal(Presigned());

    [GitFact]
    public async Task Application_VisualBasic_PresignsTheSame() => Lines(await package.RunAsync(Command.DotNet, "VisualBasic/bin/Debug/net10.0/VisualBasic.dll")).Should().Equal(Presigned());

    [MonoFact]
    public async Task Application_CSharp9ForNetFramework_PresignsTheSame() => Lines(await package.RunAsync("mono", "CSharp9/bin/Debug/net472/CSharp9.exe")).Should().Equal(Presigned());

    private static string[] Lines(string output) => output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Presigned()
    {
        PresignerOptions options = new() { Bucket = "my-space", AccessKeyId = "DO00EXAMPLEKEY", SecretAccessKey = "no/secret+at=all" };
        options.UseDigitalOceanSpaces("nyc3");
        S3Presigner presigner = new(options, new FixedClock());

        yield return presigner.Presign(new GetObject("reports/2026.pdf")
        {
            ExpiresIn = TimeSpan.FromHours(1),
            ResponseHeaders = new() { ContentType = "application/pdf", CacheControl = "no-store" },
        }).Url;

        PresignedUrl put = presigner.Presign(new PutObject("photos/1.jpg")
        {
            ContentType = "image/jpeg",
            ContentLength = 5,
            Metadata = new Dictionary<string, string> { ["owner"] = "ada" },
        });
        foreach (KeyValuePair<string, string> header in put.RequiredHeaders)
        {
            yield return header.Key + ": " + header.Value;
        }

        using HttpRequestMessage request = put.ToHttpRequestMessage(new ByteArrayContent(new byte[5]));
        yield return request.Method + " " + put.Url + " " + put.ExpiresAt.ToString("u", CultureInfo.InvariantCulture);
        yield return put.ToCurl("1.jpg");

        PostPolicy policy = new(PostKey.Prefix("user-42/"))
        {
            UseFileName = true,
            ContentType = "image/png",
            ContentLength = (1, 5 << 20),
            Fields = new Dictionary<string, string> { ["x-amz-meta-owner"] = "ada" },
            Conditions = [PostCondition.ExactMatch("consent", "yes"), PostCondition.StartsWith("x-amz-meta-title", "My ")],
        };
        PresignedPost post = presigner.PresignPost(policy);
        foreach (KeyValuePair<string, string> field in post.Fields)
        {
            yield return field.Key + "=" + field.Value;
        }

        foreach (PostCondition condition in post.FieldsToAdd)
        {
            yield return condition + (condition.IsPrefix ? " true" : " false");
        }

        yield return FormattableString.Invariant($"{post.Url} {policy.ContentLength.Min}-{policy.ContentLength.Max} {policy.Key}");
        yield return JsonSerializer.Serialize(post);
        yield return JsonSerializer.Deserialize<PresignedUrl>(JsonSerializer.Serialize(put))!.Url;
        yield return UrlQuery.Append("https://a.example/b", "flag", null);
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);
    }
}
