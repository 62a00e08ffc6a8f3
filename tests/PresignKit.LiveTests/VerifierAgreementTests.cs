using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.LiveTests;

/// <summary>The verifier and a live store, asked about the same requests: 40 ways to write, change and forge four operations, at each store.</summary>
public class VerifierAgreementTests
{
    private const string Object = "a b+c";

    // What differs on purpose: here the verifier refuses what the store takes, but for the lock on Swift.
    private static readonly Dictionary<(Via Via, string Change), string> Differences = new()
    {
        [(Via.Rgw, "unsigned x-amz-meta header")] = "AWS refuses unsigned x-amz-* headers: whoever holds the URL would decide on them.",
        [(Via.Rgw, "unsigned x-amz-acl header")] = "The holder of an upload URL could publish the object.",
        [(Via.Rgw, "signed for another region")] = "This RGW does not look at the region; the verifier was told which one to expect.",
        [(Via.Rgw, "signed for another service")] = "This RGW does not look at the service.",
        [(Via.Rgw, "signed an hour ahead")] = "A URL that is not valid yet must not hold now; AWS allows 15 minutes.",
        [(Via.Rgw, "the own parameter twice")] = "Both stores fold two parameters of one name and value into one; a framework behind the verifier need not.",
        [(Via.Swift, "the own parameter twice")] = "Both stores fold two parameters of one name and value into one; a framework behind the verifier need not.",
        [(Via.Swift, "an Authorization header beside")] = "Swift does not look at it; RGW goes by it and not by the URL. One request must not say two things.",
        [(Via.Swift, "signed an hour ahead")] = "A URL that is not valid yet must not hold now; AWS allows 15 minutes.",
        [(Via.Swift, "names locked, headers not sent")] = "Swift wants every name to be sent; the signature says that they must not be.",
    };

    private static readonly (string Name, Func<ReceivedRequest, ReceivedRequest> Apply)[] Changes =
    [
        ("nothing", request => request),
        ("another order of parameters", request => request.MapQuery(parameters => parameters.Reverse())),
        ("lower-case escapes", request => request with { Url = Regex.Replace(request.Url, "%..", escape => escape.Value.ToLowerInvariant()) }),
        ("empty parameters", request => request.MapQuery(parameters => ["", .. parameters, ""])),
        ("a letter of the key escaped", request => request.Replace("/a%20b", "/%61%20b")),
        ("a letter of a name escaped", request => request.Replace("X-Amz-Date", "X%2DAmz-Date")),
        ("the slash of the credential raw", request => request.Replace("%2Fs3%2F", "/s3/")),
        ("the plus of the key raw", request => request.Replace("%2Bc", "+c")),
        ("a parameter appended", request => request.Append("&foo=bar")),
        ("a name appended", request => request.Append("&foo")),
        ("an override appended", request => request.Append("&response-content-language=de")),
        ("the version appended", request => request.Append("&versionId=null")),
        ("the own parameter taken away", request => request.MapQuery(parameters => parameters.Where(one => !one.StartsWith("own=", StringComparison.Ordinal)))),
        ("the own parameter changed", request => request.Replace("own=1", "own=2")),
        ("the own parameter twice", request => request.Append("&own=1")),
        ("another key", request => request.Replace("/a%20b", "/a%20c")),
        ("a slash more", request => request.Replace("/a%20b", "//a%20b")),
        ("the key escaped twice", request => request.Replace("/a%20b", "/a%2520b")),
        ("a longer life", request => request.Replace("X-Amz-Expires=600", "X-Amz-Expires=6000")),
        ("a life of nothing", request => request.Replace("X-Amz-Expires=600", "X-Amz-Expires=0")),
        ("a negative life", request => request.Replace("X-Amz-Expires=600", "X-Amz-Expires=-600")),
        ("a life of 604801 seconds", request => request.Replace("X-Amz-Expires=600", "X-Amz-Expires=604801")),
        ("a life in words", request => request.Replace("X-Amz-Expires=600", "X-Amz-Expires=long")),
        ("the life twice", request => request.Append("&X-Amz-Expires=6000")),
        ("another access key", request => request with { Url = Regex.Replace(request.Url, "Credential=[^%]+", "Credential=NOBODY") }),
        ("another algorithm", request => request.Replace("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA512")),
        ("no algorithm", request => request.MapQuery(parameters => parameters.Where(one => !one.StartsWith("X-Amz-Algorithm", StringComparison.Ordinal)))),
        ("no date", request => request.MapQuery(parameters => parameters.Where(one => !one.StartsWith("X-Amz-Date", StringComparison.Ordinal)))),
        ("no life", request => request.MapQuery(parameters => parameters.Where(one => !one.StartsWith("X-Amz-Expires", StringComparison.Ordinal)))),
        ("no signature", request => request.MapQuery(parameters => parameters.Where(one => !one.StartsWith("X-Amz-Signature", StringComparison.Ordinal)))),
        ("a name in lower case", request => request.Replace("X-Amz-Date", "x-amz-date")),
        ("another signature", request => request with { Url = request.Url[..^1] + (request.Url[^1] == '0' ? '1' : '0') }),
        ("the signature in upper case", request => request with { Url = Regex.Replace(request.Url, "Signature=[0-9a-f]+", one => "Signature=" + one.Value[10..].ToUpperInvariant()) }),
        ("another method", request => request with { Method = request.Method == HttpMethod.Get ? HttpMethod.Head : HttpMethod.Get }),
        ("signed header changed", request => request.With("content-language", "en")),
        ("signed header not sent", request => request with { Headers = new Dictionary<string, string>() }),
        ("unsigned header of no consequence", request => request.With("x-request-id", "1")),
        ("unsigned x-amz-meta header", request => request.With("x-amz-meta-a", "1")),
        ("unsigned x-amz-acl header", request => request.With("x-amz-acl", "private")),
        ("an Authorization header beside", request => request.With("Authorization", "Bearer abc")),
    ];

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.Swift)]
    public async Task Verify_GoodAndTamperedRequests_SaysWhatTheStoreSays(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        PresignedUrlVerifier verifier = new(
            id => id == store.AccessKeyId ? new S3Credentials(id, store.SecretAccessKey) : null, new PresignedUrlVerifierOptions { Region = store.Region });
        int asked = 0, accepted = 0;
        HashSet<string> different = [];
        StringBuilder unexpected = new();
        foreach ((string name, ReceivedRequest request) in Requests(store))
        {
            await store.Put(Object, Encoding.UTF8.GetBytes("content"));
            int status = await Send(store, request);
            PresignedUrlVerificationStatus verdict = verifier.Verify(request.Method, request.Url, request.Headers).Status;
            bool isAccepted = status is >= 200 and < 300 or 404;
            asked++;
            accepted += isAccepted ? 1 : 0;
            if (isAccepted != (verdict == PresignedUrlVerificationStatus.Valid) && !(Differences.ContainsKey((via, name)) && different.Add(name)) && !different.Contains(name))
            {
                unexpected.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"{name}: {request.Method} answered {status}, and the verifier says {verdict}: {request.Url}");
            }
        }

        unexpected.ToString().Should().BeEmpty();
        different.Should().BeEquivalentTo(Differences.Keys.Where(one => one.Via == via).Select(one => one.Change), "a difference that is none any more has to go from the list");
        asked.Should().BeGreaterThan(150);
        accepted.Should().BeInRange(asked / 10, asked / 2);
    }

    private static IEnumerable<(string Name, ReceivedRequest Request)> Requests(LiveStore store)
    {
        S3Presigner presigner = store.Presigner();
        foreach (S3Operation operation in Operations())
        {
            foreach ((string name, Func<ReceivedRequest, ReceivedRequest> apply) in Changes)
            {
                yield return (name, apply(ReceivedRequest.Of(presigner.Presign(operation))));
            }

            yield return ("signed an hour ago", ReceivedRequest.Of(store.Presigner(Clock(hours: -1)).Presign(operation)));
            yield return ("signed an hour ahead", ReceivedRequest.Of(store.Presigner(Clock(hours: 1)).Presign(operation)));
            yield return ("signed with another secret", ReceivedRequest.Of(Changed(store, options => options.SecretAccessKey = "another").Presign(operation)));
            yield return ("signed for another region", ReceivedRequest.Of(Changed(store, options => options.Region = "ams3").Presign(operation)));
        }

        PresignedUrl other = new SigV4QuerySigner(new S3Credentials(store.AccessKeyId, store.SecretAccessKey), store.Region, "iam").Presign(
            new SigV4QueryRequest(HttpMethod.Get, new Uri(store.Endpoint).Authority)
            {
                Path = $"/{store.Bucket}/k",
                Headers = [new("x-amz-content-sha256", "UNSIGNED-PAYLOAD")],
            });
        yield return ("signed for another service", ReceivedRequest.Of(other) with { Url = other.Url.Replace("https://", "http://", StringComparison.Ordinal) });
        yield return ("names locked, headers not sent", ReceivedRequest.Of(Changed(store, options => options.LockUnsignedHeaders = true).Presign(new PutObject(Object))));
    }

    private static IEnumerable<S3Operation> Operations()
    {
        KeyValuePair<string, string>[] own = [new("own", "1")];
        KeyValuePair<string, string>[] header = [new("content-language", "de")];
        TimeSpan tenMinutes = TimeSpan.FromMinutes(10);
        yield return new GetObject(Object) { ExpiresIn = tenMinutes, Query = own, Headers = header };
        yield return new HeadObject(Object) { ExpiresIn = tenMinutes, Query = own, Headers = header };
        yield return new PutObject(Object) { ExpiresIn = tenMinutes, Query = own, Headers = header };
        yield return new DeleteObject(Object) { ExpiresIn = tenMinutes, Query = own, Headers = header };
    }

    private static async Task<int> Send(LiveStore store, ReceivedRequest request)
    {
        Uri uri = new(request.Url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using HttpResponseMessage response = await store.Send(
            request.Method, uri, request.Headers, request.Method == HttpMethod.Put ? new ByteArrayContent([1]) : null);
        return (int)response.StatusCode;
    }

    private static S3Presigner Changed(LiveStore store, Action<PresignerOptions> change)
    {
        PresignerOptions options = store.Options();
        change(options);
        return new S3Presigner(options);
    }

    private static FakeTimeProvider Clock(int hours) => new(DateTimeOffset.UtcNow.AddHours(hours));
}
