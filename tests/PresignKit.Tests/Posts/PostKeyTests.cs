namespace PresignKit.Tests;

public class PostKeyTests
{
    [Theory]
    [InlineData("a/${filename}", "*contains ${filename}*no upload could satisfy the policy*UseFileName to true*")]
    [InlineData("", "*key is empty*")]
    [InlineData("a/../b", "*'.' or '..'*")]
    [InlineData(" a", "The key ' a' starts with white space*presign a PutObject*")]
    [InlineData("a\u00A0", "*ends with white space*presign a PutObject*")]
    [InlineData("a\r\nb", "*'a<U+000D><U+000A>b' contains the control character U+000D*PutObject*")]
    public void Exact_InvalidKey_IsRejected(string key, string message) =>
        FluentActions.Invoking(() => PostKey.Exact(key)).Should().Throw<ArgumentException>().WithParameterName(nameof(key)).WithMessage(message);

    [Fact]
    public void Exact_LoneSurrogateOrTooLong_IsRejected()
    {
        FluentActions.Invoking(() => PostKey.Exact("a\uD83D")).Should().Throw<ArgumentException>().WithMessage("*lone surrogate*");
        FluentActions.Invoking(() => PostKey.StartingWith("a\uD83D")).Should().Throw<ArgumentException>().WithMessage("*lone surrogate*");
        FluentActions.Invoking(() => PostKey.Exact(new string('a', 1025))).Should().Throw<ArgumentException>().WithMessage("*1025 bytes*");
    }

    [Theory]
    [InlineData("user-4", "The prefix 'user-4' does not end with '/'*Use 'user-4/', or PostKey.StartingWith*")]
    [InlineData("", "*empty*every key in the bucket*PostKey.Any*")]
    [InlineData("$up/", "*starts with '$', so Ceph would read it as the name of a field and then allow any text*")]
    [InlineData(" up/", "*starts with white space*")]
    [InlineData("a/../", "*'.' or '..'*")]
    [InlineData("a/${filename}/", "*UseFileName to true*")]
    public void Prefix_Unsafe_IsRejected(string prefix, string message) =>
        FluentActions.Invoking(() => PostKey.Prefix(prefix)).Should().Throw<ArgumentException>().WithParameterName(nameof(prefix)).WithMessage(message);

    [Theory]
    [InlineData("", "*PostKey.Any*")]
    [InlineData("$", "*starts with '$'*")]
    [InlineData("a/../b", "*'.' or '..'*")]
    public void StartingWith_Unsafe_IsRejected(string text, string message) =>
        FluentActions.Invoking(() => PostKey.StartingWith(text)).Should().Throw<ArgumentException>().WithParameterName(nameof(text)).WithMessage(message);

    [Fact]
    public void Factories_Null_Throw()
    {
        FluentActions.Invoking(() => PostKey.Exact(null!)).Should().Throw<ArgumentNullException>().WithParameterName("key");
        FluentActions.Invoking(() => PostKey.Prefix(null!)).Should().Throw<ArgumentNullException>().WithParameterName("prefix");
        FluentActions.Invoking(() => PostKey.StartingWith(null!)).Should().Throw<ArgumentNullException>().WithParameterName("text");
    }

    [Fact]
    public void Equals_SameKeys_IsEqual()
    {
        PostKey.Prefix("up/").Should().Be(PostKey.StartingWith("up/")).And.NotBe(PostKey.Exact("up/")).And.NotBe(PostKey.Prefix("UP/"));
        PostKey.Prefix("up/").GetHashCode().Should().Be(PostKey.StartingWith("up/").GetHashCode());
        PostKey.Any.Should().BeSameAs(PostKey.Any);
    }

    [Fact]
    public void ToString_Keys_ShowsAStarForTheRest()
    {
        PostKey.Exact("a.txt").ToString().Should().Be("a.txt");
        PostKey.Prefix("up/").ToString().Should().Be("up/*");
        PostKey.StartingWith("up/photo-").ToString().Should().Be("up/photo-*");
        PostKey.Any.ToString().Should().Be("*");
    }
}
