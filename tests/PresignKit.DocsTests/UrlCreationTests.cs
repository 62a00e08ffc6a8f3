using System.Text;
using System.Text.RegularExpressions;
using PresignKit.ArchitectureTests;

namespace PresignKit.DocsTests;

/// <summary>The diagrams of docs/how-a-url-is-made.md.</summary>
public partial class UrlCreationTests
{
    private const string Parameters = "X-Amz-Algorithm=…&X-Amz-SignedHeaders=host";

    [Fact]
    public void Buffer_BeforeAndAfterSigning_IsAsOnThePage()
    {
        SigningKey key = SigningKey.Derive(Example.SecretAccessKey, new CredentialScope(Example.Now.UtcDateTime, "us-east-1", "s3"));
        SigningInput input = new()
        {
            Method = "GET",
            Host = new SigningHost("https://", "files.example.com"),
            EncodedPathPrefix = "/my-bucket/",
            Path = "a.txt",
            Payload = PayloadLine.Unsigned,
            AccessKeyId = Example.AccessKeyId,
            SignedAt = Example.Now.UtcDateTime,
            ExpiresIn = 3600,
        };

        ByteBuffer before = new(2048);
        before.Append(new byte[input.Host.Origin.Length]);
        CanonicalRequest.Append(ref before, input, key.Scope);
        ByteBuffer after = new(2048);
        int start = QuerySigner.AppendUrl(ref after, input, key);
        string picture = Shown(before.Written, 0) + "\n" + Shown(after.Written, start);
        before.Dispose();
        after.Dispose();

        picture.ShouldBeShownAs("""
            .........................GET⏎/my-bucket/a.txt⏎X-Amz-Algorithm=…&X-Amz-SignedHeaders=host⏎host:files.example.com⏎⏎host⏎UNSIGNED-PAYLOAD
                https://files.example.com/my-bucket/a.txt?X-Amz-Algorithm=…&X-Amz-SignedHeaders=host&X-Amz-Signature=…
            """);
    }

    [Fact]
    public void Diagram_Arrows_MatchTheTableInContributing()
    {
        string[] arrows = [.. Arrow().Matches(Repository.Read("docs/how-a-url-is-made.md"))
            .SelectMany(match => match.Groups["to"].Value.Split('&').Select(to => $"{match.Groups["from"].Value} -> {to.Trim()}"))];

        arrows.Should().BeEquivalentTo(Page.Rows("CONTRIBUTING.md").Where(row => row.Length == 3 && row[2].StartsWith('`'))
            .SelectMany(row => row[2].Split(',').Select(to => $"{Folder(row[0])} -> {Folder(to)}")));
    }

    private static string Folder(string cell) => cell.Trim().Trim('`').TrimEnd('/') is var name && name == "." ? "S3Presigner" : name;

    // Returns the buffer as the page shows it: unused bytes as dots, line feeds as arrows, and the parameters abbreviated.
    private static string Shown(ReadOnlySpan<byte> buffer, int start)
    {
        string text = new string(' ', start) + Encoding.UTF8.GetString(buffer[start..]).Replace('\0', '.').Replace('\n', '⏎');
        text = Values().Replace(text, Parameters);
        return Signature().Replace(text, "…");
    }

    [GeneratedRegex("^ *(?<from>\\w+)(\\[[^\\]]*\\])? --> (?<to>[\\w &]+)$", RegexOptions.Multiline)]
    private static partial Regex Arrow();

    [GeneratedRegex("X-Amz-Algorithm=.*&X-Amz-SignedHeaders=host")]
    private static partial Regex Values();

    [GeneratedRegex("(?<=X-Amz-Signature=)[0-9a-f]{64}")]
    private static partial Regex Signature();
}
