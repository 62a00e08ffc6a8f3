namespace PresignKit.ConformanceTests;

/// <summary>
/// Runs the query-signing half of AWS's own signing suite (awslabs/aws-c-auth), against the signing core. The suite is not part of the repository: it is read
/// from the folder <c>shared</c> next to the repository. Without that folder, these tests are skipped.
/// </summary>
public class AwsSuiteTests
{
    /// <summary>The cases that are not run, with the reasons. The number of remaining cases is checked.</summary>
    private static readonly Dictionary<string, string> NotRun = new()
    {
        ["v4a/*"] = "SigV4a (ECDSA, several regions) is not supported yet.",
    };

    public static TheoryData<string> Ids => [.. AwsSuite.All.Keys.Where(id => id.StartsWith("v4/", StringComparison.Ordinal)).DefaultIfEmpty("none")];

    [AwsSuiteFact]
    public void Suite_Cases_AreRunOrListed()
    {
        AwsSuite.All.Keys.Count(id => id.StartsWith("v4/", StringComparison.Ordinal)).Should().Be(38);
        AwsSuite.All.Keys.Where(id => !id.StartsWith("v4/", StringComparison.Ordinal))
            .Should().OnlyContain(id => NotRun.ContainsKey(id.Split('/', 2)[0] + "/*"));
    }

    [AwsSuiteTheory]
    [MemberData(nameof(Ids))]
    public void SigningCore_AwsSuite_EqualsAws(string id)
    {
        AwsSuite one = AwsSuite.All[id];
        string host = one.Headers.Single(header => header[0] == "Host")[1];
        string path = one.Context.Normalize ? PathNormalization.Normalize(one.Path) : one.Path;
        SigningInput request = new()
        {
            Method = one.Method,
            Host = new SigningHost("https://", host),
            Path = path,
            Query = one.DecodedQuery(),
            Headers = one.HeadersWithoutHost(),
            Payload = one.PayloadHash(),
            AccessKeyId = one.Context.Credentials.AccessKeyId,
            EncodedSessionToken = CoreSigner.Encoded(one.Context.Credentials.Token),
            SessionTokenIsUnsigned = one.Context.OmitSessionToken == true,
            SignedAt = one.Context.Timestamp.UtcDateTime,
            ExpiresIn = one.Context.ExpirationInSeconds,
        };

        (string canonicalRequest, string stringToSign, string url) = CoreSigner.Sign(
            request,
            one.Context.Credentials.SecretAccessKey,
            new CredentialScope(one.Context.Timestamp.UtcDateTime, one.Context.Region, one.Context.Service));

        canonicalRequest.Should().Be(one.CanonicalRequest);
        stringToSign.Should().Be(one.StringToSign);
        UrlText.Parameter(url, "X-Amz-Signature").Should().Be(one.Signature);
        if (one.Context.Credentials.Token is { } token)
        {
            UrlText.Parameter(url, "X-Amz-Security-Token").Should().Be(Uri.EscapeDataString(token));
        }
    }
}
