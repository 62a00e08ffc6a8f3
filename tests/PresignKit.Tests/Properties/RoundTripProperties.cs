using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests.Properties;

/// <summary>Whatever is accepted yields a URL that parses back to exactly these inputs, and whose signature an independent computation confirms.</summary>
public class RoundTripProperties
{
    private const int Iterations = 20_000;

    private static readonly Gen<string> Fragment = Gen.Frequency(
        (30, Gen.OneOfConst([.. "/.+%&=?#;:@ \t\n~*'()\"\\aZ09éß日\u2028\uFFFD\uE000".Select(c => c.ToString()), "🙂", "%2F", "..", "X-Amz-", "response-"])),
        (1, Gen.Char.Select(c => c.ToString())));

    private static readonly Gen<string> Text = Fragment.Array[0, 30].Select(string.Concat);
    private static readonly Gen<string> HeaderName = Gen.OneOf(
        Gen.OneOfConst("content-type", "X-Amz-Meta-A", "x-amz-meta-a-b", "x-amz-meta-a_b", "Cache-Control", "x-amz-acl", "content-length", "zz", "a"),
        Gen.String[Gen.Char.AlphaNumeric, 1, 8]);

    private static readonly Gen<string> HeaderValue = Gen.String[Gen.OneOf(Gen.Char[' ', '~'], Gen.Const(' '), Gen.Const('\t')), 0, 20];
    private static readonly Gen<string> Bucket = Gen.String[
        Gen.Frequency((20, Gen.Char['a', 'z']), (1, Gen.OneOfConst('-', '.', '_', 'A', '9'))), 2, 66];

    private static readonly Gen<S3Endpoint> Endpoint = Gen.OneOfConst(
        S3Endpoint.DigitalOceanSpaces("nyc3"),
        S3Endpoint.Aws("eu-west-1"),
        S3Endpoint.Create("http://127.0.0.1:9000", "us-east-1"),
        S3Endpoint.Create("http://[::1]:80", "us-east-1"),
        S3Endpoint.Create("http://store.example.com:8080", "us-east-1"),
        S3Endpoint.Create("https://ref.example.com/storage/v1/s 3/", "local"));

    private static readonly Gen<DateTimeOffset> Instant =
        Gen.Double[0, 36_500].Select(days => new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(days));

    [Fact]
    public void Presign_AnythingAccepted_ParsesBackAndItsSignatureIsConfirmed()
    {
        int accepted = 0;
        Gen.Select(
                Gen.Select(Endpoint, Bucket, Text, Instant),
                Gen.Select(Gen.Select(Text, Text).Array[0, 5], Gen.Select(HeaderName, HeaderValue).Array[0, 4], Gen.Int[1, 604_800], Text))
            .Sample((where, what) =>
            {
                (S3Endpoint endpoint, string bucket, string key, DateTimeOffset now) = where;
                ((string Name, string Value)[] query, (string Name, string Value)[] headers, int seconds, string token) = what;
                PresignedUrl? presigned = Try(() => new S3Presigner(OptionsFor(endpoint, token), new FakeTimeProvider(now)).Presign(
                    new S3Request(HttpMethod.Put, bucket, key)
                    {
                        ExpiresIn = TimeSpan.FromSeconds(seconds),
                        Query = TestPresigner.Pairs(query),
                        Headers = TestPresigner.Pairs(headers),
                    }));
                if (presigned is null)
                {
                    return;
                }

                Interlocked.Increment(ref accepted);
                ReceivedUrl received = ReceivedUrl.Parse(presigned.Url);
                string path = Uri.UnescapeDataString(received.Path);
                string basePath = Uri.UnescapeDataString(endpoint.BasePath);
                (path == $"{basePath}/{key}" && received.Host.StartsWith(bucket + ".", StringComparison.Ordinal) || path == $"{basePath}/{bucket}/{key}")
                    .Should().BeTrue("{0} leads to {1} in {2}", presigned.Url, key, bucket);
                AsText(received.Query).Should().Be(AsText(TestPresigner.Pairs(query)));
                string.Join('\n', presigned.RequiredHeaders.Keys.Order(StringComparer.Ordinal))
                    .Should().Be(string.Join('\n', headers.Select(header => header.Name).Order(StringComparer.Ordinal)));
                received.Value("X-Amz-Signature").Should().Be(
                    IndependentSigner.Signature("PUT", presigned.Url, presigned.RequiredHeaders, TestPresigner.SecretAccessKey));
            }, iter: Iterations, threads: 1);

        accepted.Should().BeGreaterThan(Iterations / 5, "a property over refused inputs says nothing");
    }

    private static string AsText(IEnumerable<KeyValuePair<string, string>> query) => string.Join(
        '\n', query.Where(pair => !pair.Key.StartsWith("X-Amz-", StringComparison.Ordinal)).Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal));

    private static PresignerOptions OptionsFor(S3Endpoint endpoint, string token)
    {
        PresignerOptions options = new() { AccessKeyId = "AK", SecretAccessKey = TestPresigner.SecretAccessKey };
        options.SessionToken = token.Length is > 0 and < 8 && token.All(char.IsAsciiLetterOrDigit) ? token : null;
        options.UseEndpoint(endpoint);
        return options;
    }

    // A refusal is an ArgumentException; anything else is a failure of the property.
    private static PresignedUrl? Try(Func<PresignedUrl> presign)
    {
        try
        {
            return presign();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
