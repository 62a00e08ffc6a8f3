using System.Text;

namespace PresignKit.Tests;

public class PlatformTests
{
    [Fact]
    public void WriteHex_AnyLengthAndByte_IsLowercase()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(value => (byte)(value * 7))];
        for (int length = 0; length <= all.Length; length++)
        {
            byte[] digits = new byte[2 * length];
            Platform.WriteHex(all.AsSpan(0, length), digits);

            Encoding.ASCII.GetString(digits).Should().Be(Convert.ToHexString(all.AsSpan(0, length)).ToLowerInvariant());
        }
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "a/c", false)]
    [InlineData("a/b", "a/", false)]
    [InlineData("a", "A", false)]
    public void EqualsAscii_Texts_AreComparedOrdinally(string ascii, string text, bool expected) =>
        Platform.EqualsAscii(Encoding.ASCII.GetBytes(ascii), text.AsSpan()).Should().Be(expected);

    [Fact]
    public void EqualsAscii_ByteAbove127_IsNotEqual() => Platform.EqualsAscii([0xE9], "\u00E9".AsSpan()).Should().BeFalse();
}
