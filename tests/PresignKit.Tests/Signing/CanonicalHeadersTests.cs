namespace PresignKit.Tests;

public class CanonicalHeadersTests
{
    [Theory]
    [InlineData(" a ", "a")]
    [InlineData("\t a\t", "a")]
    [InlineData("a  b", "a b")]
    [InlineData("a \t b", "a b")]
    [InlineData("  a   b  c  ", "a b c")]
    [InlineData("\"a  b\"", "\"a b\"")]
    [InlineData("a\r\n b", "a b")]
    [InlineData("", "")]
    [InlineData("   ", "")]
    [InlineData("a,b", "a,b")]
    [InlineData("a\u00A0\u00A0b", "a\u00A0\u00A0b")]
    [InlineData("\u007F\u0080", "\u007F\u0080")]
    public void AppendLines_WhiteSpace_IsTrimmedAndCollapsed(string value, string expected) =>
        Lines(("x", value)).Should().Be($"host:h\nx:{expected}\n");

    [Fact]
    public void AppendLines_Names_AreSortedInLowercase() =>
        Lines(("X-B", "1"), ("x-a", "2"), ("A", "3"), ("X-", "4")).Should().Be("a:3\nhost:h\nx-:4\nx-a:2\nx-b:1\n");

    [Fact]
    public void AppendLines_NameThatIsAPrefix_ComesFirst() =>
        Lines(("x-a-b", "1"), ("x-a", "2"), ("x_a", "3"), ("x-a1", "4")).Should().Be("host:h\nx-a:2\nx-a-b:1\nx-a1:4\nx_a:3\n");

    [Fact]
    public void AppendLines_Repeated_AreJoinedInTheGivenOrder() =>
        Lines(("x", "2"), ("a", "0"), ("X", " 1  1 "), ("x", "3")).Should().Be("a:0\nhost:h\nx:2,1 1,3\n");

    [Theory]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(200)]
    public void AppendLines_ManyHeaders_AreSortedAndRepeatedOnesKeepTheirOrder(int count)
    {
        // The step is coprime to every count, so each number occurs exactly once, in a scrambled order.
        (string Name, string Value)[] given = [.. Enumerable.Range(0, count).Select(i => i * 7919 % count).Select(number => ($"x-{number / 3:D3}", $"{number}"))];

        string expected = string.Concat(given.GroupBy(header => header.Name).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key}:{string.Join(",", group.Select(header => header.Value))}\n"));
        Lines(given).Should().Be("host:h\n" + expected);
    }

    [Fact]
    public void AppendLines_RepeatedEmpty_KeepsTheCommas() => Lines(("x", ""), ("x", ""), ("x", "1")).Should().Be("host:h\nx:,,1\n");

    // A header without a value must not be sent. Only its name is signed.
    [Fact]
    public void AppendLines_NullValue_WritesNoLine() => Lines(("x-b", "1"), ("x-a", null!), ("a", null!)).Should().Be("host:h\nx-b:1\n");

    [Theory]
    [InlineData("a", "a;host")]
    [InlineData("hos", "hos;host")]
    [InlineData("host-x", "host;host-x")]
    [InlineData("Hosu", "host;hosu")]
    [InlineData("z", "host;z")]
    [InlineData("", "host")]
    [InlineData("z,a", "a;host;z")]
    [InlineData("z,Z,a,A", "a;host;z")]
    public void AppendNames_Host_IsSortedAmongTheNames(string names, string expected)
    {
        KeyValuePair<string, string>[] headers = Sorted([.. names.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => (name, "v"))]);

        Written.By((ref ByteBuffer buffer) => CanonicalHeaders.AppendNames(ref buffer, headers, ";"u8)).Should().Be(expected);
        Written.By((ref ByteBuffer buffer) => CanonicalHeaders.AppendNames(ref buffer, headers, "%3B"u8)).Should().Be(expected.Replace(";", "%3B"));
    }

    // RFC 9110 allows these characters in a header name. They are encoded in the query, but not in the list of signed headers.
    [Fact]
    public void AppendNames_OddTokenCharacters_AreEncodedInTheQueryOnly()
    {
        KeyValuePair<string, string>[] headers = Sorted(("X-!#$%&'*+^`|~", "v"));

        Written.By((ref ByteBuffer buffer) => CanonicalHeaders.AppendNames(ref buffer, headers, ";"u8)).Should().Be("host;x-!#$%&'*+^`|~");
        Written.By((ref ByteBuffer buffer) => CanonicalHeaders.AppendNames(ref buffer, headers, "%3B"u8))
            .Should().Be("host%3Bx-%21%23%24%25%26%27%2A%2B%5E%60%7C~");
    }

    [Fact]
    public void AppendNames_LongName_IsWritten()
    {
        string name = new('X', 500);

        Written.By((ref ByteBuffer buffer) => CanonicalHeaders.AppendNames(ref buffer, Sorted((name, "v")), "%3B"u8))
            .Should().Be("host%3B" + name.ToLowerInvariant());
    }

    private static string Lines(params (string, string)[] headers)
    {
        KeyValuePair<string, string>[] sorted = Sorted(headers);
        return Written.By((ref ByteBuffer buffer) => CanonicalHeaders.AppendLines(ref buffer, sorted, "h"));
    }

    private static KeyValuePair<string, string>[] Sorted(params (string, string)[] headers)
    {
        KeyValuePair<string, string>[] pairs = TestPresigner.Pairs(headers);
        CanonicalHeaders.Sort(pairs);
        return pairs;
    }
}
