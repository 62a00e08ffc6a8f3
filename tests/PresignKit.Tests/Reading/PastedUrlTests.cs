using System.Net;
using System.Text;
using System.Text.Json;

namespace PresignKit.Tests;

/// <summary>URLs as people paste them.</summary>
public class PastedUrlTests
{
    private const string SigV2 = "https://my-space.nyc3.digitaloceanspaces.com/a%20b/k.txt?AWSAccessKeyId=AK&Expires=1773504566&Signature=vjbyPxybdZaNmGa%2ByT272YEAiv4%3D";

    private static readonly Dictionary<string, (Func<string, string> Damage, string Cause)> Damages = new()
    {
        ["HTML"] = (url => WebUtility.HtmlEncode(url), "contains '&amp;', so it was copied from HTML. Replace it with '&'."),
        ["HTML twice"] = (url => WebUtility.HtmlEncode(WebUtility.HtmlEncode(url)), "contains '&amp;'"),
        ["HTML with numeric references"] = (url => url.Replace("&", "&#38;", StringComparison.Ordinal), "character references"),
        ["JSON"] = (url => JsonSerializer.Serialize(url).Trim('"'), @"contains '\u0026', so it was copied from JSON. Read the JSON with a parser, or replace '\u0026' with '&'."),
        ["JSON in quotes"] = (url => JsonSerializer.Serialize(url), @"contains '\u0026'"),
        ["JSON in JSON"] = (url => JsonSerializer.Serialize(JsonSerializer.Serialize(url)), @"\"),
        ["JSON from PHP"] = (url => url.Replace("/", "\\/", StringComparison.Ordinal), @"contains '\/'"),
        ["HTML in JSON"] = (url => JsonSerializer.Serialize(WebUtility.HtmlEncode(url)), "contains '&amp;'"),
        ["shell"] = (url => url.Replace("?", "\\?", StringComparison.Ordinal).Replace("&", "\\&", StringComparison.Ordinal).Replace("=", "\\=", StringComparison.Ordinal), @"contains '\?'"),
        ["angle brackets"] = (url => $"<{url}>", "surrounded by other characters: '<' and '>'. Remove them."),
        ["URL in angle brackets"] = (url => $"<URL:{url}>", "surrounded by other characters: '<URL:' and '>'"),
        ["double quotes"] = (url => $"\"{url}\"", "surrounded by other characters: '\"' and '\"'"),
        ["single quotes"] = (url => $"'{url}'", "surrounded"),
        ["backticks"] = (url => $"`{url}`", "surrounded"),
        ["parentheses"] = (url => $"({url})", "surrounded by other characters: '(' and ')'"),
        ["parentheses at the end of a sentence"] = (url => $"({url}).", "surrounded by other characters: '(' and ').'"),
        ["typographic quotes"] = (url => $"“{url}”,", "surrounded"),
        ["full stop"] = (url => url + ".", "surrounded by other characters: '.'. Remove them."),
        ["comma"] = (url => url + ",", "surrounded by other characters: ','"),
        ["closing parenthesis"] = (url => url + ")", "surrounded by other characters: ')'"),
        ["closing quotes"] = (url => url + "\">", "surrounded by other characters: '\">'"),
        ["spaces"] = (url => $"  {url}\t", "surrounded"),
        ["line break at the end"] = (url => url + "\r\n", "surrounded by other characters: '<U+000D><U+000A>'"),
        ["wrapped"] = (url => Wrap(url, 72, "\r\n"), "contains line breaks, so it was copied from wrapped text. Remove the line breaks and the spaces around them."),
        ["wrapped and indented"] = (url => Wrap(url, 40, "\n    "), "contains line breaks"),
        ["wrapped in a quoted mail"] = (url => "> " + Wrap(url, 60, "\r\n> "), "contains line breaks"),
        ["wrapped in a shell"] = (url => Wrap(url, 60, "\\\n"), "contains line breaks"),
        ["one parameter per line"] = (url => url.Replace("?", "\n  ?", StringComparison.Ordinal).Replace("&", "\n  &", StringComparison.Ordinal), "contains line breaks"),
        ["wrapped in angle brackets"] = (url => $"<{Wrap(url, 72, "\r\n")}>", "contains line breaks"),
        ["quoted-printable"] = (url => Wrap(url.Replace("=", "=3D", StringComparison.Ordinal), 75, "=\r\n"), "contains '=3D', so it was copied from the source of an email."),
        ["encoded as a whole"] = (url => Uri.EscapeDataString(url), "percent-encoded as a whole"),
        ["encoded as a whole twice"] = (url => Uri.EscapeDataString(Uri.EscapeDataString(url)), "percent-encoded as a whole"),
        ["query encoded as a whole"] = (url => url[..(url.IndexOf('?') + 1)] + Uri.EscapeDataString(url[(url.IndexOf('?') + 1)..]), "percent-encoded twice"),
        ["query and its question mark encoded"] = (url => url[..url.IndexOf('?')] + Uri.EscapeDataString(url[url.IndexOf('?')..]), "percent-encoded twice"),
        ["values encoded twice"] = (url => url[..url.IndexOf('?')] + url[url.IndexOf('?')..].Replace("%", "%25", StringComparison.Ordinal), "contains '%25' instead of '%'"),
    };

    public static TheoryData<string> Kinds => [.. Damages.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TryParse_PastedUrl_ReadsTheOriginalUrl(string kind)
    {
        (Func<string, string> damage, string cause) = Damages[kind];
        string[] urls = [Upload("a b/k.txt"), TestPresigner.Create(options => options.SessionToken = TestPresigner.SessionToken).Presign(new GetObject("é+%/k") { DownloadFileName = "März (1).pdf" }).Url, SigV2];
        foreach (string url in urls)
        {
            PresignedUrlInfo.TryParse(url, out PresignedUrlInfo? original).Should().BeTrue();

            PresignedUrlInfo.TryParse(damage(url), endpoint: null, out PresignedUrlInfo? info, out string? problem).Should().BeTrue("of {0}", damage(url));

            info.Should().BeEquivalentTo(original, "of {0}", damage(url));
            PresignedUrlInfo.TryParse(damage(url), out info).Should().BeTrue();
            info.Should().BeEquivalentTo(original);
            if (url != SigV2 || problem is not null)
            {
                problem.Should().Contain(cause, "of {0}", damage(url)).And.NotContain("t0ken");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Repair_PastedUrl_ReturnsTheOriginalUrlAndDescribesTheDamage(string kind)
    {
        (Func<string, string> damage, string cause) = Damages[kind];
        string url = Upload("a b/k.txt");

        string repaired = PresignedUrlInfo.Repair(damage(url), out string? description);

        repaired.Should().Be(url, "of {0}", damage(url));
        description.Should().Contain(cause).And.NotContain(Signature(url));
    }

    [Fact]
    public void Repair_ReadableUrl_ReturnsItUnchanged()
    {
        // The key and the file name contain what looks like damage.
        string url = TestPresigner.Create().Presign(new GetObject("a&amp;b.") { DownloadFileName = "&#38;).txt" }).Url;

        PresignedUrlInfo.Repair(url, out string? damage).Should().BeSameAs(url);

        damage.Should().BeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://a.example/k")]
    [InlineData("https://a.example/k?X-Amz-Algorithm=AWS4-HMAC-SHA256")]
    public void Repair_IncompleteUrlWithoutDamage_ReturnsItUnchanged(string url)
    {
        PresignedUrlInfo.Repair(url, out string? damage).Should().Be(url);

        damage.Should().BeNull("because TryParse describes what is missing");
    }

    [Fact]
    public void Repair_Null_Throws() =>
        FluentActions.Invoking(() => PresignedUrlInfo.Repair(null!, out _)).Should().Throw<ArgumentNullException>().WithParameterName("url");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void VerifyAndResign_PastedUrl_RejectItAndResignNamesTheCause(string kind)
    {
        (Func<string, string> damage, string cause) = Damages[kind];
        string url = damage(Upload("k"));

        PresignedUrlVerificationStatus status = Received.Verifier().Verify(HttpMethod.Put, url, [new("content-type", "text/plain")]).Status;
        string message = FluentActions.Invoking(() => Presigner.Resign(url, HttpMethod.Put, new() { Headers = TestPresigner.Pairs(("content-type", "text/plain")) }))
            .Should().Throw<ArgumentException>("of {0}", url).WithParameterName("url").Which.Message;

        status.Should().NotBe(PresignedUrlVerificationStatus.Valid).And.NotBe(PresignedUrlVerificationStatus.UnsupportedAlgorithm);
        message.Should().Contain(cause, "of {0}", url).And.NotContain("SigV2").And.NotContain(Signature(Upload("k")));
    }

    [Theory]
    [InlineData(-4, "has 60 characters, but a SigV4 signature has 64 hexadecimal digits, so the URL was truncated. Copy the whole URL again.")]
    [InlineData(-64, "has 0 characters")]
    [InlineData(2, "has 66 characters, but a SigV4 signature has 64 hexadecimal digits, so text was added to the URL. Remove the text after the signature.")]
    public void TryParseAndResign_SignatureOfWrongLength_NameTheCause(int difference, string cause)
    {
        string url = Upload("k");
        url = difference < 0 ? url[..(url.Length + difference)] : url + new string('0', difference);

        PresignedUrlInfo.TryParse(url, endpoint: null, out PresignedUrlInfo? info, out string? problem).Should().BeTrue();

        info!.Key.Should().Be("k");
        problem.Should().Contain(cause);
        FluentActions.Invoking(() => Presigner.Resign(url, HttpMethod.Put, new() { Headers = TestPresigner.Pairs(("content-type", "text/plain")) })).Should().Throw<ArgumentException>().WithMessage($"*{cause}*");
    }

    [Theory]
    [InlineData("", "does not start with 'https://' or 'http://'")]
    [InlineData("my-space.nyc3.digitaloceanspaces.com/k?X-Amz-Signature=0f", "does not start with")]
    [InlineData("https://user@a.example/k?X-Amz-Signature=0f", "The host of the URL is not valid, or the URL contains a user name.")]
    [InlineData("https://a.example/my file?X-Amz-Signature=0f", "contains a space, which is not valid in a URL.")]
    [InlineData("https://a.example/k\0?X-Amz-Signature=0f", "contains the character U+0000")]
    [InlineData("https://a.example/%zz?X-Amz-Signature=0f", "contains a '%' without two hexadecimal digits")]
    [InlineData("https://a.example/k?X-Amz-Signature=%2", "contains a '%' without two hexadecimal digits")]
    [InlineData("https://a.example/k", "does not contain a signature")]
    [InlineData("https://a.example/k?Expires=1", "does not contain a signature")]
    [InlineData("https://a.example/k?AWSAccessKeyId=AK&Expires=1", "lacks 'Signature'")]
    [InlineData("https://a.example/k?X-Amz-Algorithm=AWS4-HMAC-SHA256", "lacks 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires', 'X-Amz-SignedHeaders', 'X-Amz-Signature'")]
    [InlineData(
        "https://a.example/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AK&X-Amz-Date=1&X-Amz-Expires=1&X-Amz-SignedHeaders=host&X-Amz-Signature=0f3c5a7b9d1e2f4a6b8c0d2e4f6a8b0c1d3e5f7a9b1c3d5e7f9a1b3c5d7e9f0a",
        "is malformed")]
    public void TryParse_UnreadableUrl_NamesTheCause(string url, string cause)
    {
        PresignedUrlInfo.TryParse(url, endpoint: null, out PresignedUrlInfo? info, out string? problem).Should().BeFalse();

        info.Should().BeNull();
        problem.Should().Contain(cause).And.NotContain("0f");
    }

    [Fact]
    public void TryParse_NullAndTooLong_NameTheCause()
    {
        PresignedUrlInfo.TryParse(null, endpoint: null, out _, out string? ofNull).Should().BeFalse();
        PresignedUrlInfo.TryParse("https://a.example/" + new string('a', 1_000_000), endpoint: null, out _, out string? ofLong).Should().BeFalse();

        ofNull.Should().StartWith("The URL is null.");
        ofLong.Should().StartWith("The URL has 1000018 characters, but at most 131072 are read.");
    }

    [Fact]
    public void TryParse_IntactUrl_HasNoProblem()
    {
        string[] keys = ["a&amp;b", "a\\u0026b", "<a>", "a.", "(a)", "%25", "a=3Db", "https%3A"];
        foreach (string key in keys)
        {
            PresignedUrlInfo.TryParse(Presigner.Presign(new GetObject(key) { DownloadFileName = key }).Url, endpoint: null, out PresignedUrlInfo? info, out string? problem).Should().BeTrue();

            info!.Key.Should().Be(key);
            problem.Should().BeNull();
        }
    }

    private static S3Presigner Presigner => TestPresigner.Create();

    private static string Upload(string key) => Presigner.Presign(new PutObject(key) { ContentType = "text/plain" }).Url;

    private static string Signature(string url) => url[^64..];

    private static string Wrap(string text, int column, string lineBreak)
    {
        StringBuilder wrapped = new();
        for (int i = 0; i < text.Length; i += column)
        {
            wrapped.Append(i == 0 ? "" : lineBreak).Append(text, i, Math.Min(column, text.Length - i));
        }

        return wrapped.ToString();
    }
}
