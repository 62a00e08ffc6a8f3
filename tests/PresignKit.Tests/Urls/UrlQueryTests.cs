namespace PresignKit.Tests;

public class UrlQueryTests
{
    [Theory]
    [InlineData("https://a.example", "https://a.example?n=v")]
    [InlineData("https://a.example/", "https://a.example/?n=v")]
    [InlineData("https://a.example/b?", "https://a.example/b?n=v")]
    [InlineData("https://a.example/b?c", "https://a.example/b?c&n=v")]
    [InlineData("https://a.example/b?c=d", "https://a.example/b?c=d&n=v")]
    [InlineData("https://a.example/b?c=d&", "https://a.example/b?c=d&n=v")]
    [InlineData("https://a.example/b?c=?", "https://a.example/b?c=?&n=v")]
    [InlineData("https://a.example/b#top", "https://a.example/b?n=v#top")]
    [InlineData("https://a.example/b?c=d#top?e&f", "https://a.example/b?c=d&n=v#top?e&f")]
    [InlineData("https://a.example/b#", "https://a.example/b?n=v#")]
    [InlineData("https://a.example/b#top#two", "https://a.example/b?n=v#top#two")]
    [InlineData("/b/../c//d", "/b/../c//d?n=v")]
    [InlineData("?c=d", "?c=d&n=v")]
    [InlineData("#top", "?n=v#top")]
    [InlineData("", "?n=v")]
    [InlineData("HTTPS://A.example:443/ä %zz+?x= y", "HTTPS://A.example:443/ä %zz+?x= y&n=v")]
    public void Append_AnyUrl_ChangesNothingElse(string url, string expected) => UrlQuery.Append(url, "n", "v").Should().Be(expected);

    [Theory]
    [InlineData("v", "?n=v")]
    [InlineData("", "?n=")]
    [InlineData(null, "?n")]
    [InlineData("a b+c&d=e#f?g/h%20", "?n=a%20b%2Bc%26d%3De%23f%3Fg%2Fh%2520")]
    [InlineData("März €😀", "?n=M%C3%A4rz%20%E2%82%AC%F0%9F%98%80")]
    [InlineData("-._~", "?n=-._~")]
    [InlineData("\r\n\0", "?n=%0D%0A%00")]
    public void Append_Value_IsEncoded(string? value, string expected) => UrlQuery.Append("", "n", value).Should().Be(expected);

    [Fact]
    public void Append_Name_IsEncoded() => UrlQuery.Append("", "a=b &", "v").Should().Be("?a%3Db%20%26=v");

    [Fact]
    public void Append_Several_KeepsTheirOrderAndDuplicates() =>
        UrlQuery.Append("/a?z=0#f", TestPresigner.Pairs(("b", "1"), ("a", "2"), ("b", "1"), ("c", null!))).Should().Be("/a?z=0&b=1&a=2&b=1&c#f");

    [Theory]
    [InlineData("/a?#f")]
    [InlineData("/a#f")]
    [InlineData("")]
    public void Append_NoParameters_ChangesNothing(string url) => UrlQuery.Append(url, []).Should().Be(url);

    [Fact]
    public void Append_EmptyName_IsRejected()
    {
        const string message = "A parameter does not have a name. Specify a name, or remove the parameter.*";

        FluentActions.Invoking(() => UrlQuery.Append("/a", "", "v")).Should().Throw<ArgumentException>().WithMessage(message).WithParameterName("name");
        FluentActions.Invoking(() => UrlQuery.Append("/a", TestPresigner.Pairs(("n", "v"), (null!, "v"))))
            .Should().Throw<ArgumentException>().WithMessage(message).WithParameterName("parameters");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Append_LoneSurrogate_IsRejected(bool inName) => FluentActions
        .Invoking(() => UrlQuery.Append("/a", inName ? "n\uD800" : "n", inName ? "v" : "v\uD800"))
        .Should().Throw<ArgumentException>().WithMessage("*contains a lone surrogate*");

    [Fact]
    public void Append_Null_Throws()
    {
        FluentActions.Invoking(() => UrlQuery.Append(null!, "n", "v")).Should().Throw<ArgumentNullException>().WithParameterName("url");
        FluentActions.Invoking(() => UrlQuery.Append("/a", null!, "v")).Should().Throw<ArgumentNullException>().WithParameterName("name");
        FluentActions.Invoking(() => UrlQuery.Append("/a", null!)).Should().Throw<ArgumentNullException>().WithParameterName("parameters");
    }

    [Fact]
    public void Append_PresignedUrl_KeepsEveryByteOfIt()
    {
        string url = TestPresigner.Create().Presign(new GetObject("a//b+c")).Url;

        UrlQuery.Append(url, "response-content-type", "text/plain").Should().Be(url + "&response-content-type=text%2Fplain");
    }
}
