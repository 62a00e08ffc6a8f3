using System.Text;
using PresignKit.Tool.Reading;

namespace PresignKit.Tool.Tests.Reading;

public class StreamRedactorTests
{
    private static readonly string Signature = string.Concat(Enumerable.Repeat("0f3c5a7b9d1e2f4a", 4));

    public static TheoryData<string> Texts => new()
    {
        $"a\nX-Amz-Signature:\n  {Signature}\nb\n",
        $"https://s.example/k?X-Amz-Sig\nnature={Signature}&a=b\nc\n",
        $"https://s.example/k?X-Amz-Signature={Signature[..40]}\n{Signature[40..]}&a=b\nc\n",
        $"\"name\": \"X-Amz-Signature\",\n\"value\": \"{Signature}\"\n",
        $"x\n\nX-Amz-Credential\n=\nAK/20260314/nyc3/s3/aws4_request\nend",
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Pause_AfterAnyLine_DoesNotRevealASecret(string text)
    {
        string[] lines = text.SplitAfter('\n');
        for (int pause = 1; pause < lines.Length; pause++)
        {
            StringBuilder written = new();
            StreamRedactor redactor = new(part => written.Append(part));

            redactor.Append(string.Concat(lines[..pause]));
            redactor.Pause();
            redactor.Append(string.Concat(lines[pause..]));
            redactor.Complete();

            written.ToString().Should().NotContain(Signature[..40]).And.NotContain(Signature[40..]).And.NotContain("AK/");
        }
    }

    [Fact]
    public void Pause_IncompleteLine_IsHeldBack()
    {
        StringBuilder written = new();
        StreamRedactor redactor = new(part => written.Append(part));

        redactor.Append("one\nX-Amz-Signature=0f3c");
        redactor.Pause();

        written.ToString().Should().Be("one\n");
        redactor.Append("5a7b9d1e2f4a\n");
        redactor.Complete();
        written.ToString().Should().Be("one\nX-Amz-Signature=***\n");
    }
}

internal static class Lines
{
    /// <summary>Splits a text so that each part ends with the separator.</summary>
    public static string[] SplitAfter(this string text, char separator)
    {
        List<string> parts = [];
        int start = 0;
        for (int end = text.IndexOf(separator, start); end >= 0; end = text.IndexOf(separator, start))
        {
            parts.Add(text[start..(end + 1)]);
            start = end + 1;
        }

        return [.. parts, text[start..]];
    }
}
