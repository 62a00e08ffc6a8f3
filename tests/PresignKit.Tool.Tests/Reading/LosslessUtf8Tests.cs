using System.Text;
using PresignKit.Tool.Reading;

namespace PresignKit.Tool.Tests.Reading;

public class LosslessUtf8Tests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    public void DecodeAndEncode_AnyBytesInBlocks_ReturnTheSameBytes(int blockSize)
    {
        byte[][] samples =
        [
            Encoding.UTF8.GetBytes("ASCII, März, ”…”, 🎉, \0\u007F\uFEFF\uFFFD\uFFFF"),
            [0x80, 0xC3, 0x28, 0xE2, 0x82, 0xF0, 0x9F, 0x8E, 0xED, 0xA0, 0x80, 0xED, 0xB2, 0x80, 0xC0, 0xAF, 0xFF],
            [.. Enumerable.Range(0, 4096).Select(i => (byte)(i * 131 ^ i >> 3))],
        ];
        foreach (byte[] bytes in samples)
        {
            StringBuilder text = new();
            List<byte> left = [];
            foreach (byte[] block in bytes.Chunk(blockSize))
            {
                left.AddRange(block);
                left.RemoveRange(0, LosslessUtf8.Decode(left.ToArray(), isEnd: false, text));
            }

            LosslessUtf8.Decode(left.ToArray(), isEnd: true, text).Should().Be(left.Count);
            LosslessUtf8.Encode(text.ToString()).Should().Equal(bytes);
        }
    }

    [Fact]
    public void Decode_ValidUtf8_IsTheSameAsWithTheFramework()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("a März ”…” 🎉\uFFFD");
        StringBuilder text = new();

        LosslessUtf8.Decode(bytes, isEnd: true, text);

        text.ToString().Should().Be("a März ”…” 🎉\uFFFD");
    }
}
