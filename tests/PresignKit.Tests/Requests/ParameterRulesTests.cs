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
    public void Presign_ParameterOfTheSignature_NamesItAndTheRemedy(string name) =>
        Refusal((name, "1")).Should().Match($"The query parameter '{name}' is part of the signature*Remove it, and set the expiry in ExpiresIn and the credentials in*");

    [Theory]
    [InlineData("X-Amz-Dat")]
    [InlineData("X-Amz-Dates")]
    [InlineData("x-amz-something-else")]
    public void Presign_NameLikeOneOfTheSignature_IsTaken(string name) =>
        TestPresigner.Create().Presign(With((name, "v"))).Parameter(name).Should().Be("v");

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Presign_NoName_IsRefused(string? name) => Refusal((name!, "v")).Should().Match("A query parameter has no name. Specify its name*");

    [Fact]
    public void Presign_NullValue_IsAParameterWithoutOne() =>
        TestPresigner.Create().Presign(With(("acl", null!))).Url.Should().Contain("&acl=&");

    [Fact]
    public void Presign_NameTwice_IsRefused() =>
        Refusal(("tag", "1"), ("tag", "2")).Should().Match("The query parameter 'tag' is specified twice, which stores reject with 403. Remove one of them*");

    [Fact]
    public void Presign_NamesThatDifferInCase_AreTwoParameters() =>
        TestPresigner.Create().Presign(With(("tag", "1"), ("Tag", "2"))).Url.Should().Contain("&tag=1&").And.Contain("?Tag=2&");

    [Fact]
    public void Presign_NameOfAProperty_IsRefusedAsTwice() => FluentActions
        .Invoking(() => TestPresigner.Create().Presign(new GetObject("key") { VersionId = "1", Query = TestPresigner.Pairs(("versionId", "2")) }))
        .Should().Throw<ArgumentException>().WithMessage("The query parameter 'versionId' is specified twice*a property of the operation may already set it*");

    [Fact]
    public void Presign_SubResourceTwice_IsRefused() => FluentActions
        .Invoking(() => TestPresigner.Create().Presign(
            new S3BucketRequest(HttpMethod.Get) { Bucket = "bucket", SubResource = "acl", Query = TestPresigner.Pairs(("acl", "")) }))
        .Should().Throw<ArgumentException>().WithMessage("The query parameter 'acl' is specified twice*");

    [Fact]
    public void Presign_NulInName_IsRefused() => Refusal(("a\0b", "v")).Should().Match("The query parameter 'a<U+0000>b' contains a NUL*Remove it*");

    [Fact]
    public void Presign_NulInValue_IsRefused() => Refusal(("name", "a\0b")).Should().Match("The query parameter 'name' contains a NUL*Remove it*");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Presign_LoneSurrogate_IsRefused(bool inName) =>
        Refusal(inName ? ("name\uD800", "v") : ("name", "v\uDC00")).Should().Match("The query parameter 'name*' contains a lone surrogate*Correct the text*");

    [Theory]
    [InlineData("a\rb")]
    [InlineData("a\nb")]
    [InlineData("a\tb")]
    [InlineData("a\u007Fb")]
    [InlineData("a\r\nSet-Cookie: b")]
    public void Presign_ControlCharacterInAnOverride_IsRefused(string value) => FluentActions
        .Invoking(() => TestPresigner.Create().Presign(new GetObject("key") { ResponseHeaders = new() { ContentDisposition = value } }))
        .Should().Throw<ArgumentException>()
        .WithMessage("The response override 'response-content-disposition' contains a line break or another control character*Remove it*")
        .WithParameterName("operation");

    [Fact]
    public void Presign_ControlCharacterInAnOverrideByQuery_IsRefused() =>
        Refusal(("response-content-type", "a\nb")).Should().Match("The response override 'response-content-type'*");

    [Fact]
    public void Presign_RefusedOnce_TheNextIsNotAffected()
    {
        S3Presigner presigner = TestPresigner.Create();
        string before = presigner.Presign(new GetObject("key")).Url;

        FluentActions.Invoking(() => presigner.Presign(With(("tag", "1"), ("tag", "2")))).Should().Throw<ArgumentException>();

        presigner.Presign(new GetObject("key")).Url.Should().Be(before);
    }

    private static GetObject With(params (string, string)[] query) => new("key") { Query = TestPresigner.Pairs(query) };

    private static string Refusal(params (string, string)[] query) => FluentActions
        .Invoking(() => TestPresigner.Create().Presign(With(query)))
        .Should().Throw<ArgumentException>().WithParameterName("operation").Which.Message;
}
