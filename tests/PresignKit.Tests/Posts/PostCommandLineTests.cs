namespace PresignKit.Tests;

/// <summary>A form as a command line for curl, which also sends the fields that a page would add.</summary>
public class PostCommandLineTests
{
    private static readonly DateTimeOffset ExpiresAt = new(2026, 11, 23, 21, 53, 40, TimeSpan.Zero);

    [Fact]
    public void ToCurl_Fields_AreLiteralAndTheFileIsLast() => Post([("key", "a b/${filename}"), ("x-amz-meta-a", "@it's;<x")]).ToCurl("dir/photo.png").Should().Be(
        @"curl --fail-with-body --form-string 'key=a b/${filename}' --form-string 'x-amz-meta-a=@it'\''s;<x' --form 'file=@dir/photo.png' 'https://b.example/?a&b'");

    [Theory]
    [InlineData("a b.png", @"'file=@""a b.png""'")]
    [InlineData("a;type=text/html", @"'file=@""a;type=text/html""'")]
    [InlineData("a,b", @"'file=@""a,b""'")]
    [InlineData("a\"\\", @"'file=@""a\""\\""'")]
    [InlineData("-", "'file=@./-'")]
    public void ToCurl_FileName_IsOneFile(string file, string option) => Post([("key", "k")]).ToCurl(file).Should().Contain(" --form " + option + " ");

    [Fact]
    public void ToCurl_AddedFields_ReplaceDefaults() =>
        Post([("key", "k"), ("Content-Type", "image/")], PostCondition.StartsWith("Content-Type", "image/")).ToCurl("a.png", [new("Content-Type", "image/png")])
            .Should().Contain("--form-string 'Content-Type=image/png' ").And.NotContain("image/ ");

    [Fact]
    public void ToCurl_MissingField_IsRejected() =>
        FluentActions.Invoking(() => Post([], PostCondition.StartsWith("key", "up/")).ToCurl("a.png")).Should().Throw<ArgumentException>().WithParameterName("addedFields").WithMessage("The policy requires*");

    [Theory]
    [InlineData("")]
    [InlineData("dir/")]
    public void ToCurl_PathWithoutFileName_IsRejected(string file) =>
        FluentActions.Invoking(() => Post([("key", "k")]).ToCurl(file)).Should().Throw<ArgumentException>().WithMessage("The file name is empty*");

    [Fact]
    public void ToCurl_NullFile_IsRejected() => FluentActions.Invoking(() => Post([("key", "k")]).ToCurl(null!)).Should().Throw<ArgumentNullException>().WithParameterName("file");

    [Fact]
    public void ToPowerShell_Fields_AreSentByStandardInput() => Post([("key", "it's")]).ToPowerShell("a b.png").Should().Be(
        @"'form-string = ""key=it''s""', 'form = ""file=@\""a b.png\""""', 'url = ""https://b.example/?a&b""' | curl.exe --fail-with-body --config -");

    [Fact]
    public void ToPowerShell_FileNameThatPowerShellCannotPass_IsRejected() =>
        FluentActions.Invoking(() => Post([("key", "k")]).ToPowerShell("a\"b")).Should().Throw<ArgumentException>().WithMessage("*quotation mark*");

    private static PresignedPost Post((string Name, string Value)[] fields, params PostCondition[] added) =>
        new("https://b.example/?a&b", fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)), ExpiresAt, added);
}
