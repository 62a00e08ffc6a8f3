using System.Net;
using System.Text;
using System.Xml.Linq;

namespace PresignKit.LiveTests;

/// <summary>Odd keys reach the store byte for byte.</summary>
public class OddKeyTests
{
    public static IEnumerable<string> Keys()
    {
        for (char c = (char)1; c < 128; c++)
        {
            yield return $"byte/{(int)c:x2}/a{c}z";
        }

        string[] texts =
        [
            "/leading", "//two leading", "inner//slashes///here", "trailing/", "trailing//", "a+b c", "100%", "%2F", "%2e%2e/x", "%", "a?b=c&d", "a#b",
            ".hidden", "dots...", "a..b", "...", "a/.../b", "~home", "'quoted'", "\"double\"", "back\\slash", "ünïcödé", "e\u0301 combined", "日本語/ファイル.txt",
            "العربية", "emoji 🙂👩‍👩‍👧", "\uE000 private", "\U0001F600 astral", "\uFFFD", "\u00A0nbsp\u2028", " leading space", "trailing space ", "a=b;c:d@e,f!g*h(i)",
            "tab\there", "line\r\nbreak", "\u007F delete", "&lt;xml&gt;<a>", new string('k', 1024), string.Concat(Enumerable.Repeat("ü", 512)),
        ];
        foreach (string text in texts)
        {
            yield return text;
        }
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.RgwAsSpaces)]
    [InlineData(Via.Swift)]
    [InlineData(Via.LocalS3)]
    public async Task Presign_OddKeys_RoundTripByteForByte(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        S3Presigner presigner = store.Presigner();
        string[] keys = [.. Keys()];

        foreach (string key in keys)
        {
            await store.Put(key, Encoding.UTF8.GetBytes("content of " + key));
        }

        foreach (string key in keys)
        {
            using HttpResponseMessage get = await store.Send(presigner.Presign(new GetObject(key)));
            await get.ShouldHaveStatus(200);
            (await get.Content.ReadAsStringAsync()).Should().Be("content of " + key);
        }

        (await ListKeys(store, presigner)).Should().BeEquivalentTo(keys);
    }

    private static async Task<List<string>> ListKeys(LiveStore store, S3Presigner presigner)
    {
        using HttpResponseMessage list = await store.Send(presigner.Presign(new S3BucketRequest(HttpMethod.Get)
        {
            Bucket = store.Bucket,
            Query = [new("list-type", "2"), new("encoding-type", "url"), new("max-keys", "1000")],
        }));
        await list.ShouldHaveStatus(200);
        return
        [
            .. XDocument.Parse(await list.Content.ReadAsStringAsync()).Descendants().Where(element => element.Name.LocalName == "Key")
                .Select(element => WebUtility.UrlDecode(element.Value)),
        ];
    }
}
