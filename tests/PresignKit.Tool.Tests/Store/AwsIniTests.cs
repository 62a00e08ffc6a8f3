using PresignKit.Tool.Store;

namespace PresignKit.Tool.Tests.Store;

public class AwsIniTests
{
    [Fact]
    public void Parse_KeysAndComments_AreReadAsByTheAwsCli()
    {
        AwsSection section = Parse("# comment\n[default]\n; comment\nREGION = eu-west-1\noutput:json\nkey = a = b # not a comment\r\n")["default"];

        section.Find("region").Should().Be("eu-west-1");
        section.Find("output").Should().Be("json");
        section.Find("key").Should().Be("a = b # not a comment");
    }

    [Theory]
    [InlineData("\f")]
    [InlineData("\u0085")]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    public void Parse_CharacterThatDoesNotEndALineInPython_IsPartOfTheLine(string character) =>
        Parse($"# com{character}ment\r[a]\rregion = eu-west-1\r\nkey = a{character}b\n")["a"].Find("key").Should().Be($"a{character}b");

    [Fact]
    public void Parse_IndentedLinesBelowAnEmptyValue_AreNested()
    {
        AwsSection section = Parse("[services do]\ns3 =\n  # comment\n  endpoint_url = https://nyc3.digitaloceanspaces.com\n\n  addressing_style=path\nec2 =\n  endpoint_url = https://other.example\n")["services do"];

        section.Find("s3", "endpoint_url").Should().Be("https://nyc3.digitaloceanspaces.com");
        section.Find("s3", "addressing_style").Should().Be("path");
        section.Find("ec2", "endpoint_url").Should().Be("https://other.example");
        section.Find("endpoint_url").Should().BeNull();
        section.Find("s3", "region").Should().BeNull();
    }

    [Fact]
    public void Parse_IndentedKeysBelowAHeader_AreKeys() => Parse("[default]\n  region = a\n  output = b\n")["default"].Find("output").Should().Be("b");

    [Fact]
    public void Parse_EmptyValue_CountsAsNotSet()
    {
        AwsSection section = Parse("[default]\nregion =\n")["default"];

        section.Find("region").Should().BeNull();
        section.Has("region").Should().BeTrue();
    }

    [Fact]
    public void Parse_DuplicateSection_MergesWithTheLastValue()
    {
        AwsSection section = Parse("[a]\nx = 1\ny = 1\n[b]\n[a]\nx = 2\n")["a"];

        (section.Find("x"), section.Find("y")).Should().Be(("2", "1"));
    }

    [Fact]
    public void Parse_SectionDefaultInUppercase_AppliesToEverySection()
    {
        OrderedDictionary<string, AwsSection> sections = Parse("[DEFAULT]\nregion = a\noutput = b\n[profile x]\nregion = c\n");

        sections.Keys.Should().Equal("profile x");
        (sections["profile x"].Find("region"), sections["profile x"].Find("output")).Should().Be(("c", "b"));
    }

    [Theory]
    [InlineData("secret-value\n", "FILE: Line 1 is not a section, a comment or a setting. Add a section such as '[default]' above it.")]
    [InlineData("key = secret-value\n", "FILE: Line 1 is not a section, a comment or a setting. Add a section such as '[default]' above it.")]
    [InlineData("[default]\n\nsecret-value\n", "FILE: Line 3 is not a section, a comment or a setting. Use the form 'name = value'.")]
    [InlineData("[default]\n= secret-value\n", "FILE: Line 2 is not a section, a comment or a setting. Use the form 'name = value'.")]
    public void Parse_InvalidLine_ThrowsWithoutItsText(string text, string message)
    {
        ToolException error = FluentActions.Invoking(() => AwsIni.Parse(text, "FILE")).Should().Throw<ToolException>().Which;

        (error.Code, error.Message).Should().Be((ExitCode.Setup, message));
    }

    [Theory]
    [InlineData("profile dev", "profile|dev")]
    [InlineData("profile \"my dev\"", "profile|my dev")]
    [InlineData("profile 'my \\dev'", "profile|my \\dev")]
    [InlineData("profile my\\ dev", "profile|my dev")]
    [InlineData("profile \"a\\\"b\\c\"", "profile|a\"b\\c")]
    [InlineData("profile  a  b ", "profile|a|b")]
    [InlineData("profile ''", "profile|")]
    [InlineData("profile \"open", null)]
    [InlineData("profile open\\", null)]
    public void Split_Header_FollowsShellQuoting(string header, string? words) =>
        (ShellWords.Split(header) is { } split ? string.Join('|', split) : null).Should().Be(words);

    private static OrderedDictionary<string, AwsSection> Parse(string text) => AwsIni.Parse(text, "FILE");
}
