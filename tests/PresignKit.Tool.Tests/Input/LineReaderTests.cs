using System.Text;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.Tests.Input;

public class LineReaderTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\n", new[] { "a" })]
    [InlineData("a\nb", new[] { "a", "b" })]
    [InlineData("\n\na\n", new[] { "", "", "a" })]
    [InlineData("a\r\nb\0c\n", new[] { "a\r", "b\0c" })]
    public void TryRead_Lines_AreSplitAtTheSeparator(string input, string[] lines)
    {
        Read(new MemoryStream(Encoding.UTF8.GetBytes(input)), '\n').Should().Equal(lines);
        Read(new OneByteStream(Encoding.UTF8.GetBytes(input)), '\n').Should().Equal(lines);
    }

    [Fact]
    public void TryRead_Nul_SeparatesLinesWithLineFeeds() => Read(new MemoryStream("a\nb\0\0c"u8.ToArray()), '\0').Should().Equal("a\nb", "", "c");

    [Theory]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(200_000)]
    [InlineData((1 << 20) - 1)]
    public void TryRead_LongLine_IsComplete(int length)
    {
        string line = new('x', length);

        Read(new MemoryStream(Encoding.UTF8.GetBytes($"a\n{line}\nb")), '\n').Should().Equal("a", line, "b");
    }

    [Fact]
    public void TryRead_LineOfMoreThan1MiB_Throws()
    {
        MemoryStream input = new(Encoding.UTF8.GetBytes("a\n" + new string('x', (1 << 20) + 1)));

        ((Action)(() => Read(input, '\n'))).Should().Throw<ToolException>().Which
            .Should().BeEquivalentTo(new { Code = 2, Message = "line 2: The line is longer than 1 MiB. Separate the keys with line feeds, or with NUL characters and --null." });
    }

    [Fact]
    public void TryRead_Number_CountsLines()
    {
        LineReader reader = new(new MemoryStream("a\n\nb"u8.ToArray()), (byte)'\n', () => { });
        List<long> numbers = [];
        while (reader.TryRead(CancellationToken.None, out _))
        {
            numbers.Add(reader.Number);
        }

        numbers.Should().Equal(1, 2, 3);
        reader.TryRead(CancellationToken.None, out _).Should().BeFalse();
        reader.Number.Should().Be(3);
    }

    [Fact]
    public void TryRead_ManyLines_UsesConstantMemory()
    {
        const int Lines = 1_000_000;
        LineReader reader = new(new RepeatingStream("photos/2026/03/14/1.jpg\n"u8.ToArray(), Lines), (byte)'\n', () => { });
        long before = GC.GetAllocatedBytesForCurrentThread();
        int count = 0;
        while (reader.TryRead(CancellationToken.None, out ReadOnlySpan<byte> line))
        {
            count += line.Length == 23 ? 1 : 0;
        }

        count.Should().Be(Lines);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1 << 16);
    }

    [Fact]
    public void TryRead_Canceled_Throws()
    {
        LineReader reader = new(new MemoryStream("a"u8.ToArray()), (byte)'\n', () => { });

        ((Action)(() => reader.TryRead(new CancellationToken(canceled: true), out _))).Should().Throw<OperationCanceledException>();
    }

    private static List<string> Read(Stream input, char separator)
    {
        LineReader reader = new(input, (byte)separator, () => { });
        List<string> lines = [];
        while (reader.TryRead(CancellationToken.None, out ReadOnlySpan<byte> line))
        {
            lines.Add(Encoding.UTF8.GetString(line));
        }

        return lines;
    }

    private sealed class OneByteStream(byte[] content) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));
    }

    private sealed class RepeatingStream(byte[] line, int count) : MemoryStream
    {
        private long _rest = (long)line.Length * count;

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = (int)Math.Min(_rest, count - (count % line.Length));
            for (int i = 0; i < read; i += line.Length)
            {
                line.CopyTo(buffer, offset + i);
            }

            _rest -= read;
            return read;
        }
    }
}
