using System.Text;
using System.Text.Json;

namespace PresignKit.Tests;

/// <summary>
/// The processor time of a call as its input grows from 1,000 to 1,000,000 entries or characters. The limit grows with the input size to the power of 1.5: for 100 times the input, linear time is
/// 100 times as long, the limit 1,000 times and quadratic time 10,000 times, so that a busy machine does not affect the result.
/// </summary>
[Collection(nameof(GrowthTests))]
[CollectionDefinition(nameof(GrowthTests), DisableParallelization = true)]
public class GrowthTests
{
    private const int FirstSize = 1_000;

    // A garbage collection can take this long. At 100,000 entries, quadratic time is a multiple of it.
    private static readonly TimeSpan Noise = TimeSpan.FromMilliseconds(250);

    private static readonly Dictionary<string, Func<int, Action>> Calls = new()
    {
        ["Presign with headers"] = n => Presigning(new PutObject("k") { Headers = Pairs("x-amz-meta-", n) }),
        ["Presign with headers in reverse order"] = n => Presigning(new PutObject("k") { Headers = [.. Enumerable.Reverse(Pairs("x-amz-meta-", n))] }),
        ["Presign with a query"] = n => Presigning(new GetObject("k") { Query = Pairs("p", n) }),
        ["Presign with a query in reverse order"] = n => Presigning(new GetObject("k") { Query = [.. Enumerable.Reverse(Pairs("p", n))] }),
        ["Presign with metadata"] = n => Presigning(new PutObject("k") { Metadata = Dictionary("m", n) }),
        ["Presign with tags"] = n => Rejected(() => TestPresigner.Create().Presign(new PutObject("k") { Tagging = Dictionary("t", n) })),
        ["SigV4QuerySigner"] = n => new SigV4QuerySignerCall(Pairs("p", n), Pairs("h", n)).Run,
        ["SigV4QuerySigner with a path"] = n => new SigV4QuerySignerCall([], [], Repeated("/a//./..", n)).Run,
        ["PresignedUrl with repeated headers"] = n => () => _ = new PresignedUrl("https://a.example/", HttpMethod.Get, default, default, Enumerable.Repeat(new KeyValuePair<string, string>("a", "x"), n)),
        ["PresignPost with fields"] = n => Posting(new PostPolicy(PostKey.Exact("k")) { Fields = Pairs("x-amz-meta-", n) }),
        ["PresignPost with metadata"] = n => Posting(new PostPolicy(PostKey.Exact("k")) { Metadata = Dictionary("m", n) }),
        ["PresignPost with conditions"] = n => Posting(new PostPolicy(PostKey.Exact("k")) { Conditions = Conditions(n) }),
        ["ToMultipartContent with added fields"] = n =>
        {
            PresignedPost post = new("https://a.example/", [], default, Conditions(n));
            KeyValuePair<string, string>[] fields = [.. Enumerable.Reverse(Pairs("x-amz-meta-", n))];
            return () => post.ToMultipartContent(Stream.Null, "f", fields);
        },
        ["PresignedUrl from JSON"] = n =>
        {
            string json = JsonSerializer.Serialize(new PresignedUrl("https://a.example/", HttpMethod.Get, default, default, Pairs("h", n)));
            return () => JsonSerializer.Deserialize<PresignedUrl>(json);
        },
        ["PresignedPost from JSON"] = n =>
        {
            string json = JsonSerializer.Serialize(new PresignedPost("https://a.example/", Pairs("f", n), default, Conditions(n)));
            return () => JsonSerializer.Deserialize<PresignedPost>(json);
        },
        ["S3Endpoint.TryParse"] = n => () => S3Endpoint.TryParse("https://" + Repeated("a.", n) + "/" + Repeated("b/", n), out _),
        ["UrlQuery.Append"] = n => () => UrlQuery.Append("https://a.example/", Pairs("p", n)),
        ["Resign with SetQuery"] = n => Resigning(new ResignChanges { SetQuery = Pairs("p", n) }),
        ["Resign with SetQuery and RemoveQuery"] = n => Resigning(new ResignChanges { SetQuery = Pairs("p", n), RemoveQuery = [.. Pairs("q", n).Select(pair => pair.Key)] }),
        ["Resign with AcceptAppended"] = n => Resigning(new ResignChanges { AcceptAppended = [.. Pairs("q", n).Select(pair => pair.Key)], SetQuery = Pairs("p", n) }),
        ["Verify with headers"] = n => Verifying([.. Pairs("h", n)]),
        ["Verify with unsigned headers"] = n => Verifying([.. Enumerable.Reverse(Pairs("x-amz-", n))]),
        ["Verify with a repeated header"] = n => Verifying([.. Enumerable.Repeat(new KeyValuePair<string, string>("content-type", "a b"), n)]),
        ["Verify with a long header"] = n => Verifying([new("content-type", string.Concat(Enumerable.Repeat("a  ", n)))]),
        ["SignatureExplanation.Of with headers"] = n => () => SignatureExplanation.Of(HttpMethod.Get, Received.Good.Url, Pairs("h", n)),
        ["SignatureExplanation.Of with a repeated header"] = n =>
            () => SignatureExplanation.Of(HttpMethod.Get, Received.Good.With(("content-type", "a")).Url, Enumerable.Repeat(new KeyValuePair<string, string>("content-type", "a b"), n)),
        ["SignatureComparison.Of with headers"] = n =>
        {
            PresignedUrl presigned = new(Received.Good.Url, HttpMethod.Get, default, default, Pairs("h", n));
            KeyValuePair<string, string>[] sent = [.. Pairs("h", n), .. Pairs("x-amz-", n)];
            return () => SignatureComparison.Of(presigned, HttpMethod.Get, presigned.Url, sent);
        },
        ["CompareWith parameters"] = n => Comparing(Canonical(string.Join('&', Pairs("p", n / 16).Select(pair => pair.Key + "=" + pair.Value)))),
        ["CompareWith repeated parameters"] = n => Comparing(Canonical(UpTo("a=1&", n))),
        ["CompareWith lines"] = n => Comparing("<CanonicalRequest>" + UpTo("GET\n", n) + "</CanonicalRequest>"),
        ["CompareWith names of secrets"] = n => Comparing(Canonical(UpTo("x-amz-security-token", n))),
        ["CompareWith names and ends"] = n => Comparing(Canonical(UpTo("x-amz-security-token;", n))),
        ["CompareWith parameters of secrets"] = n => Comparing(Canonical(UpTo("X-Amz-Security-Token=a&", n))),
        ["CompareWith header of secrets"] = n => Comparing("<CanonicalRequest>GET\n/a/k.txt\n\n" + UpTo("x-amz-server-side-encryption-customer-key:", n) + "</CanonicalRequest>"),
        ["CompareWith escapes"] = n => Comparing("<CanonicalRequest>GET\n/" + UpTo("%2525", n) + "</CanonicalRequest>"),
        ["CompareWith header of many parts"] = n => Comparing("<CanonicalRequest>GET\n/a/k.txt\n\nhost:" + UpTo("a, ", n) + "</CanonicalRequest>"),
        ["CompareWith nesting"] = n => Comparing(UpTo("<a>", n)),
        ["CompareWith elements"] = n => Comparing("<Code>AccessDenied</Code>" + UpTo("<a>b</a>", n)),
        ["CompareWith starts of errors"] = n => CompareWith(UpTo("<ErrorX", n)),
        ["CompareWith a message"] = n => Comparing("<Code>AccessDenied</Code><Message>" + UpTo("signature= t0k", n) + "</Message>"),
        ["CompareWith HTTP headers"] = n => CompareWith(UpTo("HTTP/1.1 100 Continue\r\n\r\n", n)),
        ["CompareWith HTML"] = n => CompareWith("HTTP/1.1 403\r\n\r\n<html>" + UpTo("<p>Server: \n", n)),
    };

    public static TheoryData<string> Names => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Call_LargerInput_DoesNotTakeQuadraticTime(string call)
    {
        int max = call.StartsWith("CompareWith", StringComparison.Ordinal) ? 1_000_000 : TestScale.Of(1_000_000);
        ShouldNotBeQuadratic(Calls[call], FirstSize, max);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(40)]
    public void RepeatedName_AmongAnyNumber_IsRejected(int count)
    {
        KeyValuePair<string, string>[] names = [.. Pairs("x-amz-meta-", count), new("X-Amz-Meta-0000000", "v")], parameters = [.. Pairs("p", count), new("p0000000", "v")];
        S3Presigner presigner = TestPresigner.Create();

        FluentActions.Invoking(() => presigner.Presign(new PutObject("k") { Headers = names })).Should().Throw<ArgumentException>().WithMessage("*specified twice*");
        FluentActions.Invoking(() => presigner.Presign(new GetObject("k") { Query = parameters })).Should().Throw<ArgumentException>().WithMessage("*specified twice*");
        FluentActions.Invoking(() => presigner.PresignPost(new PostPolicy(PostKey.Exact("k")) { Fields = names })).Should().Throw<ArgumentException>().WithMessage("*specified twice*");
    }

    // Insertion and the other algorithm give the same order, so only the time shows which of them sorts many entries.
    [Fact]
    public void Sort_ManyHeadersInReverseOrder_DoesNotTakeQuadraticTime() => ShouldNotBeQuadratic(count =>
    {
        KeyValuePair<string, string>[] headers = [.. Enumerable.Reverse(Pairs("x-amz-meta-", count))];
        return () => CanonicalHeaders.Sort((KeyValuePair<string, string>[])headers.Clone());
    }, firstSize: 100, max: 10_000);

    [Fact]
    public void Sort_ManyParametersInReverseOrder_DoesNotTakeQuadraticTime() => ShouldNotBeQuadratic(count =>
    {
        KeyValuePair<string, string>[] pairs = [.. Enumerable.Reverse(Pairs("p", count))];
        byte[] encoded = Encoding.ASCII.GetBytes(string.Concat(pairs.Select(pair => pair.Key + "=" + pair.Value)));
        int length = encoded.Length / count;
        EncodedParameter[] parameters = [.. Enumerable.Range(0, count).Select(i => new EncodedParameter(i * length, ((i + 1) * length) - 2, (i + 1) * length))];
        return () => CanonicalQuery.Sort((EncodedParameter[])parameters.Clone(), count, encoded);
    }, firstSize: 100, max: 10_000);

    private static void ShouldNotBeQuadratic(Func<int, Action> call, int firstSize, int max)
    {
        TimeSpan first = Average(call(firstSize));
        for (int size = firstSize * 10; size <= max; size *= 10)
        {
            double growth = Math.Pow((double)size / firstSize, 1.5);
            TimeSpan limit = TimeSpan.FromMilliseconds(Math.Max(first.TotalMilliseconds * growth, Noise.TotalMilliseconds));

            Best(call(size), limit).Should().BeLessThanOrEqualTo(limit, "the call takes {0} ms with {1:N0} entries, and this is the time with {2:N0}", first.TotalMilliseconds, firstSize, size);
        }
    }

    private static TimeSpan Average(Action run)
    {
        run();
        TimeSpan start = ProcessorTime;
        int count = 0;

        // At least once: a garbage collection can use up the time before the first run.
        do
        {
            run();
            count++;
        }
        while (count < 100 && ProcessorTime - start < TimeSpan.FromMilliseconds(50));

        return (ProcessorTime - start) / count;
    }

    // Runs up to three times until a run is fast enough. A run that is far too slow is not repeated.
    private static TimeSpan Best(Action run, TimeSpan limit)
    {
        TimeSpan best = TimeSpan.MaxValue;
        for (int i = 0; i < 3 && best > limit && (i == 0 || best < 5 * limit); i++)
        {
            TimeSpan start = ProcessorTime;
            run();
            TimeSpan time = ProcessorTime - start;
            best = time < best ? time : best;
        }

        return best;
    }

#if NET9_0_OR_GREATER
    private static TimeSpan ProcessorTime => Environment.CpuUsage.TotalTime;
#else
    private static TimeSpan ProcessorTime => System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime;
#endif

    private static Action Presigning(S3Operation operation) => () => TestPresigner.Create().Presign(operation);

    private static Action Posting(PostPolicy policy) => () => TestPresigner.Create().PresignPost(policy);

    private static Action Resigning(ResignChanges changes)
    {
        S3Presigner presigner = TestPresigner.Create();
        string url = presigner.Presign(new GetObject("k") { Query = Pairs("q", 1_000) }).Url;
        return () => presigner.Resign(url, HttpMethod.Get, changes);
    }

    private static Action Verifying(KeyValuePair<string, string>[] headers)
    {
        PresignedUrlVerifier verifier = Received.Verifier();
        string url = Received.Good.With(("content-type", "a")).Url;
        return () => verifier.Verify(HttpMethod.Get, url, headers);
    }

    private static Action Comparing(string elements) => CompareWith("<Error>" + elements + "</Error>");

    private static Action CompareWith(string response)
    {
        SignatureExplanation explanation = TestPresigner.Create(options => options.SessionToken = TestPresigner.SessionToken).Explain(new GetObject("k"));
        return () => explanation.CompareWith(response, Received.Credentials);
    }

    private static Action Rejected(Action call) => () => call.Should().Throw<ArgumentException>();

    private static string Canonical(string query) => "<CanonicalRequest>GET\n/k\n" + System.Security.SecurityElement.Escape(query) + "\nhost:a\n\nhost\nUNSIGNED-PAYLOAD</CanonicalRequest>";

    // At most 1,048,576 characters of a store's response are read.
    private static string UpTo(string text, int length) => Repeated(text, (length - 200) / text.Length);

    private static string Repeated(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private static KeyValuePair<string, string>[] Pairs(string prefix, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new KeyValuePair<string, string>(FormattableString.Invariant($"{prefix}{i:D7}"), "v"))];

    private static Dictionary<string, string> Dictionary(string prefix, int count) => Pairs(prefix, count).ToDictionary(pair => pair.Key, pair => pair.Value);

    private static PostCondition[] Conditions(int count) => [.. Pairs("x-amz-meta-", count).Select(pair => PostCondition.StartsWith(pair.Key, "v"))];

    private sealed class SigV4QuerySignerCall(KeyValuePair<string, string>[] query, KeyValuePair<string, string>[] headers, string path = "/")
    {
        public void Run() => new SigV4QuerySigner(Received.Credentials, "eu-west-1", "sts", new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TestPresigner.Now))
            .Presign(new SigV4QueryRequest(HttpMethod.Get, "a.example") { Path = path, Query = query, Headers = headers });
    }
}
