using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.ConformanceTests;

/// <summary>The public signer for services other than S3, against botocore (Generator/services.py) and AWS's suite.</summary>
public class ServiceTests
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private static readonly Dictionary<string, Case> Cases =
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "services.jsonl"))
            .Select(line => JsonSerializer.Deserialize<Case>(line, Options)!)
            .ToDictionary(one => one.Id);

    /// <summary>The cases of AWS's suite that the public signer rejects, with the reasons. The signing core runs all cases.</summary>
    private static readonly Dictionary<string, string> Rejected = new()
    {
        ["v4/get-header-value-multiline"] = "a line break in a header value, because RFC 9112 deprecates folded lines",
    };

    public static TheoryData<string> Ids => [.. Cases.Keys];

    public static TheoryData<string> SuiteIds => AwsSuiteTests.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public void SigV4QuerySigner_Service_EqualsBotocore(string id)
    {
        Case one = Cases[id];
        SigV4QuerySigner signer = new(
            new S3Credentials("AKIDEXAMPLE", "made/up+secret", one.SessionToken),
            "r1",
            one.Service,
            new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 20, 53, 40, TimeSpan.Zero)));

        PresignedUrl result = signer.Presign(new SigV4QueryRequest(HttpMethod.Get, one.Host)
        {
            // botocore normalizes the path for the signature, but not in the URL. Both refer to the same resource.
            Path = one.Path,
            Query = [.. one.Query.Select(pair => new KeyValuePair<string, string>(pair[0], pair[1]))],
            Headers = [.. one.Headers.Select(pair => new KeyValuePair<string, string>(pair[0], pair[1]))],
            ExpiresIn = TimeSpan.FromSeconds(60),
        });

        UrlText.Comparable(result.Url).Split('?')[1].Should().Be(UrlText.Comparable(one.Url).Split('?')[1]);
        result.RequiredHeaders.Should().HaveCount(one.Headers.Length);
    }

    [AwsSuiteTheory]
    [MemberData(nameof(SuiteIds))]
    public void SigV4QuerySigner_AwsSuite_EqualsAwsOrThrows(string id)
    {
        AwsSuite one = AwsSuite.All[id];
        AwsSuite.SigningContext context = one.Context;
        SigV4QuerySigner signer = new(
            new S3Credentials(context.Credentials.AccessKeyId, context.Credentials.SecretAccessKey, context.Credentials.Token),
            context.Region,
            context.Service,
            new FakeTimeProvider(context.Timestamp));

        Func<PresignedUrl> presign = () => signer.Presign(
            new SigV4QueryRequest(new HttpMethod(one.Method), one.Headers.Single(header => header[0] == "Host")[1])
            {
                Path = one.Path,
                Query = one.DecodedQuery(),
                Headers = one.HeadersWithoutHost(),
                PayloadHash = one.PayloadHash(),
                NormalizePath = context.Normalize,
                EncodePathTwice = false,
                SessionTokenIsUnsigned = context.OmitSessionToken == true,
                ExpiresIn = TimeSpan.FromSeconds(context.ExpirationInSeconds),
            });

        if (Rejected.TryGetValue(id, out string? reason))
        {
            presign.Should().Throw<ArgumentException>("the reason is {0}", reason);
            return;
        }

        UrlText.Parameter(presign().Url, "X-Amz-Signature").Should().Be(one.Signature);
    }

    private sealed record Case(
        string Id, string Service, string Host, string Path, string[][] Query, string[][] Headers, string? SessionToken, string Url);
}
