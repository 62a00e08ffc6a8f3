using System.Globalization;
using System.Text;

namespace PresignKit.Tests;

public class PercentEncodingTests
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    public static TheoryData<int> AsciiBytes => new(Enumerable.Range(0, 128));

    [Theory]
    [MemberData(nameof(AsciiBytes))]
    public void AppendComponent_AsciiByte_IsKeptOrBecomesUppercaseHex(int value) =>
        Component(((char)value).ToString()).Should().Be(Expected(value, Unreserved));

    [Theory]
    [MemberData(nameof(AsciiBytes))]
    public void AppendPath_AsciiByte_KeepsTheSlashAsWell(int value) =>
        Path(((char)value).ToString()).Should().Be(Expected(value, Unreserved + "/"));

    // Together, these ranges contain every byte from 0x80 up that UTF-8 uses.
    [Theory]
    [InlineData(0x80, 0x7FF)]
    [InlineData(0x800, 0xD7FF)]
    [InlineData(0xE000, 0xFFFF)]
    [InlineData(0x10000, 0x10FFFF)]
    public void AppendComponent_ScalarValues_AreTheirUtf8BytesInHex(int first, int last)
    {
        StringBuilder text = new();
        for (int scalar = first; scalar <= last; scalar += 61)
        {
            text.Append(char.ConvertFromUtf32(scalar));
        }

        text.Append(char.ConvertFromUtf32(last));

        Component(text.ToString()).Should().Be(string.Concat(Encoding.UTF8.GetBytes(text.ToString()).Select(Hex)));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("%20", "%2520")]
    [InlineData("a€b", "a%E2%82%ACb")]
    [InlineData("€", "%E2%82%AC")]
    [InlineData("😀😀/a", "%F0%9F%98%80%F0%9F%98%80%2Fa")]
    public void AppendComponent_Text_IsEncodedOnce(string text, string expected) => Component(text).Should().Be(expected);

    [Fact]
    public void AppendPath_Slashes_AreAllKept() => Path("//a/./../b//").Should().Be("//a/./../b//");

    // The buffer starts with 16 bytes and can grow between any two characters.
    [Fact]
    public void AppendComponent_LongMixedText_SurvivesTheGrowthOfTheBuffer()
    {
        string text = string.Concat(Enumerable.Repeat("a/€😀 ", 1000));

        Component(text).Should().Be(string.Concat(Enumerable.Repeat("a%2F%E2%82%AC%F0%9F%98%80%20", 1000)));
    }

    // The escapes need enough space in the buffer, regardless of the characters before them.
    [Fact]
    public void AppendComponent_EscapesAfterManyOtherCharacters_AreComplete()
    {
        string text = new string('€', 461) + new string(' ', 5000);

        Component(text).Should().Be(string.Concat(Enumerable.Repeat("%E2%82%AC", 461)) + string.Concat(Enumerable.Repeat("%20", 5000)));
    }

    // The text needs 1,026 bytes, but a pooled array has 1,024. The last escape is written with one byte more than its length.
    [Fact]
    public void TryAppendReceivedValue_TextAsLongAsAPooledArray_IsComplete() => Written.By((ref ByteBuffer buffer) =>
        {
            ReadOnlySpan<char> query = new string('€', 114).AsSpan();
            PercentEncoding.TryAppendReceivedValue(ref buffer, ref query).Should().BeTrue();
            query.IsEmpty.Should().BeTrue();
        })
        .Should().Be(string.Concat(Enumerable.Repeat("%E2%82%AC", 114)));

    private static string Component(string text) => Written.By((ref ByteBuffer buffer) => PercentEncoding.AppendComponent(ref buffer, text.AsSpan()));

    private static string Path(string text) => Written.By((ref ByteBuffer buffer) => PercentEncoding.AppendPath(ref buffer, text.AsSpan()));

    private static string Expected(int value, string kept) => kept.Contains((char)value) ? ((char)value).ToString() : Hex((byte)value);

    private static string Hex(byte value) => "%" + value.ToString("X2", CultureInfo.InvariantCulture);
}
