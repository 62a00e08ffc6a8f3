using System.Text.Json;

namespace PresignKit.Tests;

public class ContentLengthRangeTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 5_242_880)]
    [InlineData(5, 5)]
    [InlineData(0, long.MaxValue)]
    public void New_Range_HasItsLimits(long min, long max)
    {
        ContentLengthRange range = new(min, max);
        ContentLengthRange converted = (min, max);

        range.Min.Should().Be(min);
        range.Max.Should().Be(max);
        converted.Should().Be(range);
    }

    [Theory]
    [InlineData(5, 4, "max", "The maximum content length (4 bytes) is less than the minimum (5 bytes). Specify the minimum first*5L << 30*")]
    [InlineData(0, -1, "max", "The maximum content length (-1 bytes) is less than the minimum (0 bytes)*")]
    [InlineData(-1, 4, "min", "The minimum content length is -1 bytes. Specify 0 or more*")]
    [InlineData(-2, -1, "min", "The minimum content length is -2 bytes*")]
    public void New_ReversedOrNegative_IsRejectedWithTheValue(long min, long max, string parameter, string message)
    {
        FluentActions.Invoking(() => new ContentLengthRange(min, max)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName(parameter).WithMessage(message);
        FluentActions.Invoking(() => new PostPolicy(PostKey.Any) { ContentLength = (min, max) }).Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);
    }

    // int.MinValue is the result of 2 << 30, which the compiler accepts.
    [Fact]
    public void Convert_OverflowOfInt_IsRejected() =>
        FluentActions.Invoking(() => new PostPolicy(PostKey.Any) { ContentLength = (1, 2 << 30) }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*5L << 30*");

    [Fact]
    public void Json_Range_IsReadBack()
    {
        ContentLengthRange range = new(1, 5L << 30);

        JsonSerializer.Deserialize<ContentLengthRange>(JsonSerializer.Serialize(range)).Should().Be(range);
    }
}
