using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.AspNetCore.Tests.Receiving;

/// <summary>No request causes an exception, and only correctly signed requests reach the endpoint.</summary>
public class FuzzTests
{
    private const int Inputs = 20_000;

    private static readonly string[] Pieces =
    [
        "X-Amz-Signature=", "X-Amz-Expires=", "X-Amz-Credential=", "X-Amz-SignedHeaders=", "X-Amz-Date=", "x-amz-expires=1", "response-expires=", "&response-content-type=%0D%0A", "&x-id=",
        "http://", "https://app.example.com", "http://app.example.com", "http://[::1]:80", "%", "%2", "%zz", "%FF", "%C3%28", "%00", "%5C", "%2F", "%2e%2e", "&", "&&", "=", "?", "#", "/", "//", "/../", ";", ":", "@", "+",
        " ", "\t", "\r\n", "\0", "\\", "é", "🙂", "\uD83D", "\uFFFD", "99999999999999999999", "-1", "*",
    ];

    [Fact]
    public async Task Invoke_AnyRequest_DoesNotThrow()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        PresignedUrlReceiver receiver = new(
            Options.Create(new RequirePresignedUrlOptions
            {
                Endpoint = S3Endpoint.Create($"http://{ReceivingApp.Host}", "us-east-1"),
                Bucket = ReceivingApp.Bucket,
                Credentials = { new S3Credentials(ReceivingApp.AccessKeyId, ReceivingApp.SecretAccessKey) },
                AllowedParameters = { "versionId" },
            }),
            timeProvider: new FakeTimeProvider(ReceivingApp.Now));
        string[] seeds =
        [
            new TestSigner().Target("/files/a/b"),
            new TestSigner { Parameters = [("response-content-type", "text/plain"), ("versionId", "1")] }.Target("/files/a%20b"),
            new TestSigner { Headers = [("x-amz-meta-a", "1")] }.Target("/files/a"),
            new TestSigner().Target("/files/%2e%2e/a"),
            "",
        ];
        int served = 0, rejected = 0;
        string description = "";
        try
        {
            for (int i = 0; i < Inputs; i++)
            {
                DefaultHttpContext context = new();
                string target = random.Next(8) == 0 ? seeds[random.Next(seeds.Length)] : Mutate(seeds[random.Next(seeds.Length)], random);
                context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
                context.Request.Method = random.Next(8) == 0 ? Pieces[random.Next(Pieces.Length)] : "GET";
                context.Request.Scheme = random.Next(32) == 0 ? Pieces[random.Next(Pieces.Length)] : "http";
                context.Request.Path = random.Next(8) == 0 ? new PathString("/" + Pieces[random.Next(Pieces.Length)]) : "/files/a";
                context.Request.QueryString = random.Next(8) == 0 ? new QueryString("?" + Pieces[random.Next(Pieces.Length)]) : default;
                context.Request.Headers.Host = random.Next(16) == 0 ? Pieces[random.Next(Pieces.Length)] : ReceivingApp.Host;
                context.Request.Headers["x-amz-meta-a"] = random.Next(2) == 0 ? "1" : default(string);
                if (random.Next(8) == 0)
                {
                    context.Request.Headers[Pieces[random.Next(Pieces.Length)]] = new[] { Pieces[random.Next(Pieces.Length)], null };
                }

                description = $"{context.Request.Method} {context.Request.Scheme} {target}";
                bool isServed = false;
                await receiver.InvokeAsync(
                    context,
                    served =>
                    {
                        isServed = true;
                        served.GetVerifiedRequest()!.Key.Should().BeOneOf(["a/b", "a b", "a"], "only these keys are signed");
                        return Task.CompletedTask;
                    },
                    "fuzz");
                context.Response.StatusCode.Should().Be(isServed ? 200 : 403);
                served += isServed ? 1 : 0;
                rejected += isServed ? 0 : 1;
            }
        }
        catch (Exception e)
        {
            Assert.Fail($"seed {seed}, {description}: {e}");
        }

        served.Should().BeGreaterThan(Inputs / 100, $"the seeds are correctly signed (seed {seed})");
        rejected.Should().BeGreaterThan(Inputs / 2, $"most mutations break the signature (seed {seed})");
    }

    private static string Mutate(string text, Random random)
    {
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            int at = random.Next(text.Length + 1);
            int removed = random.Next(4) == 0 ? random.Next(Math.Min(20, text.Length - at) + 1) : 0;
            text = text[..at] + Pieces[random.Next(Pieces.Length)] + text[(at + removed)..];
        }

        return text;
    }
}
