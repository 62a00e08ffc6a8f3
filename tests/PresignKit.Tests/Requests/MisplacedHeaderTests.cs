namespace PresignKit.Tests;

public class MisplacedHeaderTests
{
    [Theory]
    [InlineData("x-amz-server-side-encryption-customer-key")]
    [InlineData("X-Amz-Acl")]
    [InlineData("x-amz-meta-a")]
    public void Presign_HeaderAsQueryParameter_IsRefusedWithoutItsValue(string name) => FluentActions
        .Invoking(() => TestPresigner.Create().Presign(new PutObject("k") { Query = TestPresigner.Pairs((name, "VALUE")) }))
        .Should().Throw<ArgumentException>().WithMessage($"*'{name}' is the name of a header*Headers*").Which.Message.Should().NotContain("VALUE");

    [Fact]
    public void New_ArnAsCopySource_IsRefused() => FluentActions
        .Invoking(() => new CopySource("arn:aws:s3:eu-west-1:123456789012:accesspoint/p", "k"))
        .Should().Throw<ArgumentException>().WithMessage("*ARN*Use the bucket name*");
}
