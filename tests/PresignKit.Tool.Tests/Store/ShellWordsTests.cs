using PresignKit.Tool.Store;

namespace PresignKit.Tool.Tests.Store;

public sealed class ShellWordsTests
{
    [Theory]
    [InlineData("spaces", "spaces")]
    [InlineData("~/.aws/credentials", "~/.aws/credentials")]
    [InlineData("my store", "\"my store\"")]
    [InlineData("~/my files/credentials", "~/\"my files/credentials\"")]
    [InlineData("a$(b)", "'a$(b)'")]
    [InlineData("it's $5", "'it'\\''s $5'")]
    [InlineData("", "\"\"")]
    [InlineData("a;b", "\"a;b\"")]
    public void Quote_Value_IsOneArgument(string value, string argument) => ShellWords.Quote(value).Should().Be(argument);
}
