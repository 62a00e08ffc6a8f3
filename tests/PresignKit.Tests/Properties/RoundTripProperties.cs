using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

/// <summary>Every accepted request yields a URL that parses back to exactly its input, and whose signature an independent implementation confirms.</summary>
public class RoundTripProperties
{
    private const int Iterations = 20_000;

    [Fact]
    public void Presign_AcceptedRequest_ParsesBackAndItsSignatureIsConfirmed()
    {
        int accepted = 0;
        Gen.Select(
                Gen.Select(Inputs.Endpoint, Inputs.Bucket, Inputs.Text, Inputs.Instant),
                Gen.Select(
                    Gen.Select(Inputs.Text, Inputs.Text).Array[0, 5], Gen.Select(Inputs.HeaderName, Inputs.HeaderValue).Array[0, 4], Inputs.Seconds, Inputs.Text))
            .Sample((where, what) =>
            {
                (S3Endpoint endpoint, string bucket, string key, DateTimeOffset now) = where;
                ((string Name, string Value)[] query, (string Name, string Value)[] headers, int seconds, string token) = what;
                PresignedUrl? presigned = Inputs.Try(() => new S3Presigner(OptionsFor(endpoint, token), new FakeTimeProvider(now)).Presign(
                    new S3Request(HttpMethod.Put, key)
                    {
                        Bucket = bucket,
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
                    .Should().BeTrue("{0} must address the key {1} in the bucket {2}", presigned.Url, key, bucket);
                AsText(received.Query).Should().Be(AsText(TestPresigner.Pairs(query)));
                string.Join('\n', presigned.RequiredHeaders.Keys.Order(StringComparer.Ordinal))
                    .Should().Be(string.Join('\n', headers.Select(header => header.Name).Order(StringComparer.Ordinal)));
                received.Value("X-Amz-SignedHeaders").Should().Be(
                    string.Join(';', headers.Select(header => header.Name.ToLowerInvariant()).Append("host").Order(StringComparer.Ordinal)));
                received.Value("X-Amz-Signature").Should().Be(
                    IndependentSigner.Signature("PUT", presigned.Url, presigned.RequiredHeaders, TestPresigner.SecretAccessKey));
            }, iter: TestScale.Of(Iterations), threads: 1);

        accepted.Should().BeGreaterThan(TestScale.Of(Iterations) / 5, "the test needs enough requests that are not rejected");
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
}
