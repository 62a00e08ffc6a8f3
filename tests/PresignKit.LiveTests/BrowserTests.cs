using System.Globalization;

namespace PresignKit.LiveTests;

/// <summary>Forms of <see cref="PresignedPost.ToHtmlForm"/>, sent by a real browser.</summary>
public class BrowserTests
{
    private const string FileName = "n\u00E4me \u6F22\U0001F600 (1) 'x'.png";

    [BrowserFact]
    public async Task ToHtmlForm_SentByChromium_UploadsUnderTheNameOfTheFile()
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        using Browser browser = new();
        PresignedPost post = store.Presigner().PresignPost(new PostPolicy(PostKey.Prefix("\u00FCp \"&<\U0001F600/"))
        {
            UseFileName = true,
            ContentType = "image/png",
            ContentLength = (1, 100),
            Metadata = new Dictionary<string, string> { ["note"] = "it's \"a\" <b> &amp; \\ 100%" },
            Tagging = new Dictionary<string, string> { ["Gr\u00F6\u00DFe"] = "a & b" },
            SuccessRedirect = browser.Origin + "done",
        });

        string done = await browser.Open(Page(post, ""));

        done.Should().StartWith($"/done?bucket={store.Bucket}&key=");
        using HttpResponseMessage got = await store.Send(store.Presigner().Presign(new GetObject("\u00FCp \"&<\U0001F600/" + FileName)));
        await got.ShouldHaveStatus(200);
        (await got.Content.ReadAsStringAsync()).Should().Be("h\u00E9llo");
        got.Content.Headers.ContentType!.ToString().Should().Be("image/png");
        got.Headers.GetValues("x-amz-meta-note").Should().Equal("it's \"a\" <b> &amp; \\ 100%");
        using HttpResponseMessage tags = await store.Send(store.Presigner().Presign(new GetObjectTagging("\u00FCp \"&<\U0001F600/" + FileName)));
        (await tags.Content.ReadAsStringAsync()).Should().Contain("<Key>Gr\u00F6\u00DFe</Key><Value>a &amp; b</Value>");
    }

    [BrowserFact]
    public async Task ToHtmlForm_FieldsFilledInByThePage_AreAccepted()
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        using Browser browser = new();
        PresignedPost post = store.Presigner().PresignPost(new PostPolicy(PostKey.Prefix("user-42/"))
        {
            ContentTypePrefix = "image/",
            Conditions = [PostCondition.StartsWith("x-amz-meta-title", "")],
            SuccessRedirect = browser.Origin + "done",
        });

        string done = await browser.Open(Page(
            post,
            "form.elements['key'].value += 'a.png'; form.elements['Content-Type'].value = file.type; form.elements['x-amz-meta-title'].value = 'My title';"));

        done.Should().Contain("&key=user-42%2Fa.png&");
        using HttpResponseMessage got = await store.Send(store.Presigner().Presign(new HeadObject("user-42/a.png")));
        await got.ShouldHaveStatus(200);
        got.Content.Headers.ContentType!.ToString().Should().Be("image/png");
        got.Headers.GetValues("x-amz-meta-title").Should().Equal("My title");
    }

    // The page is not encoded in UTF-8, and a script selects the file instead of a user. The form determines the rest.
    private static string Page(PresignedPost post, string fill)
    {
        string form = post.ToHtmlForm();
        string script = $$"""
            const form = document.forms[0];
            const file = new File(['h\u00E9llo'], {{Literal(FileName)}}, { type: 'image/png' });
            const transfer = new DataTransfer();
            transfer.items.add(file);
            form.elements['file'].files = transfer.files;
            {{fill}}
            form.querySelector('button').click();
            """;
        return "<!doctype html><title>upload</title>\n" + form + "<script>\n" + script + "\n</script>";
    }

    private static string Literal(string text) =>
        "\"" + string.Concat(text.Select(one => "\\u" + ((int)one).ToString("X4", CultureInfo.InvariantCulture))) + "\"";
}
