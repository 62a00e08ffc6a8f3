using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.LiveTests;

/// <summary>Compares the verifier with live stores for the same requests: 40 ways to write, change and forge four operations, on each store.</summary>
public class VerifierAgreementTests
{
    private const string Object = "a b+c";

    // The intended differences: the verifier rejects requests that the store accepts. The only opposite case is the lock on Swift.
    private static readonly Dictionary<(Via Via, string Change), string> Differences = new()
    {
        [(Via.Rgw, "unsigned x-amz-meta header")] = "AWS rejects unsigned x-amz-* headers, which anyone who has the URL could choose.",
        [(Via.Rgw, "unsigned x-amz-acl header")] = "Anyone who has an upload URL could publish the object.",
        [(Via.Rgw, "signed for a different region")] = "This RGW ignores the region, but the verifier is configured with one.",
        [(Via.Rgw, "signed for a different service")] = "This RGW ignores the service.",
        [(Via.Rgw, "signed an hour ahead")] = "A URL that is not valid yet must not be accepted now. AWS allows 15 minutes.",
        [(Via.Rgw, "the custom parameter twice")] = "Both stores merge two parameters with the same name and value, but a framework behind the verifier might not.",
        [(Via.Swift, "the custom parameter twice")] = "Both stores merge two parameters with the same name and value, but a framework behind the verifier might not.",
        [(Via.Swift, "an additional Authorization header")] = "Swift ignores it, and RGW uses it instead of the URL. A request must not be ambiguous.",
        [(Via.Swift, "signed an hour ahead")] = "A URL that is not valid yet must not be accepted now. AWS allows 15 minutes.",
        [(Via.Swift, "names locked, headers not sent")] = "Swift requires every signed header to be sent, but these headers are signed as absent.",
    };

    private static readonly (string Name, Func<ReceivedRequest, ReceivedRequest> Apply)[] Changes =
    [
        ("nothing", request => request),
        ("parameters in a different order", request => request.MapQuery(parameters => parameters.Reverse())),
        ("lowercase escapes", request => request with { Url = Regex.Replace(request.Url, "%..", escape => escape.Value.ToLowerInvariant()) }),
        ("empty parameters", request => request.MapQuery(parameters => ["", .. parameters, ""])),
        ("a letter of the key escaped", request => request.Replace("/a%20b", "/%61%20b")),
        ("a letter of a name escaped", request => request.Replace("X-Amz-Date", "X%2DAmz-Date")),
        ("the slash of the credential unescaped", request => request.Replace("%2Fs3%2F", "/s3/")),
        ("the plus of the key unescaped", request => request.Replace("%2Bc", "+c")),
        ("a parameter appended", request => request.Append("&foo=bar")),
        ("a name appended", request => request.Append("&foo")),
        ("an override appended", request => request.Append("&response-content-language=de")),
        ("the version appended", request => request.Append("&versionId=null")),
        ("the custom parameter removed", request => request.MapQuery(parameters => parameters.Where(one => !one.StartsWith("own=", StringComparison.Ordinal)))),
        ("the custom parameter changed", request => request.Replace("own=1", "own=2")),
        ("the custom parameter twice", request => request.Append("&own=1")),
        ("a different key", request => request.Replace("/a%20b", "/a%20c")),
        ("an additional slash", request => request.Replace("/a%20b", "//a%20b")),
        ("the key escaped twice", request => request.Replace("/a%20b", "/a%2520b")),
        ("a longer lifetime", request => request.Replace("X-Amz-Expires=600", "X-Amz-Expires=6000")),
        ("a lifetime of 0 seconds", request => request.Replace("X-Amz-Expires=600", "X-Amz-Expires=0")),
        ("a negative lifetime", request => request.Replace("X-Amz-Expires=600", "X-Amz-Expires=-600")),
        ("a lifetime of 604801 seconds", request => request.Replace("X-Amz-Expires=600", "X-Amz-Expires=604801")),
        ("a lifetime in words", request => request.Replace("X-Amz-Expires=600", "X-Amz-Expires=long")),
        ("the lifetime twice", request => request.Append("&X-Amz-Expires=6000")),
        ("a different access key", request => request with { Url = Regex.Replace(request.Url, "Credential=[^%]+", "Credential=NOBODY") }),
        ("a different algorithm", request => request.Replace("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA512")),
        ("no algorithm", request => request.MapQuery(parameters => parameters.Where(one => !one.StartsWith("X-Amz-Algorithm", StringComparison.Ordinal)))),
        ("no date", request => request.MapQuery(parameters => parameters.Where(one => !one.StartsWith("X-Amz-Date", StringComparison.Ordinal)))),
        ("no lifetime", request => request.MapQuery(parameters => parameters.Where(one => !one.StartsWith("X-Amz-Expires", StringComparison.Ordinal)))),
        ("no signature", request => request.MapQuery(parameters => parameters.Where(one => !one.StartsWith("X-Amz-Signature", StringComparison.Ordinal)))),
        ("a name in lowercase", request => request.Replace("X-Amz-Date", "x-amz-date")),
        ("a different signature", request => request with { Url = request.Url[..^1] + (request.Url[^1] == '0' ? '1' : '0') }),
        ("the signature in uppercase", request => request with { Url = Regex.Replace(request.Url, "Signature=[0-9a-f]+", one => "Signature=" + one.Value[10..].ToUpperInvariant()) }),
        ("a different method", request => request with { Method = request.Method == HttpMethod.Get ? HttpMethod.Head : HttpMethod.Get }),
        ("signed header changed", request => request.With("content-language", "en")),
        ("signed header not sent", request => request with { Headers = new Dictionary<string, string>() }),
        ("harmless unsigned header", request => request.With("x-request-id", "1")),
        ("unsigned x-amz-meta header", request => request.With("x-amz-meta-a", "1")),
        ("unsigned x-amz-acl header", request => request.With("x-amz-acl", "private")),
        ("an additional Authorization header", request => request.With("Authorization", "Bearer abc")),
    ];

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.Swift)]
    [InlineData(Via.LocalS3)]
    public async Task Verify_GoodAndTamperedRequests_AgreesWithTheStore(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        PresignedUrlVerifier verifier = new(
            id => id == store.AccessKeyId ? new S3Credentials(id, store.SecretAccessKey) : null, new PresignedUrlVerifierOptions { Region = store.Region });
        int sent = 0, accepted = 0;
        HashSet<string> different = [];
        StringBuilder unexpected = new();
        foreach ((string name, ReceivedRequest request) in Requests(store))
        {
            await store.Put(Object, Encoding.UTF8.GetBytes("content"));
            int status = await Send(store, request);
            PresignedUrlVerificationStatus verdict = verifier.Verify(request.Method, request.Url, request.Headers).Status;
            bool isAccepted = status is >= 200 and < 300 or 404;
            sent++;
            accepted += isAccepted ? 1 : 0;
            if (isAccepted != (verdict == PresignedUrlVerificationStatus.Valid) && !(Differences.ContainsKey((via, name)) && different.Add(name)) && !different.Contains(name))
            {
                unexpected.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"{name}: the store returned {status} for {request.Method}, but the verifier returned {verdict}: {request.Url}");
            }
        }

        unexpected.ToString().Should().BeEmpty();
        different.Should().BeEquivalentTo(Differences.Keys.Where(one => one.Via == via).Select(one => one.Change), "a difference that no longer exists must be removed from the list");
        sent.Should().BeGreaterThan(150);
        accepted.Should().BeInRange(sent / 10, sent / 2);
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
            yield return ("signed with a different secret", ReceivedRequest.Of(Changed(store, options => options.SecretAccessKey = "another").Presign(operation)));
            yield return ("signed for a different region", ReceivedRequest.Of(Changed(store, options => options.Region = "ams3").Presign(operation)));
        }

        PresignedUrl other = new SigV4QuerySigner(new S3Credentials(store.AccessKeyId, store.SecretAccessKey), store.Region, "iam").Presign(
            new SigV4QueryRequest(HttpMethod.Get, new Uri(store.Endpoint).Authority)
            {
                Path = $"/{store.Bucket}/k",
                Headers = [new("x-amz-content-sha256", "UNSIGNED-PAYLOAD")],
            });
        yield return ("signed for a different service", ReceivedRequest.Of(other) with { Url = other.Url.Replace("https://", "http://", StringComparison.Ordinal) });
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
