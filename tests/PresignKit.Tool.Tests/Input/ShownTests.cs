using PresignKit.Tool.Input;

namespace PresignKit.Tool.Tests.Input;

public class ShownTests
{
    [Theory]
    [InlineData("a März 日本 😀", "a März 日本 😀")]
    [InlineData("\u001b[31m\r\n\t\0\u007f\u009b", "<U+001B>[31m<U+000D><U+000A><U+0009><U+0000><U+007F><U+009B>")]
    [InlineData("a\u202Eb\u2066c\u2069\u200E\u2028", "a<U+202E>b<U+2066>c<U+2069><U+200E><U+2028>")]
    public void Text_ControlCharacters_AreReplaced(string text, string shown) => Shown.Text(text).Should().Be(shown);

    [Fact]
    public void Text_LoneSurrogate_IsReplaced() => Shown.Text("a\uD83D").Should().Be("a<U+D83D>");

    [Fact]
    public void Text_Long_IsShortenedBetweenCharacters()
    {
        Shown.Text(new string('a', 200)).Should().Be(new string('a', 200));
        Shown.Text(new string('a', 201)).Should().Be(new string('a', 200) + "…");
        Shown.Text(new string('a', 199) + "😀b").Should().Be(new string('a', 199) + "…");
        Shown.Text(new string('a', 198) + "😀b").Should().Be(new string('a', 198) + "😀…");
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(30, "30s")]
    [InlineData(3_600, "1h")]
    [InlineData(3_605, "1h")]
    [InlineData(5_405, "1h 30m")]
    [InlineData(604_799, "6d 23h")]
    [InlineData(604_800, "7d")]
    public void Duration_TwoLargestUnits_AreShown(int seconds, string shown) => Shown.Duration(TimeSpan.FromSeconds(seconds)).Should().Be(shown);

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(3_600, "1h")]
    [InlineData(3_605, "1h 5s")]
    [InlineData(5_400, "1h 30m")]
    [InlineData(90, "1m 30s")]
    [InlineData(86_460, "1d 1m")]
    [InlineData(90_000, "1d 1h")]
    [InlineData(604_800, "7d")]
    [InlineData(604_801, "7d 1s")]
    public void Exactly_AnyDuration_HasAllUnits(int seconds, string shown) => Shown.Exactly(TimeSpan.FromSeconds(seconds)).Should().Be(shown);

    [Fact]
    public void Time_AnyOffset_IsUtc() => Shown.Time(new DateTimeOffset(2026, 3, 14, 18, 9, 26, TimeSpan.FromHours(2))).Should().Be("2026-03-14 16:09:26Z");
}
