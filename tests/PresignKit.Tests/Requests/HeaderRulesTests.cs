namespace PresignKit.Tests;

public class HeaderRulesTests
{
    private const string Value = "v4lue-Do-Not-Show";

    [Theory]
    [InlineData("host")]
    [InlineData("Host")]
    public void Presign_Host_IsRejected(string name) =>
        RejectionMessage((name, Value)).Should().Match("The header 'host' is always signed with the host of the endpoint. Remove it, and change the endpoint to sign for a different host.*");

    [Theory]
    [InlineData("authorization")]
    [InlineData("Authorization")]
    [InlineData("User-Agent")]
    [InlineData("Connection")]
    [InlineData("Transfer-Encoding")]
    [InlineData("Expect")]
    [InlineData("Upgrade")]
    [InlineData("TE")]
    [InlineData("Trailer")]
    [InlineData("X-Amzn-Trace-Id")]
    [InlineData("Sec-Fetch-Mode")]
    [InlineData("Proxy-Authorization")]
    [InlineData("proxy-connection")]
    public void Presign_UnsignableHeader_NamesItAndTheReason(string name) =>
        RejectionMessage((name, Value)).Should().Match($"The header '{name}' cannot be signed, because clients and proxies*Remove it.*");

    [Theory]
    [InlineData("X-Amz-Date")]
    [InlineData("x-amz-date")]
    [InlineData("x-amz-security-token")]
    [InlineData("X-Amz-Signature")]
    [InlineData("X-Amz-Expires")]
    [InlineData("X-Amz-Credential")]
    public void Presign_SignatureHeader_NamesItAndTheRemedy(string name) =>
        RejectionMessage((name, Value)).Should().Match($"The header '{name}' belongs to the signature, which is in the query of a presigned URL. Remove it. To sign with a session token, set it in the credentials.*");

    [Theory]
    [InlineData("x-amz-acl")]
    [InlineData("x-amz-content-sha256")]
    [InlineData("Content-MD5")]
    [InlineData("Content-Language")]
    [InlineData("If-None-Match")]
    [InlineData("Cache-Control")]
    [InlineData("Range")]
    [InlineData("x-custom")]
    public void Presign_OtherHeader_IsSigned(string name) => TestPresigner.Create().Presign(With((name, Value)))
        .Parameter("X-Amz-SignedHeaders")!.Split("%3B").Should().BeEquivalentTo("host", name.ToLowerInvariant());

    [Theory]
    [InlineData("", "A header does not have a name*")]
    [InlineData(null, "A header does not have a name*")]
    [InlineData("x acl", "The header name 'x acl' contains a character*RFC 9110*")]
    [InlineData("x:acl", "The header name 'x:acl' contains*")]
    [InlineData("x-ä", "The header name 'x-ä' contains*")]
    [InlineData("x\r\ny", "The header name 'x<U+000D><U+000A>y' contains*")]
    [InlineData("x-acl ", "The header name 'x-acl ' contains*")]
    public void Presign_InvalidName_IsRejected(string? name, string message) => RejectionMessage((name!, Value)).Should().Match(message);

    [Theory]
    [InlineData("a\rb", "contains a line break or NUL (U+000D)*Remove it*")]
    [InlineData("a\nb", "contains a line break or NUL (U+000A)*Remove it*")]
    [InlineData("a\0b", "contains a line break or NUL (U+0000)*Remove it*")]
    [InlineData("a\r\nx-amz-acl: public-read", "contains a line break or NUL (U+000D)*Remove it*")]
    [InlineData("a\n", "contains a line break or NUL (U+000A)*Remove it*")]
    [InlineData("a\u0001b", "contains the control character U+0001*Remove it*")]
    [InlineData("a\u007Fb", "contains the control character U+007F*Remove it*")]
    [InlineData("März", "contains the character U+00E4*send only ASCII*RFC 8187*")]
    [InlineData(null, "is null. Specify a value*")]
    public void Presign_InvalidValue_IsRejected(string? value, string message) =>
        RejectionMessage(("x-amz-meta-name", value!)).Should().Match($"The *header 'x-amz-meta-name' {message}");

    [Fact]
    public void Presign_ControlCharacterInContentType_IsRejected() => FluentActions
        .Invoking(() => TestPresigner.Create().Presign(new PutObject("key") { ContentType = "image/png\r\n" }))
        .Should().Throw<ArgumentException>().WithMessage("The value of the header 'content-type' contains a line break*");

    [Fact]
    public void Presign_NameTwice_IsRejectedRegardlessOfCase() =>
        RejectionMessage(("x-amz-acl", "private"), ("X-Amz-Acl", "private")).Should()
            .Match("The header 'X-Amz-Acl' is specified twice. Remove one of them*join the values with commas.*");

    [Fact]
    public void Presign_NameOfAProperty_IsRejectedAsADuplicate() => FluentActions
        .Invoking(() => TestPresigner.Create().Presign(
            new PutObject("key") { ContentType = "image/png", Headers = TestPresigner.Pairs(("Content-Type", "image/png")) }))
        .Should().Throw<ArgumentException>().WithMessage("The header 'Content-Type' is specified twice*a property of the operation may already set it*");

    [Fact]
    public void Presign_RejectedHeader_NeverShowsItsValue() => FluentActions
        .Invoking(() => TestPresigner.Create().Presign(With(("x-amz-server-side-encryption-customer-key", Value + "\n"))))
        .Should().Throw<ArgumentException>().Which.ToString().Should().NotContain(Value);

    private static PutObject With(params (string, string)[] headers) => new("key") { Headers = TestPresigner.Pairs(headers) };

    private static string RejectionMessage(params (string, string)[] headers) => FluentActions
        .Invoking(() => TestPresigner.Create().Presign(With(headers)))
        .Should().Throw<ArgumentException>().WithParameterName("operation").Which.Message;
}
