using PresignKit.Tool.Input;

namespace PresignKit.Tool.Tests.Input;

public class MediaTypeTests
{
    [Theory]
    [InlineData("a.html", "text/html")]
    [InlineData("dir.png/a.tar.gz", "application/gzip")]
    [InlineData("A.JPG", "image/jpeg")]
    [InlineData(".png", "image/png")]
    [InlineData("a.", "application/octet-stream")]
    [InlineData("png", "application/octet-stream")]
    [InlineData("", "application/octet-stream")]
    public void OfFile_Extension_DeterminesTheType(string path, string type) => MediaType.OfFile(path).Should().Be(type);
}
