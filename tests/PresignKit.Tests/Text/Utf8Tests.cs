using System.Text;

namespace PresignKit.Tests;

public class Utf8Tests
{
    [Theory]
    [InlineData(0x0)]
    [InlineData(0x7F)]
    [InlineData(0x80)]
    [InlineData(0x7FF)]
    [InlineData(0x800)]
    [InlineData(0xD7FF)]
    [InlineData(0xE000)]
    [InlineData(0xFFFD)]
    [InlineData(0xFFFF)]
    [InlineData(0x10000)]
    [InlineData(0x10FFFF)]
    public void Write_BoundsOfEachLength_WritesThePlatformsBytes(int scalar)
    {
        string text = char.ConvertFromUtf32(scalar);
        byte[] written = new byte[4];
        int index = 0;

        int length = Utf8.Write(Utf8.ReadScalar(text, ref index), written);

        written[..length].Should().Equal(Encoding.UTF8.GetBytes(text));
        index.Should().Be(text.Length);
        Utf8.CountBytes(text).Should().Be(length);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("aé€😀", 10)]
    public void CountBytes_Text_CountsItsBytes(string text, int expected) => Utf8.CountBytes(text).Should().Be(expected);

    // Numbers instead of text, because neither attributes nor xunit's serialization preserve a lone surrogate.
    [Theory]
    [InlineData(0xD800, 'a')]
    [InlineData(0xDBFF, 'a')]
    [InlineData(0xDC00, 'a')]
    [InlineData(0xDFFF, 'a')]
    [InlineData(0xD800, 0xD800)]
    [InlineData(0xDC00, 0xD800)]
    public void ReadScalar_LoneSurrogate_NamesItAndItsPosition(int first, int second)
    {
        string text = $"a{(char)first}{(char)second}";
        Action read = () =>
        {
            int index = 1;
            Utf8.ReadScalar(text, ref index);
        };

        read.Should().Throw<ArgumentException>().WithMessage($"*lone surrogate (U+{first:X4}) at index 1*");
        Utf8.CountBytes(text).Should().Be(-1);
    }

    [Fact]
    public void CountBytes_HighSurrogateAtTheEnd_IsMinusOne() => Utf8.CountBytes("a\uD800").Should().Be(-1);
}
