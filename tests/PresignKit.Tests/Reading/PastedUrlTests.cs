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
        ["JSON from PHP"] = (url => url.Replace("/", "\\/", StringComparison.Ordinal), @"The URL contains '\/', so it was copied from JSON, source code or a shell. Replace it with '/'."),
        ["HTML in JSON"] = (url => JsonSerializer.Serialize(WebUtility.HtmlEncode(url)), "contains '&amp;'"),
        ["shell"] = (url => url.Replace("?", "\\?", StringComparison.Ordinal).Replace("&", "\\&", StringComparison.Ordinal).Replace("=", "\\=", StringComparison.Ordinal), @"contains '\?'"),
        ["angle brackets"] = (url => $"<{url}>", "surrounded by other characters: '<' and '>'. Remove them."),
        ["opening angle bracket"] = (url => "<" + url, "The URL is surrounded by other characters: '<'. Remove them."),
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
        ["quoted-printable with line feeds"] = (url => Wrap(url.Replace("=", "=3D", StringComparison.Ordinal), 75, "=\n"), "contains '=3D'"),
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

    // The text after the signature looks like damage, but the URL can be read as it is.
    [Fact]
    public void Repair_ReadableUrlWithAnAppendedParameter_ReturnsItUnchanged()
    {
        string url = Upload("k") + "&amp;a=1";

        PresignedUrlInfo.Repair(url, out string? damage).Should().BeSameAs(url);

        damage.Should().BeNull();
    }

    [Theory]
    [InlineData("HTML in angle brackets", "The URL contains '&amp;', so it was copied from HTML. Replace it with '&'. The URL is surrounded by other characters: '<' and '>'. Remove them.")]
    [InlineData("quoted mail", "The URL contains line breaks, so it was copied from wrapped text. Remove the line breaks and the spaces around them. The URL is surrounded by other characters: '> '. Remove them.")]
    public void Repair_TwoKindsOfDamage_DescribesBoth(string kind, string description)
    {
        string url = Upload("a b/k.txt");

        PresignedUrlInfo.Repair(kind == "quoted mail" ? "> " + Wrap(url, 60, "\r\n> ") : $"<{WebUtility.HtmlEncode(url)}>", out string? damage).Should().Be(url);

        damage.Should().Be(description);
    }

    // The number of rounds is limited, so that a hostile text cannot cause any number of them.
    [Fact]
    public void Repair_TenLayers_RemovesEight()
    {
        string url = Upload("k"), damaged = Enumerable.Range(0, 10).Aggregate(url, (text, _) => Uri.EscapeDataString(text));

        PresignedUrlInfo.Repair(damaged, out _).Should().Be(Uri.EscapeDataString(Uri.EscapeDataString(url)));
    }

    [Fact]
    public void Repair_LongestUrl_IsRepaired()
    {
        string damaged = WebUtility.HtmlEncode(Upload("k"));
        damaged = damaged.Replace("/k?", $"/{new string('k', 131_072 - damaged.Length + 1)}?", StringComparison.Ordinal);

        PresignedUrlInfo.Repair(damaged, out string? damage).Should().Be(WebUtility.HtmlDecode(damaged));
        PresignedUrlInfo.Repair(damaged.Replace("/k", "/kk", StringComparison.Ordinal), out string? damageOfLonger).Should().HaveLength(131_073);

        damaged.Should().HaveLength(131_072);
        damage.Should().Contain("&amp;");
        damageOfLonger.Should().BeNull();
    }

    [Theory]
    [InlineData("\\")]
    [InlineData("\\u")]
    [InlineData("\\u002")]
    [InlineData("\\u0zzz&a=1")]
    [InlineData("\\u0041&a=1")]
    [InlineData("\\x0026&a=1")]
    [InlineData("&lt;&a=1")]
    [InlineData("&X-Amz-Signature%20=1")]
    public void Repair_TextThatIsNotAnEscape_IsKept(string appended)
    {
        string url = "https://a.example/k?X-Amz-Algorithm=AWS4-HMAC-SHA256" + appended;

        PresignedUrlInfo.Repair(url, out string? damage).Should().Be(url);

        damage.Should().BeNull();
    }

    [Fact]
    public void Repair_EscapeAtTheEnd_IsRemoved() => PresignedUrlInfo.Repair("https:\\/\\/a.example\\/", out _).Should().Be("https://a.example/");

    // Trailing punctuation belongs to the sentence only if the characters before it look like a value in a query.
    [Theory]
    [InlineData("https://a.example/k?a=AZ09az%-_+/", ".")]
    [InlineData("https://a.example/k?a=(x).", "")]
    [InlineData("https://a.example/a=b.", "")]
    [InlineData("https://a.example/a.", "")]
    [InlineData("<a.example/k?a=1", "")]
    public void Repair_PunctuationAtTheEnd_IsRemovedAfterAValue(string url, string punctuation)
    {
        PresignedUrlInfo.Repair(url + punctuation, out string? damage).Should().Be(url);

        damage.Should().Be(punctuation.Length == 0 ? null : "The URL is surrounded by other characters: '.'. Remove them.");
    }

    [Theory]
    [InlineData("?X-Amz-Algorithm%3DA", "?X-Amz-Algorithm=A")]
    [InlineData("%3FX-Amz-Algorithm%3DA", "?X-Amz-Algorithm=A")]
    [InlineData("?X-Amz-Credential=AK%252F", "?X-Amz-Credential=AK%2F")]
    [InlineData("?Expires=1&Signature=a%252Bb", "?Expires=1&Signature=a%2Bb")]
    public void Repair_QueryThatIsEncodedTwice_IsDecoded(string query, string expected)
    {
        PresignedUrlInfo.Repair(query, out string? damage).Should().Be(expected);

        damage.Should().StartWith("The query is percent-encoded twice");
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://a.example/k")]
    [InlineData("https://a.example/k?X-Amz-Algorithm=AWS4-HMAC-SHA256")]
    [InlineData("X-Amz-Credential=AK%252F20260314?x")]
    [InlineData("https://a.example/k?prefix=50%25&Expires=1&Signature=a%2Bb")]
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
    [InlineData("https://a.example/my file?X-Amz-Signature=0f", "contains a space, which is not valid in a URL. Pass the original URL, in which spaces are percent-encoded.")]
    [InlineData("https://a.example/k\0?X-Amz-Signature=0f", "contains the character U+0000, which is not valid in a URL. Pass the original URL, in which such characters are percent-encoded.")]
    [InlineData("https://a.example/%zz?X-Amz-Signature=0f", "contains a '%' without two hexadecimal digits")]
    [InlineData("https://a.example/k?X-Amz-Signature=%2", "contains a '%' without two hexadecimal digits")]
    [InlineData("https://a.example/k", "does not contain a signature")]
    [InlineData("https://a.example/k?Expires=1", "does not contain a signature")]
    [InlineData("https://a.example/k?AWSAccessKeyId=AK&Expires=1", "lacks 'Signature'")]
    [InlineData("https://a.example/k?X-Amz-Algorithm=AWS4-HMAC-SHA256", "lacks 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires', 'X-Amz-SignedHeaders', 'X-Amz-Signature'")]
    [InlineData("https://a.example/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0f", "lacks 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires', 'X-Amz-SignedHeaders', so it was truncated")]
    [InlineData(
        "https://a.example/k?X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256&X-Amz-Credential=AK&X-Amz-Date=1&X-Amz-Expires=1&X-Amz-SignedHeaders=host&X-Amz-Signature=3045",
        "is malformed")]
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
    public void TryParse_DamagedAndIncompleteUrl_NamesBoth()
    {
        PresignedUrlInfo.TryParse("<https://a.example/k?AWSAccessKeyId=AK&Expires=1>", endpoint: null, out _, out string? problem).Should().BeFalse();

        problem.Should().Be("The URL is surrounded by other characters: '<' and '>'. Remove them. "
            + "The URL lacks 'Signature', so it was truncated or changed. Copy the whole URL again, and enclose it in quotation marks if you use it in a shell.");
    }

    // The space in the fragment is not sent.
    [Fact]
    public void TryParse_DamagedUrlWithAFragment_NamesTheDamageOnly()
    {
        PresignedUrlInfo.TryParse($"<{Upload("k")}#a b>", endpoint: null, out PresignedUrlInfo? info, out string? problem).Should().BeTrue();

        info!.Key.Should().Be("k");
        problem.Should().Be("The URL is surrounded by other characters: '<' and '>'. Remove them.");
    }

    [Fact]
    public void TryParse_ParameterAfterAnEscapedDelimiter_IsRead()
    {
        PresignedUrlInfo.TryParse(Upload("k") + "\\u0026versionId=3", endpoint: null, out PresignedUrlInfo? info, out _).Should().BeTrue();

        info!.OtherParameters.Should().Equal(TestPresigner.Pairs(("versionId", "3")));
    }

    // A decoded value that is not valid UTF-8 makes the URL unreadable, but the original URL could be read.
    [Fact]
    public void TryParse_UrlThatTheRepairMakesUnreadable_IsReadAsItIs()
    {
        PresignedUrlInfo.TryParse(Upload("k")[..^1] + "&#48;&a=%FF", endpoint: null, out PresignedUrlInfo? info, out string? problem).Should().BeTrue();

        info!.Key.Should().Be("k");
        problem.Should().Be("The URL contains character references ('&#…;'), so it was copied from HTML. Replace them with the characters.");
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
    public void TryParse_LongestIncompleteUrl_NamesWhatItLacks()
    {
        PresignedUrlInfo.TryParse("https://a.example/" + new string('a', 131_072 - 18), endpoint: null, out _, out string? problem).Should().BeFalse();

        problem.Should().StartWith("The URL does not contain a signature.");
    }

    [Fact]
    public void TryParse_UppercaseSignature_NamesTheCause()
    {
        string url = Upload("k");

        PresignedUrlInfo.TryParse(url[..^64] + Signature(url).ToUpperInvariant(), endpoint: null, out _, out string? problem).Should().BeTrue();

        problem.Should().Be("X-Amz-Signature contains characters other than lowercase hexadecimal digits, so the URL was changed. Copy the URL again.");
    }

    [Fact]
    public void FindInSignature_WellFormedSignature_IsNullEvenIfTheUrlIsIncomplete() =>
        UrlProblem.FindInSignature($"https://a.example/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature={Signature(Upload("k"))}").Should().BeNull();

    [Fact]
    public void TryParse_ShortSignatureAsTheFirstParameter_NamesTheCause()
    {
        string url = Upload("k");
        int query = url.IndexOf('?') + 1, signature = url.IndexOf("&X-Amz-Signature=", StringComparison.Ordinal);

        PresignedUrlInfo.TryParse($"{url[..query]}X-Amz-Signature=0f&{url[query..signature]}", endpoint: null, out _, out string? problem).Should().BeTrue();

        problem.Should().StartWith("X-Amz-Signature has 2 characters");
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
