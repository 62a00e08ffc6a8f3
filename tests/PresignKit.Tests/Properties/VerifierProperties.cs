using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

/// <summary>A presigned URL is valid. It stays valid if the same request is written differently, but not if the canonical request changes.</summary>
public class VerifierProperties
{
    private const int Iterations = 10_000;
    private const string Token = "t0ken/+";

    private static readonly Gen<(PresignedUrl? Url, DateTimeOffset Now)> Case = Gen.Select(
        Gen.Select(Inputs.Endpoint, Inputs.Bucket, Inputs.Text, Inputs.Instant),
        Gen.Select(Gen.Select(Inputs.Text, Inputs.Text).Array[0, 4], Gen.Select(Inputs.HeaderName, Inputs.HeaderValue).Array[0, 3], Inputs.Seconds, Gen.Int[0, 7]),
        (where, what) =>
        {
            (S3Endpoint endpoint, string bucket, string key, DateTimeOffset now) = where;
            ((string Name, string Value)[] query, (string Name, string Value)[] headers, int seconds, int flags) = what;
            PresignerOptions options = new() { AccessKeyId = "AK", SecretAccessKey = TestPresigner.SecretAccessKey, SessionToken = Token };
            options.UseEndpoint(endpoint);
            options.SigningWindow = (flags & 1) == 0 ? null : TimeSpan.FromSeconds(600);
            options.LockUnsignedHeaders = (flags & 2) != 0 && endpoint.Host.StartsWith("store.", StringComparison.Ordinal);
            return (Inputs.Try(() => new S3Presigner(options, new FakeTimeProvider(now)).Presign(new S3Request(HttpMethod.Put, key)
            {
                Bucket = bucket,
                ExpiresIn = TimeSpan.FromSeconds(seconds),
                Query = TestPresigner.Pairs(query),
                Headers = TestPresigner.Pairs(headers),
            })), now);
        });

    [Fact]
    public void Verify_PresignedUrl_IsValid() => Check((url, now, _) =>
        Verify(url.Url, url.RequiredHeaders, now).Should().Be(PresignedUrlVerificationStatus.Valid, "{0}", url.Url));

    [Theory]
    [InlineData("letter case of the host")]
    [InlineData("letter case of header names")]
    [InlineData("letter case of %xx")]
    [InlineData("characters escaped without need")]
    [InlineData("+ for a space in the query")]
    [InlineData("order of parameters")]
    [InlineData("order of headers")]
    [InlineData("empty parameters")]
    [InlineData("white space around values")]
    [InlineData("runs of white space in values")]
    [InlineData("path and Host header instead of the whole URL")]
    public void Verify_SameRequestWrittenDifferently_StaysValid(string change)
    {
        int changed = 0;
        Check((url, now, random) =>
        {
            (string text, List<KeyValuePair<string, string>> headers) = Rewrite(change, url, random);
            Interlocked.Add(ref changed, text != url.Url || !headers.SequenceEqual(url.RequiredHeaders) ? 1 : 0);
            Verify(text, headers, now).Should().Be(PresignedUrlVerificationStatus.Valid, "{0}: {1}", change, text);
        }, iterations: 1000);

        changed.Should().BeGreaterThan(20, "the test needs enough requests that the rewrite changes");
    }

    [Fact]
    public void Verify_AnyChangeOfTheUrl_IsValidOnlyIfTheCanonicalRequestIsTheSame()
    {
        int same = 0, different = 0;
        Check((url, now, random) =>
        {
            for (int i = 0; i < 5; i++)
            {
                string changed = Mutate(url.Url, random);
                bool isSame = IndependentSigner.CanonicalRequest("PUT", changed, url.RequiredHeaders) is { } canonical
                    && canonical == IndependentSigner.CanonicalRequest("PUT", url.Url, url.RequiredHeaders)
                    && SignatureOf(changed) == SignatureOf(url.Url);
                (Verify(changed, url.RequiredHeaders, now) == PresignedUrlVerificationStatus.Valid).Should().Be(isSame, "{0} was changed from {1}", changed, url.Url);
                Interlocked.Increment(ref isSame ? ref same : ref different);
            }
        });

        same.Should().BeGreaterThan(TestScale.Of(50));
        different.Should().BeGreaterThan(TestScale.Of(1000));
    }

    [Fact]
    public void Verify_AnyChangeOfMethodOrHeaders_IsNotValid() => Check((url, now, random) =>
    {
        Verify(url.Url, url.RequiredHeaders, now, HttpMethod.Get).Should().Be(NotValidFor(url), "{0}", url.Url);
        Verify(url.Url, url.RequiredHeaders.Append(new("x-amz-copy-source", "/a/b")), now).Should().NotBe(PresignedUrlVerificationStatus.Valid);
        foreach (string name in url.RequiredHeaders.Keys)
        {
            Verify(url.Url, url.RequiredHeaders.Where(header => header.Key != name), now).Should().Be(PresignedUrlVerificationStatus.MissingSignedHeader, "{0} was sent without {1}", url.Url, name);
            Verify(url.Url, url.RequiredHeaders.Select(header => header.Key == name ? new(name, header.Value + "x") : header), now)
                .Should().Be(NotValidFor(url), "{0} was sent with a different {1}", url.Url, name);
        }
    });

    // Locked headers are signed but not sent, so any invalid request with such a URL is reported as missing signed headers.
    private static PresignedUrlVerificationStatus NotValidFor(PresignedUrl url) =>
        SignedNames(url.Url).Except(url.RequiredHeaders.Keys.Select(name => name.ToLowerInvariant())).Count() > 1 ? PresignedUrlVerificationStatus.MissingSignedHeader : PresignedUrlVerificationStatus.SignatureMismatch;

    private static void Check(Action<PresignedUrl, DateTimeOffset, Random> check, int? iterations = null)
    {
        int count = iterations ?? TestScale.Of(Iterations);
        int accepted = 0;
        Gen.Select(Case, Gen.Int).Sample((one, seed) =>
        {
            if (one.Url is not null)
            {
                Interlocked.Increment(ref accepted);
                check(one.Url, one.Now, new Random(seed));
            }
        }, iter: count, threads: 1);
        accepted.Should().BeGreaterThan(count / 20, "the test needs enough requests that are not rejected");
    }

    private static PresignedUrlVerificationStatus Verify(string url, IEnumerable<KeyValuePair<string, string>> headers, DateTimeOffset now, HttpMethod? method = null) =>
        new PresignedUrlVerifier(id => id == "AK" ? new S3Credentials(id, TestPresigner.SecretAccessKey, Token) : null, timeProvider: new FakeTimeProvider(now))
            .Verify(method ?? HttpMethod.Put, url, headers).Status;

    private static (string Url, List<KeyValuePair<string, string>> Headers) Rewrite(string change, PresignedUrl presigned, Random random)
    {
        string url = presigned.Url;
        List<KeyValuePair<string, string>> headers = [.. presigned.RequiredHeaders];
        int query = url.IndexOf('?', StringComparison.Ordinal) + 1;
        int path = url.IndexOf('/', url.IndexOf("//", StringComparison.Ordinal) + 2);
        switch (change)
        {
            case "letter case of the host":
                return (url[..path].ToUpperInvariant().Replace("HTTP", "http", StringComparison.Ordinal) + url[path..], headers);
            case "letter case of header names":
                return (url, [.. headers.Select(header => new KeyValuePair<string, string>(header.Key.ToUpperInvariant(), header.Value))]);
            case "letter case of %xx":
                return (System.Text.RegularExpressions.Regex.Replace(url, "%..", escape => escape.Value.ToLowerInvariant()), headers);
            case "characters escaped without need":
                int at = random.Next(query, url.Length);
                return (char.IsAsciiLetterOrDigit(url[at]) && url[at - 1] != '%' && url[at - 2] != '%' ? $"{url[..at]}%{(int)url[at]:x2}{url[(at + 1)..]}" : url, headers);
            case "+ for a space in the query":
                return (url[..query] + url[query..].Replace("%20", "+", StringComparison.Ordinal), headers);
            case "order of parameters":
                return (url[..query] + string.Join('&', url[query..].Split('&').OrderBy(_ => random.Next())), headers);
            case "order of headers":
                return (url, [.. headers.OrderBy(_ => random.Next())]);
            case "empty parameters":
                return (url[..query] + "&&" + url[query..].Replace("&", "&&", StringComparison.Ordinal) + "&", headers);
            case "white space around values":
                return (url, [.. headers.Select(header => new KeyValuePair<string, string>(header.Key, " \t" + header.Value + "  "))]);
            case "runs of white space in values":
                return (url, [.. headers.Select(header => new KeyValuePair<string, string>(header.Key, header.Value.Replace(" ", " \t ", StringComparison.Ordinal)))]);
            default:
                return (url[path..], [.. headers, new("Host", IndependentSigner.CanonicalRequest("PUT", url, headers)!.Split('\n').Single(line => line.StartsWith("host:", StringComparison.Ordinal))[5..])]);
        }
    }

    private static string Mutate(string url, Random random)
    {
        const string Alphabet = "/?&=%+#;:@.-_~aAzZ09 \té";
        string[] texts = ["&a=b", "&X-Amz-Expires=9", "%2F", "//", "..", "%00", "&", "&versionId=1", "0"];
        int at = random.Next(8, url.Length);
        char c = Alphabet[random.Next(Alphabet.Length)];
        return random.Next(6) switch
        {
            0 => url.Remove(at, 1),
            1 => url.Insert(at, c.ToString()),
            2 => url[..at] + c + url[(at + 1)..],
            3 => url.Insert(at, texts[random.Next(texts.Length)]),
            4 => url[..at] + (char.IsUpper(url[at]) ? char.ToLowerInvariant(url[at]) : char.ToUpperInvariant(url[at])) + url[(at + 1)..],
            _ => url.Insert(at, url[at].ToString()),
        };
    }

    private static string? SignatureOf(string url) => IndependentSigner.Query(url)?.Where(pair => pair.Name == "X-Amz-Signature") is { } signatures ? string.Join('|', signatures.Select(one => one.Value)) : null;

    private static string[] SignedNames(string url) => Uri.UnescapeDataString(IndependentSigner.Query(url)!.Single(pair => pair.Name == "X-Amz-SignedHeaders").Value).Split(';');
}
