using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text.Json;
using PresignKit;

namespace CSharp9
{
    /// <summary>The same calls as in LanguageTests.cs, for .NET Framework in C# 9.</summary>
    public static class Program
    {
        public static void Main()
        {
            PresignerOptions options = new() { Bucket = "my-space", AccessKeyId = "DO00EXAMPLEKEY", SecretAccessKey = "no/secret+at=all" };
            options.UseDigitalOceanSpaces("nyc3");
            S3Presigner presigner = new(options, new FixedClock());

            Console.WriteLine(presigner.Presign(new GetObject("reports/2026.pdf")
            {
                ExpiresIn = TimeSpan.FromHours(1),
                ResponseHeaders = new() { ContentType = "application/pdf", CacheControl = "no-store" },
            }).Url);

            PresignedUrl put = presigner.Presign(new PutObject("photos/1.jpg")
            {
                ContentType = "image/jpeg",
                ContentLength = 5,
                Metadata = new Dictionary<string, string> { ["owner"] = "ada" },
            });
            foreach (KeyValuePair<string, string> header in put.RequiredHeaders)
            {
                Console.WriteLine(header.Key + ": " + header.Value);
            }

            using HttpRequestMessage request = put.ToHttpRequestMessage(new ByteArrayContent(new byte[5]));
            Console.WriteLine(request.Method + " " + put.Url + " " + put.ExpiresAt.ToString("u"));
            Console.WriteLine(put.ToCurl("1.jpg"));

            PostPolicy policy = new(PostKey.Prefix("user-42/"))
            {
                UseFileName = true,
                ContentType = "image/png",
                ContentLength = (1, 5 << 20),
                Fields = new Dictionary<string, string> { ["x-amz-meta-owner"] = "ada" },
                Conditions = new[] { PostCondition.ExactMatch("consent", "yes"), PostCondition.StartsWith("x-amz-meta-title", "My ") },
            };
            PresignedPost post = presigner.PresignPost(policy);
            foreach (KeyValuePair<string, string> field in post.Fields)
            {
                Console.WriteLine(field.Key + "=" + field.Value);
            }

            foreach (PostCondition condition in post.FieldsToAdd)
            {
                Console.WriteLine(condition + (condition.IsPrefix ? " true" : " false"));
            }

            Console.WriteLine($"{post.Url} {policy.ContentLength!.Min}-{policy.ContentLength.Max} {policy.Key}");
            Console.WriteLine(JsonSerializer.Serialize(post));
            Console.WriteLine(JsonSerializer.Deserialize<PresignedUrl>(JsonSerializer.Serialize(put))!.Url);
            Console.WriteLine(UrlQuery.Append("https://a.example/b", "flag", null));
        }

        private sealed class FixedClock : TimeProvider
        {
            public override DateTimeOffset GetUtcNow() => new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);
        }
    }
}
