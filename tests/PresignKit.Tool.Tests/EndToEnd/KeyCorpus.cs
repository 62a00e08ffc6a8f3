namespace PresignKit.Tool.Tests.EndToEnd;

/// <summary>500 keys: each ASCII character, keys that are known to be difficult, and random mixtures.</summary>
internal static class KeyCorpus
{
    private const int Count = 500;
    private const int Seed = 20261130;

    private static readonly string[] Difficult =
    [
        "photo.jpg", "a/b/c/d.txt", "/", "//", "/a", "//a", "a//b", "dir/", "dir//", " ", " a ", "a b  c", "a+b", "a+b c", "100%", "a%2Fb", "%2e%2E", "a%20b", "a%252Fb", "%zz%4",
        "what?", "a?b=c&d=e", "a#b", "a;b=c,d", "10:30", "C:\\temp\\x", "a\\..\\b", "https://h.test/p?q#f", "s3://my-space/k", "a?X-Amz-Signature=0", "user@host", "\"a\" 'b' `c`",
        "[a]{b}(c)<d>", "a|b^c", "!$&'()*+,;=:@", "~user/~", "AZaz09-._~", "a..b", ".hidden", "...", "a/.../b", "a/.b/..c", "a\tb\nc\r\nd", "\n", "\r", "a\u0080\u009fb", "a\u00a0b",
        "Größe.txt", "Καλημέρα κόσμε", "Отчёт", "مرحبا/العالم", "שלום", "नमस्ते", "สวัสดี", "报告/資料/日本語/한국어", "ｱＡ１．．／", "é", "e\u0301", "a\u0300\u0301\u0302b\u20e3", "a\u200f\u202eb",
        "a\u200b\u200db\ufeffc", "\ufeffa", "😀", "\u2028\u2029", "👨‍👩‍👧‍👦.png", "🇩🇪🇫🇷", "a\ufffdb", "\ufffe\uffff\U0010ffff", "\ue000\U0001f600\uffee\U00010000", "*", "-", "-x", "--help", "@file", "0",
        "İıI", "ßẞ", "{\"key\": \"a\"}", "[suggest:3]", new('a', 1024), new('%', 1024), new('é', 512), string.Concat(Enumerable.Repeat("😀", 256)), string.Concat(Enumerable.Repeat("b/", 512)),
    ];

    private static readonly string[] Pieces =
    [
        "a", "Z", "9", "-", "_", ".", "~", "/", "+", "%", "?", "#", "&", "=", ";", ":", "@", "\"", "'", "\\", "!", "*", "(", ")", "[", "]", "{", "}", "|", "^", "`", "<", ">", ",", "$", "\t", "\n", "\r",
        "\u0001", "\u001b[31m", "\u007f", "ü", "ß", "\u00a0", "Ω", "λ", "م", "漢", "か", "한", "\u0308", "\ue000", "\uffff", "😀", "\U00010000", "//", " ", "  ", "%2F", "%20", "..", "👩‍🚀", "🇸🇪", "folder/", "file.txt",
    ];

    public static IReadOnlyList<string> Keys { get; } = [.. All().Distinct().Take(Count)];

    private static IEnumerable<string> All()
    {
        for (char c = '\u0001'; c <= '\u007f'; c++)
        {
            yield return $"dir/a{c}z.txt";
        }

        foreach (string key in Difficult)
        {
            yield return key;
        }

        Random random = new(Seed);
        while (true)
        {
            string key = string.Concat(Enumerable.Range(0, random.Next(1, 15)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            if (!key.Split('/').Any(segment => segment is "." or ".."))
            {
                yield return key;
            }
        }
    }
}
