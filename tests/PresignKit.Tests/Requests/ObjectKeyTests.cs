namespace PresignKit.Tests;

public class ObjectKeyTests
{
    private const char HighSurrogate = '\uD83D';
    private const char LowSurrogate = '\uDE00';

    [Fact]
    public void New_Null_Throws() =>
        FluentActions.Invoking(() => new GetObject(null!)).Should().Throw<ArgumentNullException>().WithParameterName("key");

    [Fact]
    public void New_Empty_NamesS3BucketRequest() =>
        RejectionMessage("").Should().Match("The key is empty*the bucket itself*S3BucketRequest*");

    [Fact]
    public void New_Empty_IsRejectedWhereverAKeyIsSet()
    {
        Action[] ways =
        [
            () => _ = new GetObject(""),
            () => _ = new HeadObject(""),
            () => _ = new PutObject(""),
            () => _ = new DeleteObject(""),
            () => _ = new DeleteObject("key") with { Key = "" },
            () => _ = new AbortMultipartUpload("", "id"),
            () => _ = new CopySource("bucket", ""),
            () => _ = new S3Request(HttpMethod.Delete, ""),
        ];

        ways.Should().AllSatisfy(way => way.Should().Throw<ArgumentException>().WithMessage("The key is empty*"));
    }

    [Fact]
    public void Key_SetToAnInvalidKey_NamesTheProperty()
    {
        FluentActions.Invoking(() => new GetObject("key") with { Key = "" }).Should().Throw<ArgumentException>().WithParameterName("Key");
        FluentActions.Invoking(() => new GetObject("key") with { Key = null! }).Should().Throw<ArgumentNullException>().WithParameterName("Key");
    }

    [Theory]
    [InlineData("a", 1025, "1025")]
    [InlineData("é", 513, "1026")]
    [InlineData("€", 342, "1026")]
    [InlineData("😀", 257, "1028")]
    public void New_TooLong_NamesTheLengthAndTheMaximum(string part, int count, string bytes) =>
        RejectionMessage(string.Concat(Enumerable.Repeat(part, count))).Should().Match($"The key '{part}*…' has {bytes} bytes in UTF-8*1024*Shorten it*");

    [Theory]
    [InlineData("a", 1024)]
    [InlineData("é", 512)]
    [InlineData("😀", 256)]
    public void New_MaximumLength_IsAccepted(string part, int count)
    {
        string key = string.Concat(Enumerable.Repeat(part, count));

        new GetObject(key).Key.Should().Be(key);
    }

    [Fact]
    public void New_Nul_ShowsItsPosition() => RejectionMessage("a\0b").Should().Match("The key 'a<U+0000>b' contains a NUL character*Remove it*");

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("./a")]
    [InlineData("../a")]
    [InlineData("a/.")]
    [InlineData("a/..")]
    [InlineData("a/./b")]
    [InlineData("a/../b")]
    [InlineData("/../other-bucket/a")]
    [InlineData("a//../b")]
    public void New_DotSegment_NamesTheKeyAndTheRemedy(string key) =>
        RejectionMessage(key).Should().Match($"The key '{key}' has '.' or '..'*a different object*Rename*");

    [Theory]
    [InlineData("...")]
    [InlineData(".hidden")]
    [InlineData("a..b/..c/d..")]
    [InlineData("a\\..\\b")]
    [InlineData("%2E%2E/a")]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData("/a/")]
    [InlineData(" ")]
    [InlineData("a\r\nb\tc")]
    public void New_KeyWithoutDotSegments_IsAccepted(string key) => new GetObject(key).Key.Should().Be(key);

    [Theory]
    [InlineData(null, "The key is empty")]
    [InlineData("", "The key is empty")]
    [InlineData("../x", "has '.' or '..' as a path segment")]
    [InlineData("a/./b", "has '.' or '..' as a path segment")]
    [InlineData("a\0b", "contains a NUL character")]
    public void IsValid_InvalidKey_IsFalseAndNamesTheProblem(string? key, string cause)
    {
        ObjectKey.IsValid(key, out string? problem).Should().BeFalse();

        problem.Should().Contain(cause);
        FluentActions.Invoking(() => new GetObject(key!)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void IsValid_TooLongOrNotText_IsFalseAndNamesTheProblem()
    {
        ObjectKey.IsValid(new string('é', 513), out string? ofLong).Should().BeFalse();
        ObjectKey.IsValid("a" + HighSurrogate, out string? ofHalf).Should().BeFalse();

        ofLong.Should().Contain("has 1026 bytes in UTF-8");
        ofHalf.Should().Contain("contains a lone surrogate");
    }

    [Theory]
    [InlineData("photos/1.jpg")]
    [InlineData("/..a/b../...")]
    [InlineData("😀")]
    public void IsValid_Key_IsTrueWithoutAProblem(string key)
    {
        ObjectKey.IsValid(key, out string? problem).Should().BeTrue();

        problem.Should().BeNull();
    }

    // The key is created here, because neither attributes nor xunit's serialization preserve a lone surrogate.
    [Theory]
    [InlineData("high at the end")]
    [InlineData("high before a letter")]
    [InlineData("low alone")]
    [InlineData("reversed pair")]
    public void New_LoneSurrogate_ShowsItAndTheRemedy(string which)
    {
        string key = which switch
        {
            "high at the end" => "a" + HighSurrogate,
            "high before a letter" => HighSurrogate + "a",
            "low alone" => "a" + LowSurrogate,
            _ => $"{LowSurrogate}{HighSurrogate}",
        };

        RejectionMessage(key).Should().MatchRegex("^The key '.*<U\\+D[8E][03][0D]>.*' contains a lone surrogate .* Correct the text");
    }

    [Fact]
    public void Presign_SurrogatePair_IsOneScalarValue() =>
        TestPresigner.Create().Presign(new GetObject($"{HighSurrogate}{LowSurrogate}")).Address().Should().EndWith("/%F0%9F%98%80");

    private static string RejectionMessage(string key) =>
        FluentActions.Invoking(() => new GetObject(key)).Should().Throw<ArgumentException>().WithParameterName(nameof(key)).Which.Message;
}
