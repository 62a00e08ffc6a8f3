using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

/// <summary>The signing core for services other than S3. The expected signatures are computed here with the platform's HMAC.</summary>
public class OtherServiceTests
{
    private const string EmptyBodyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Theory]
    [InlineData("/", "/", "/")]
    [InlineData("/a b/ü", "/a%20b/%C3%BC", "/a%2520b/%25C3%25BC")]
    [InlineData("/100%/~", "/100%25/~", "/100%2525/~")]
    [InlineData("/%25", "/%2525", "/%252525")]
    [InlineData("/%2", "/%252", "/%25252")]
    [InlineData("/25/%5", "/25/%255", "/25/%25255")]
    public void Presign_Path_IsSignedEncodedTwiceAndEmittedEncodedOnce(string path, string emitted, string canonical)
    {
        PresignedUrl presigned = Presign("execute-api", token: null, new(HttpMethod.Get, "h.example") { Path = path });

        presigned.Url.Should().StartWith($"https://h.example{emitted}?X-Amz-Algorithm=");
        presigned.Parameter("X-Amz-Signature").Should().Be(Signature("execute-api", $"GET\n{canonical}\n{Query(presigned)}\nhost:h.example\n\nhost\n{EmptyBodyHash}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("ä")]
    [InlineData("\uD800")]
    public void Presign_InvalidPayloadHash_NamesItAndTheRemedy(string hash) => FluentActions
        .Invoking(() => Presign("execute-api", token: null, new(HttpMethod.Get, "h.example") { PayloadHash = hash }))
        .Should().Throw<ArgumentException>().WithParameterName("request").WithMessage($"The PayloadHash '*' is not a valid hash. Use the SHA-256 of the body*or a constant such as UNSIGNED-PAYLOAD.*");

    [Fact]
    public void Presign_InvalidHost_IsRejected() => FluentActions
        .Invoking(() => Presign("execute-api", token: null, new(HttpMethod.Get, "-ä.example")))
        .Should().Throw<ArgumentException>().WithParameterName("request").WithMessage("The host of the endpoint 'https://-ä.example' is not a valid DNS name*");

    [Fact]
    public void Presign_HeadersInAnyOrder_AreSignedInOrder()
    {
        PresignedUrl presigned = Presign("execute-api", token: null, new(HttpMethod.Get, "h.example") { Headers = TestPresigner.Pairs(("X-B", "1"), ("accept", "2"), ("x-a", "3")) });

        presigned.Parameter("X-Amz-SignedHeaders").Should().Be("accept%3Bhost%3Bx-a%3Bx-b");
        presigned.Parameter("X-Amz-Signature").Should().Be(Signature(
            "execute-api", $"GET\n/\n{Query(presigned)}\naccept:2\nhost:h.example\nx-a:3\nx-b:1\n\naccept;host;x-a;x-b\n{EmptyBodyHash}"));
    }

    [Fact]
    public void Presign_LongPath_IsComplete()
    {
        string path = "/" + string.Concat(Enumerable.Repeat("ä b/", 500)) + "c";

        Presign("execute-api", token: null, new(HttpMethod.Get, "h.example") { Path = path }).Address()
            .Should().Be("https://h.example/" + string.Concat(Enumerable.Repeat("%C3%A4%20b/", 500)) + "c");
    }

    [Fact]
    public void Presign_UnsignedToken_FollowsTheSignedParameters()
    {
        PresignedUrl presigned = Presign("iotdevicegateway", TestPresigner.SessionToken, new(HttpMethod.Get, "h.example") { Path = "/mqtt", SessionTokenIsUnsigned = true });
        string[] query = Query(presigned).Split("&X-Amz-Security-Token=");

        query.Should().HaveCount(2);
        query[0].Should().EndWith("&X-Amz-SignedHeaders=host");
        query[1].Should().Be("t0ken%2FDo%2BNot%3DShow");
        presigned.Parameter("X-Amz-Signature").Should().Be(Signature("iotdevicegateway", $"GET\n/mqtt\n{query[0]}\nhost:h.example\n\nhost\n{EmptyBodyHash}"));
    }

    [Fact]
    public void Presign_UnsignedTokenWithoutAToken_AddsNoParameter() =>
        Presign("iotdevicegateway", token: null, new(HttpMethod.Get, "h.example") { SessionTokenIsUnsigned = true }).Url.Should().NotContain("Token");

    [Fact]
    public void Presign_SignedToken_IsSortedInTheQuery()
    {
        PresignedUrl presigned = Presign("execute-api", TestPresigner.SessionToken, new(HttpMethod.Get, "h.example"));

        Query(presigned).Should().EndWith("&X-Amz-Security-Token=t0ken%2FDo%2BNot%3DShow&X-Amz-SignedHeaders=host");
        presigned.Parameter("X-Amz-Signature").Should().Be(Signature("execute-api", $"GET\n/\n{Query(presigned)}\nhost:h.example\n\nhost\n{EmptyBodyHash}"));
    }

    private static PresignedUrl Presign(string service, string? token, SigV4QueryRequest request) => new SigV4QuerySigner(
        new S3Credentials(TestPresigner.AccessKeyId, TestPresigner.SecretAccessKey, token), "r1", service, new FakeTimeProvider(TestPresigner.Now)).Presign(request);

    // Everything before the signature, which is the last parameter.
    private static string Query(PresignedUrl presigned) => presigned.Url[(presigned.Url.IndexOf('?') + 1)..presigned.Url.IndexOf("&X-Amz-Signature=", StringComparison.Ordinal)];

    private static string Signature(string service, string canonicalRequest)
    {
        string hash = Written.Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest)));
        byte[] key = Encoding.UTF8.GetBytes("AWS4" + TestPresigner.SecretAccessKey);
        foreach (string part in new[] { "20260314", "r1", service, "aws4_request", $"AWS4-HMAC-SHA256\n20260314T150926Z\n20260314/r1/{service}/aws4_request\n{hash}" })
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return Written.Hex(key);
    }
}
