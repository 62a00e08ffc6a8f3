namespace PresignKit.Tests;

public class PathNormalizationTests
{
    [Theory]
    [InlineData("", "/")]
    [InlineData("/", "/")]
    [InlineData("//", "/")]
    [InlineData("/a", "/a")]
    [InlineData("/a/", "/a/")]
    [InlineData("//a//b//", "/a/b/")]
    [InlineData("/./a", "/a")]
    [InlineData("/a/.", "/a/")]
    [InlineData("/a/./b", "/a/b")]
    [InlineData("/a/..", "/")]
    [InlineData("/a/../", "/")]
    [InlineData("/a/b/..", "/a/")]
    [InlineData("/a/../b", "/b")]
    [InlineData("/a/b/../../..", "/")]
    [InlineData("/../../a", "/a")]
    [InlineData("/.../a", "/.../a")]
    [InlineData("/a%2F..%2Fb", "/a%2F..%2Fb")]
    [InlineData("/ /a", "/ /a")]
    public void Normalize_Path_RemovesDotsAndDoubledSlashes(string path, string expected) => PathNormalization.Normalize(path).Should().Be(expected);
}
