using Microsoft.Extensions.Time.Testing;

namespace PresignKit.ConformanceTests;

/// <summary>URLs and signatures are equal to botocore's. Generator/generate.py creates the cases.</summary>
public class BotocoreTests
{
    [Fact]
    public void Cases_AreAtLeastAThousand() => ConformanceCase.All.Should().HaveCountGreaterThanOrEqualTo(1000);

    [Theory]
    [MemberData(nameof(ConformanceCase.Ids), "operation", MemberType = typeof(ConformanceCase))]
    public void Presign_Case_EqualsBotocore(string id)
    {
        ConformanceCase one = ConformanceCase.All[id];
        S3Presigner presigner = new(OptionsOf(one), new FakeTimeProvider(one.SignedAt));

        PresignedUrl result = presigner.Presign(OperationOf(one));

        UrlText.Comparable(result.Url).Should().Be(UrlText.Comparable(one.Expected.Url));
        result.Url.Should().EndWith("&X-Amz-Signature=" + one.Expected.Signature);
        result.ExpiresAt.Should().Be(one.SignedAt.AddSeconds(one.ExpiresIn));
    }

    [Theory]
    [MemberData(nameof(ConformanceCase.Ids), "core", MemberType = typeof(ConformanceCase))]
    public void SigningCore_CoreCase_EqualsBotocore(string id) => CheckCore(ConformanceCase.All[id]);

    [Theory]
    [MemberData(nameof(ConformanceCase.Ids), "operation", MemberType = typeof(ConformanceCase))]
    public void SigningCore_OperationCase_HashesWhatBotocoreHashes(string id) => CheckCore(ConformanceCase.All[id]);

    private static void CheckCore(ConformanceCase one)
    {
        // Method, path and host are botocore's. The signing core builds the rest of the canonical request.
        string scheme = one.Expected.Url[..(one.Expected.Url.IndexOf("://", StringComparison.Ordinal) + 3)];
        string host = one.Expected.CanonicalRequest.Split('\n').Single(line => line.StartsWith("host:", StringComparison.Ordinal))["host:".Length..];
        string encodedPath = one.Expected.CanonicalRequest.Split('\n')[1];
        bool isRawPath = one.Path is not null;
        SigningInput request = new()
        {
            Method = one.Method,
            Host = new SigningHost(scheme, host),
            EncodedPathPrefix = isRawPath ? "" : encodedPath,
            Path = one.Path,
            Query = one.QueryPairs(),
            Headers = one.HeaderPairs(),
            Payload = one.Payload,
            AccessKeyId = one.AccessKeyId,
            EncodedSessionToken = CoreSigner.Encoded(one.SessionToken),
            SignedAt = one.SignedAt.UtcDateTime,
            ExpiresIn = one.ExpiresIn,
        };

        (string canonicalRequest, string stringToSign, string url) =
            CoreSigner.Sign(request, one.SecretAccessKey, new CredentialScope(one.SignedAt.UtcDateTime, one.Region, one.Service));

        canonicalRequest.Should().Be(one.Expected.CanonicalRequest);
        stringToSign.Should().Be(one.Expected.StringToSign);
        UrlText.Comparable(url).Should().Be(UrlText.Comparable(one.Expected.Url));
    }

    private static PresignerOptions OptionsOf(ConformanceCase one) => new()
    {
        Endpoint = one.Endpoint,
        Region = one.Region,
        UrlStyle = one.Style == "virtual" ? UrlStyle.VirtualHosted : UrlStyle.Path,
        AccessKeyId = one.AccessKeyId,
        SecretAccessKey = one.SecretAccessKey,
        SessionToken = one.SessionToken,
    };

    private static S3Operation OperationOf(ConformanceCase one)
    {
        S3Operation operation = (one.Method, one.Key) switch
        {
            (_, null) => new S3BucketRequest(new HttpMethod(one.Method)) { Bucket = one.Bucket },
            ("GET", _) => new GetObject(one.Key) { Bucket = one.Bucket },
            ("HEAD", _) => new HeadObject(one.Key) { Bucket = one.Bucket },
            ("PUT", _) => new PutObject(one.Key) { Bucket = one.Bucket },
            ("DELETE", _) => new DeleteObject(one.Key) { Bucket = one.Bucket },
            _ => new S3Request(new HttpMethod(one.Method), one.Key) { Bucket = one.Bucket },
        };
        return operation with { ExpiresIn = TimeSpan.FromSeconds(one.ExpiresIn), Query = one.QueryPairs(), Headers = one.HeaderPairs() };
    }
}
