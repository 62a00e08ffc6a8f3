using System.Diagnostics;

namespace PresignKit.Tests;

/// <summary>Hostile input causes no exceptions and no more than linear work.</summary>
public class FuzzTests
{
    private const int Inputs = 1_000_000;

    private static readonly string[] Pieces =
    [
        "X-Amz-Signature=", "X-Amz-Expires=", "X-Amz-Credential=", "X-Amz-SignedHeaders=", "X-Amz-Security-Token=", "X-Amz-Date=", "X-Amz-Algorithm=", "AWSAccessKeyId=", "Signature=", "Expires=",
        "x-amz-signature%3D", "response-expires=", "policy\":\"", "https://", "http://[::1]:80", "%", "%2", "%zz", "%FF", "%C3%28", "%C3&%A9=", "%E2%82&%AC=", "%00", "&", "&&", "=", "?", "#", "/", "//", "..", ";", ":", "@", "+", " ",
        "\t", "\r\n", "\0", "é", "🙂", "\uD83D", "\uFFFD", "\u212A", "99999999999999999999", "-1", "00010101T000000Z", "99991231T235959Z", "99991231T240000Z", "X-Amz-Date=99991231T235960Z", "AWS4-ECDSA-P256-SHA256", "aws4_request", "host", "%3B", "***", "\\u0026", "\\", "&amp;", "&#38;", "=3D", "=\r\n", "\r\n > ", "<", ">", "\"", "%25", "%3D", "https%3A",
    ];

    [Fact]
    public void VerifyTryParseAndRedact_AnyText_DoNotThrow()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        PresignedUrlVerifier verifier = Received.Verifier();
        string[] seeds = [Received.Good.Url, new Received { Extra = "&X-Amz-Security-Token=t&a=b%20c" }.Url, "https://b.s3.eu-west-1.amazonaws.com/k?AWSAccessKeyId=AK&Expires=1773504566&Signature=a%2Bb%3D", ""];
        S3Endpoint endpoint = S3Endpoint.DigitalOceanSpaces("nyc3");
        string input = "";
        try
        {
            for (int i = 0; i < TestScale.Of(Inputs); i++)
            {
                input = Mutate(seeds[random.Next(seeds.Length)], random);
                _ = verifier.Verify(HttpMethod.Get, input, [new("Host", random.Next(2) == 0 ? "my-space.nyc3.digitaloceanspaces.com" : Pieces[random.Next(Pieces.Length)]), new(Pieces[random.Next(Pieces.Length)], Pieces[random.Next(Pieces.Length)])]).Status;
                if (PresignedUrlInfo.TryParse(input, endpoint, out PresignedUrlInfo? info, out _))
                {
                    _ = info.Bucket + info.Key + info.Remaining(TestPresigner.Now) + info;
                }

                _ = PresignedUrlInfo.Redact(input);
            }
        }
        catch (Exception e)
        {
            Assert.Fail($"seed {seed}, input '{input}': {e}");
        }
    }

    public static TheoryData<string> Shapes => ["parameters", "equal prefixes", "percent", "plus", "signed headers", "slashes", "equals", "non-ASCII", "redactions", "redaction names", "backslashes", "entities", "line breaks", "encoded twice", "enclosed"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void VerifyTryParseAndRedact_LongerText_TakeNoMoreThanLinearTime(string shape)
    {
        const int Short = 16_000, Long = 128_000, MinRounds = 7, MaxRounds = 300;
        Run(shape, Short);

        // The minimum of many runs of each length, measured in turns. A busy machine needs more rounds until both lengths have run once without interference.
        double shortest = double.MaxValue, longest = double.MaxValue;
        for (int round = 1; round <= MaxRounds; round++)
        {
            shortest = Math.Min(shortest, Run(shape, Short));
            longest = Math.Min(longest, Run(shape, Long));

            // The input is 8 times as long, so quadratic time would be 64 times as long. Half a millisecond allows for the resolution of the clock.
            if (round >= MinRounds && longest < shortest * 32 + 0.5)
            {
                return;
            }
        }

        Assert.Fail($"{Short} characters took {shortest} ms, and {Long} took {longest} ms.");
    }

    private static double Run(string shape, int length)
    {
        string text = Text(shape, length);
        PresignedUrlVerifier verifier = Received.Verifier();
        Stopwatch watch = Stopwatch.StartNew();
        _ = verifier.Verify(HttpMethod.Get, text, []).Status;
        _ = PresignedUrlInfo.TryParse(text, endpoint: null, out PresignedUrlInfo? info, out _);
        _ = info?.Key;
        _ = PresignedUrlInfo.Redact(text);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static string Text(string shape, int length)
    {
        string good = Received.Good.Url;
        int rest = length - good.Length;
        string Repeat(Func<int, string> piece)
        {
            System.Text.StringBuilder text = new(rest);
            for (int i = 0; text.Length < rest; i++)
            {
                text.Append(piece(i));
            }

            return text.ToString(0, rest);
        }

        return shape switch
        {
            "parameters" => good + Repeat(i => "&" + (i * 7919 % 9973)),
            "equal prefixes" => good + Repeat(i => "&" + new string('a', 60) + (i * 7919 % 9973)),
            "percent" => good + "&a=" + Repeat(_ => "%41"),
            "plus" => good + "&a=" + Repeat(_ => "+"),
            "signed headers" => good.Replace("SignedHeaders=host", "SignedHeaders=" + Repeat(i => $"a{i:d6}%3B") + "host", StringComparison.Ordinal),
            "slashes" => good.Replace("/a/k.txt", Repeat(_ => "/"), StringComparison.Ordinal),
            "equals" => good + "&" + Repeat(_ => "="),
            "non-ASCII" => good + "&a=" + Repeat(_ => "é"),
            "backslashes" => good + "\\u0026a=" + Repeat(_ => "\\\\u0026"),
            "entities" => good + "&amp;a=" + Repeat(_ => "&amp;"),
            "line breaks" => good + Repeat(_ => "\r\n > "),
            "encoded twice" => good.Replace("%2F", "%252F", StringComparison.Ordinal) + "&a=" + Repeat(_ => "%25"),
            "enclosed" => good + Repeat(_ => ".>"),
            "redactions" => Repeat(_ => "X-Amz-Signature=a&"),
            _ => Repeat(_ => "X-Amz-Signature"),
        };
    }

    private static string Mutate(string text, Random random)
    {
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            int at = random.Next(text.Length + 1);
            int removed = random.Next(4) == 0 ? random.Next(Math.Min(20, text.Length - at) + 1) : 0;
            text = text[..at] + Pieces[random.Next(Pieces.Length)] + text[(at + removed)..];
        }

        return text;
    }
}
