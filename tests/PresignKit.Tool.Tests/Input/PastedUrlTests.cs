using PresignKit.Tool.Input;

namespace PresignKit.Tool.Tests.Input;

public class PastedUrlTests
{
    public static TheoryData<string> Texts => new()
    {
        $"curl -X PUT '{SampleUrls.Get}'",
        $"curl --silent \"{SampleUrls.Get}\" --output file.pdf",
        $"2026-03-14 15:09:26 GET {SampleUrls.Get} 403 Forbidden\n2026-03-14 15:09:27 GET https://files.example.com/other 200\n",
        $"See [the report]({SampleUrls.Get}), please.",
        $"See the report ({SampleUrls.Get}).",
        $"<a class=\"x\" href=\"{SampleUrls.Get.Replace("&", "&amp;", StringComparison.Ordinal)}\">report</a>",
        $"{{\"id\": 7, \"url\": \"{SampleUrls.Get.Replace("/", "\\/", StringComparison.Ordinal).Replace("&", "\\u0026", StringComparison.Ordinal)}\"}}",
        $"https://login.example/?x=1 {SampleUrls.Get}",
        $"log: {SampleUrls.Get}\nlog: {SampleUrls.Get}",
        $"\u001b[32m{SampleUrls.Get}\u001b[0m was sent",
        $"GET https://proxy.example/?to={Uri.EscapeDataString(SampleUrls.Get)} 200",
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Parse_UrlInALongerText_TakesItOut(string text)
    {
        PastedUrl url = PastedUrl.Parse(text);

        url.Url.Should().Be(SampleUrls.Get, "of {0}", text);
        url.Notes.Should().StartWith("The URL was extracted from a longer text.");
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("  {0}\n")]
    public void Parse_UrlAlone_IsUnchanged(string format)
    {
        PastedUrl url = PastedUrl.Parse(string.Format(System.Globalization.CultureInfo.InvariantCulture, format, SampleUrls.Get));

        url.Url.Should().Be(SampleUrls.Get);
        url.Notes.Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("    ")]
    [InlineData("> ")]
    public void Parse_WrappedUrl_IsJoined(string indent)
    {
        string wrapped = string.Join("\r\n" + indent, SampleUrls.Get.Chunk(72).Select(line => new string(line)));

        PastedUrl url = PastedUrl.Parse(indent + wrapped);

        url.Url.Should().Be(SampleUrls.Get);
        url.Notes.Should().ContainSingle().Which.Should().StartWith("The URL was repaired. The URL contained line breaks");
    }

    public static TheoryData<string, string> Damages => new()
    {
        { SampleUrls.Get.Replace("=", "=3D", StringComparison.Ordinal), "The URL contained '=3D', so it was copied from the source of an email." },
        { SampleUrls.Get.Insert(100, "\n"), "The URL contained line breaks, so it was copied from wrapped text." },
        { SampleUrls.Get.Replace("&", "\\u0026", StringComparison.Ordinal), "The URL contained '\\u0026', so it was copied from JSON." },
        { SampleUrls.Get.Replace("/", "\\/", StringComparison.Ordinal), "The URL contained '\\/', so it was copied from JSON, source code or a shell." },
        { SampleUrls.Get.Replace("&", "&amp;", StringComparison.Ordinal), "The URL contained '&amp;', so it was copied from HTML." },
        { SampleUrls.Get.Replace("&", "&#38;", StringComparison.Ordinal), "The URL contained character references ('&#…;'), so it was copied from HTML." },
        { $"({SampleUrls.Get})", "The URL was surrounded by other characters: '(' and ')'." },
        { Uri.EscapeDataString(SampleUrls.Get), "The URL was percent-encoded as a whole, so it was copied from a parameter of another URL." },
        { SampleUrls.Get.Replace("%", "%25", StringComparison.Ordinal), "The query was percent-encoded twice: it contained '%25' instead of '%'." },
        { SampleUrls.Get.Replace("&", "&amp;", StringComparison.Ordinal).Insert(100, "\n"), "The URL contained line breaks, so it was copied from wrapped text. The URL contained '&amp;', so it was copied from HTML." },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Parse_Damage_IsDescribedWithoutARemedy(string text, string note)
    {
        PastedUrl url = PastedUrl.Parse(text);

        url.Url.Should().Be(SampleUrls.Get);
        url.Notes.Should().Equal("The URL was repaired. " + note);
    }

    [Fact]
    public void Parse_MarkdownLink_HasOneNote() => PastedUrl.Parse($"[report]({SampleUrls.Get})").Notes.Should().Equal("The URL was extracted from a longer text.");

    [Fact]
    public void Parse_WrappedAfterTheSignature_KeepsTheRest()
    {
        PastedUrl url = PastedUrl.Parse(SampleUrls.Get + "\n&versionId=3");

        url.Url.Should().Be(SampleUrls.Get + "&versionId=3");
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData(" and ")]
    public void Parse_SeveralUrls_IsAnError(string separator)
    {
        string text = SampleUrls.Get + separator + SampleUrls.Put;

        FluentActions.Invoking(() => PastedUrl.Parse(text)).Should().Throw<ToolException>().Where(e => e.Code == 2 && e.Message == "The text contains 2 presigned URLs. Pass one of them.");
    }

    // Without spaces, each of the URLs could start one that extends to the end of the text.
    [Fact]
    public void Parse_ManyUrlsWithoutSpaces_DoesNotTakeLong()
    {
        string text = string.Concat(Enumerable.Repeat("https://a.example/?Signature=1", 30_000));
        System.Diagnostics.Stopwatch time = System.Diagnostics.Stopwatch.StartNew();

        PastedUrl.Parse(text).Url.Should().Be(text);
        PastedUrl.Parse(string.Concat(Enumerable.Repeat("https://a.example/?Signature=1,", 100)) + SampleUrls.Get).Url.Should().Be(SampleUrls.Get);

        time.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no URL at all")]
    [InlineData("https://a.example/k?X-Amz-Algorithm=AWS4-HMAC-SHA256")]
    public void Parse_NoPresignedUrl_IsReturnedForTheErrorMessage(string text)
    {
        PastedUrl url = PastedUrl.Parse(text);

        url.Url.Should().Be(text);
        url.Notes.Should().BeEmpty();
    }
}
