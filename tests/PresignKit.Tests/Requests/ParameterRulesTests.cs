namespace PresignKit.Tests;

public class ParameterRulesTests
{
    [Theory]
    [InlineData("X-Amz-Algorithm")]
    [InlineData("X-Amz-Credential")]
    [InlineData("X-Amz-Date")]
    [InlineData("X-Amz-Expires")]
    [InlineData("X-Amz-SignedHeaders")]
    [InlineData("X-Amz-Security-Token")]
    [InlineData("X-Amz-Signature")]
    [InlineData("x-amz-date")]
    [InlineData("X-AMZ-EXPIRES")]
    [InlineData("x-amz-signature")]
    public void Presign_SignatureParameter_NamesItAndTheRemedy(string name) =>
        RejectionMessage((name, "1")).Should().Match($"The query parameter '{name}' is part of the signature*Remove it, and set the expiry in ExpiresIn and the credentials in*");

    [Theory]
    [InlineData("X-Amz-Dat")]
    [InlineData("X-Amz-Dates")]
    [InlineData("x-amz-something-else")]
    public void Presign_NameSimilarToASignatureParameter_IsAccepted(string name) =>
        TestPresigner.Create().Presign(With((name, "v"))).Parameter(name).Should().Be("v");

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Presign_EmptyName_IsRejected(string? name) => RejectionMessage((name!, "v")).Should().Match("A query parameter does not have a name. Specify its name*");

    [Fact]
    public void Presign_NullValue_IsAnEmptyValue() =>
        TestPresigner.Create().Presign(With(("acl", null!))).Url.Should().Contain("&acl=&");

    [Fact]
    public void Presign_NameTwice_IsRejected() =>
        RejectionMessage(("tag", "1"), ("tag", "2")).Should().Match("The query parameter 'tag' is specified twice, which stores reject with 403. Remove one of them*");

    [Fact]
    public void Presign_NamesThatDifferInCase_AreTwoParameters() =>
        TestPresigner.Create().Presign(With(("tag", "1"), ("Tag", "2"))).Url.Should().Contain("&tag=1&").And.Contain("?Tag=2&");

    [Fact]
    public void Presign_NameOfAProperty_IsRejectedAsADuplicate() => FluentActions
        .Invoking(() => TestPresigner.Create().Presign(new GetObject("key") { VersionId = "1", Query = TestPresigner.Pairs(("versionId", "2")) }))
        .Should().Throw<ArgumentException>().WithMessage("The query parameter 'versionId' is specified twice*a property of the operation may already set it*");

    [Fact]
    public void Presign_SubResourceTwice_IsRejected() => FluentActions
        .Invoking(() => TestPresigner.Create().Presign(
            new S3BucketRequest(HttpMethod.Get) { Bucket = "bucket", SubResource = "acl", Query = TestPresigner.Pairs(("acl", "")) }))
        .Should().Throw<ArgumentException>().WithMessage("The query parameter 'acl' is specified twice*");

    [Fact]
    public void Presign_NulInName_IsRejected() => RejectionMessage(("a\0b", "v")).Should().Match("The query parameter 'a<U+0000>b' contains a NUL*Remove it*");

    [Fact]
    public void Presign_NulInValue_IsRejected() => RejectionMessage(("name", "a\0b")).Should().Match("The query parameter 'name' contains a NUL*Remove it*");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Presign_LoneSurrogate_IsRejected(bool inName) =>
        RejectionMessage(inName ? ("name\uD800", "v") : ("name", "v\uDC00")).Should().Match("The query parameter 'name*' contains a lone surrogate*Correct the text*");

    [Theory]
    [InlineData("a\rb")]
    [InlineData("a\nb")]
    [InlineData("a\tb")]
    [InlineData("a\u007Fb")]
    [InlineData("a\r\nSet-Cookie: b")]
    public void Presign_ControlCharacterInAnOverride_IsRejected(string value) => FluentActions
        .Invoking(() => TestPresigner.Create().Presign(new GetObject("key") { ResponseHeaders = new() { ContentDisposition = value } }))
        .Should().Throw<ArgumentException>()
        .WithMessage("The response override 'response-content-disposition' contains a line break or another control character*Remove it*")
        .WithParameterName("operation");

    [Fact]
    public void Presign_ControlCharacterInAnOverrideInQuery_IsRejected() =>
        RejectionMessage(("response-content-type", "a\nb")).Should().Match("The response override 'response-content-type'*");

    [Fact]
    public void Presign_AfterARejectedOperation_IsNotAffected()
    {
        S3Presigner presigner = TestPresigner.Create();
        string before = presigner.Presign(new GetObject("key")).Url;

        FluentActions.Invoking(() => presigner.Presign(With(("tag", "1"), ("tag", "2")))).Should().Throw<ArgumentException>();

        presigner.Presign(new GetObject("key")).Url.Should().Be(before);
    }

    private static GetObject With(params (string, string)[] query) => new("key") { Query = TestPresigner.Pairs(query) };

    private static string RejectionMessage(params (string, string)[] query) => FluentActions
        .Invoking(() => TestPresigner.Create().Presign(With(query)))
        .Should().Throw<ArgumentException>().WithParameterName("operation").Which.Message;
}
