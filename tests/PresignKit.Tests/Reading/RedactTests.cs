namespace PresignKit.Tests;

public class RedactTests
{
    [Theory]
    [InlineData(
        "https://s.example/k?X-Amz-Credential=AK%2F20260314%2Fnyc3%2Fs3%2Faws4_request&X-Amz-Date=1&X-Amz-Security-Token=T%2F&X-Amz-Signature=0f3c#top",
        "https://s.example/k?X-Amz-Credential=***%2F20260314%2Fnyc3%2Fs3%2Faws4_request&X-Amz-Date=1&X-Amz-Security-Token=***&X-Amz-Signature=***#top")]
    [InlineData("https://s.example/k?AWSAccessKeyId=AK&Expires=1&Signature=a/b+c%3D", "https://s.example/k?AWSAccessKeyId=***&Expires=1&Signature=***")]
    [InlineData("GET /k?x-amz-signature=0f HTTP/1.1", "GET /k?x-amz-signature=*** HTTP/1.1")]
    [InlineData("{\"url\":\"https://s/k?a=1\\u0026X-Amz-Signature=0f\\u0026b=2\"}", "{\"url\":\"https://s/k?a=1\\u0026X-Amz-Signature=***\\u0026b=2\"}")]
    [InlineData("<a href='/k?X-Amz-Signature=0f&amp;b=2'>", "<a href='/k?X-Amz-Signature=***&amp;b=2'>")]
    [InlineData("/login?next=https%3A%2F%2Fs%2Fk%3FX-Amz-Signature%3D0f%26b%3D2", "/login?next=https%3A%2F%2Fs%2Fk%3FX-Amz-Signature%3D***%26b%3D2")]
    [InlineData("/x?next=%252Fk%253FX-Amz-Signature%253D0f%2526b", "/x?next=%252Fk%253FX-Amz-Signature%253D***%2526b")]
    [InlineData("{\"policy\": \"eyJ9\", \"x-amz-credential\": \"AK/20260314/nyc3\", \"key\": \"k\"}", "{\"policy\": \"***\", \"x-amz-credential\": \"***/20260314/nyc3\", \"key\": \"k\"}")]
    [InlineData("Authorization: AWS4-HMAC-SHA256 Credential=AK/20260314/r/s3/aws4_request, SignedHeaders=host, Signature=0f", "Authorization: AWS4-HMAC-SHA256 Credential=***/20260314/r/s3/aws4_request, SignedHeaders=host, Signature=***")]
    [InlineData("x-amz-security-token: T0ken\nx-amz-date: 1", "x-amz-security-token: ***\nx-amz-date: 1")]
    [InlineData("two: /a?X-Amz-Signature=1 /b?X-Amz-Signature=2", "two: /a?X-Amz-Signature=*** /b?X-Amz-Signature=***")]
    [InlineData("{\\\"x-amz-signature\\\":\\\"S\\\",\\\"a\\\":1}", "{\\\"x-amz-signature\\\":\\\"***\\\",\\\"a\\\":1}")]
    [InlineData("X-Amz-Security-Token=abc\\u002BS\\/T\\u0026b=1", "X-Amz-Security-Token=***\\u0026b=1")]
    [InlineData("{\"X-Amz-Signature\":[\"S\"]}", "{\"X-Amz-Signature\":[\"***\"]}")]
    [InlineData("{'x-amz-signature': 'S'}", "{'x-amz-signature': '***'}")]
    [InlineData("X-Amz-Signature:\tS b", "X-Amz-Signature:\t*** b")]
    [InlineData("X-Amz-Credential=team%2FS%2F20260314%2Fnyc3", "X-Amz-Credential=***%2F20260314%2Fnyc3")]
    [InlineData("X-Amz-Server-Side-Encryption-Customer-Key: S\nx-amz-copy-source-server-side-encryption-customer-key: T", "X-Amz-Server-Side-Encryption-Customer-Key: ***\nx-amz-copy-source-server-side-encryption-customer-key: ***")]
    [InlineData("the policy\\", "the policy\\")]
    [InlineData("{\"policy\": \"abc\\", "{\"policy\": \"***")]
    [InlineData("policy=P&Policy=P&1signature=S", "policy=***&Policy=***&1signature=***")]
    [InlineData("X-Amz-Signature\\u003DS\\u0026b", "X-Amz-Signature\\u003D***\\u0026b")]
    [InlineData("Signature=S\\u0027a Signature=S\\u003Ca Signature=S\\u003Ea Signature=S\\u0022a", "Signature=***\\u0027a Signature=***\\u003Ca Signature=***\\u003Ea Signature=***\\u0022a")]
    [InlineData("Signature=S\\na Signature=S\\ra Signature=S\\ta Signature=S\\\"a Signature=S\\'a", "Signature=***\\na Signature=***\\ra Signature=***\\ta Signature=***\\\"a Signature=***\\'a")]
    [InlineData("(Signature=S) {Signature=S} Signature=S; <Signature=S> [Signature=S]", "(Signature=***) {Signature=***} Signature=***; <Signature=***> [Signature=***]")]
    [InlineData("Signature=S%23a Signature=S%2523a Signature=S%2Ba Signature=S\\", "Signature=***%23a Signature=***%2523a Signature=*** Signature=***")]
    [InlineData("{\"policy\":\"a'b&c\",\"d\":1}", "{\"policy\":\"***\",\"d\":1}")]
    [InlineData("X-Amz-Credential=AK%252F20260314%252Fnyc3", "X-Amz-Credential=***%252F20260314%252Fnyc3")]
    [InlineData("[20260314] Credential=AK/20260314/r", "[20260314] Credential=***/20260314/r")]
    [InlineData("Credential=AK/20290919/r", "Credential=***/20290919/r")]
    [InlineData("Credential=AK/20260314", "Credential=***/20260314")]
    [InlineData("Credential=AK/2026031 Credential=AK/2026031x/r Credential=AK/20260:14/r Credential=AK/2026031", "Credential=*** Credential=*** Credential=*** Credential=***")]
    [InlineData("aPolicy=1 ZPolicy=1 zpolicy=1 APolicy=1 _policy=1 -policy=1", "aPolicy=1 ZPolicy=1 zpolicy=1 APolicy=1 _policy=1 -policy=1")]
    [InlineData("bucket-policy=public, IsPolicy=1 signature", "bucket-policy=public, IsPolicy=1 signature")]
    [InlineData("X-Amz-Signature=", "X-Amz-Signature=")]
    [InlineData("", "")]
    [InlineData("nothing here", "nothing here")]
    public void Redact_AnyText_MasksSecretsAndKeepsTheRest(string text, string expected) => PresignedUrlInfo.Redact(text).Should().Be(expected);

    [Fact]
    public void Redact_PresignedUrl_ContainsNoSecret()
    {
        PresignedUrl presigned = TestPresigner.Create(options => options.SessionToken = TestPresigner.SessionToken).Presign(new GetObject("k"));

        string redacted = PresignedUrlInfo.Redact($"handed out {presigned.Url} to 10.0.0.1");

        redacted.Should().StartWith("handed out https://my-space.nyc3.digitaloceanspaces.com/k?X-Amz-Algorithm=").And.EndWith(" to 10.0.0.1")
            .And.NotContain(presigned.Parameter("X-Amz-Signature")).And.NotContain("t0ken").And.NotContain(TestPresigner.AccessKeyId);
    }

    [Fact]
    public void Redact_Null_Throws() => FluentActions.Invoking(() => PresignedUrlInfo.Redact(null!)).Should().Throw<ArgumentNullException>();
}
