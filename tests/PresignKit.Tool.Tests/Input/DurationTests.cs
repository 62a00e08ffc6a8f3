using PresignKit.Tool.Input;

namespace PresignKit.Tool.Tests.Input;

public class DurationTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);

    [Theory]
    [InlineData("1", 1)]
    [InlineData("3600", 3_600)]
    [InlineData("007", 7)]
    [InlineData("90s", 90)]
    [InlineData("15m", 900)]
    [InlineData("1h30m", 5_400)]
    [InlineData("7d", 604_800)]
    [InlineData("1d2h3m4s", 93_784)]
    [InlineData("0d5s", 5)]
    [InlineData("2147483646", 2_147_483_646)]
    public void Parse_Duration_ReturnsIt(string value, int seconds) => Duration.Parse(value, "--expires-in").Should().Be(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0s")]
    [InlineData("-5")]
    [InlineData("+5")]
    [InlineData(" 5")]
    [InlineData("1.5h")]
    [InlineData("1h30")]
    [InlineData("30m1h")]
    [InlineData("1h1h")]
    [InlineData("h")]
    [InlineData("1w")]
    [InlineData("1H")]
    [InlineData("１")]
    [InlineData("2147483647")]
    [InlineData("24856d")]
    [InlineData("99999999999999999999")]
    public void Parse_Other_Throws(string value) =>
        ((Action)(() => Duration.Parse(value, "--window"))).Should().Throw<ToolException>().Which.Message
            .Should().Be($"--window: '{value}' is not a valid duration. Use a positive number of seconds, or units in the order d, h, m, s, for example 3600, 90s, 1h30m or 7d.");

    [Theory]
    [InlineData("2026-03-14T16:09:26Z", 3_600)]
    [InlineData("2026-03-14T16:09Z", 3_574)]
    [InlineData("2026-03-14 16:09:26Z", 3_600)]
    [InlineData("2026-03-14T17:09:26+01:00", 3_600)]
    [InlineData("2026-03-14T11:09:26-05:00", 3_600)]
    [InlineData("2026-03-14T20:54:26+04:45", 3_600)]
    [InlineData("2026-03-14T15:09:27.9Z", 1)]
    [InlineData("Sat, 14 Mar 2026 16:09:26 GMT", 3_600)]
    [InlineData("1773504566", 3_600)]
    public void Until_LaterInstant_ReturnsWholeSeconds(string value, int seconds) => Duration.Until(value, "--until", Now).Should().Be(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("2026-03-14T15:09:26Z", "2026-03-14 15:09:26Z")]
    [InlineData("2026-03-14T16:00:00+01:00", "2026-03-14 15:00:00Z")]
    [InlineData("3600", "1970-01-01 01:00:00Z")]
    [InlineData("0", "1970-01-01 00:00:00Z")]
    public void Until_InstantThatHasPassed_Throws(string value, string shown) =>
        ((Action)(() => Duration.Until(value, "--until", Now))).Should().Throw<ToolException>().Which.Message
            .Should().Be($"--until: {shown} has already passed; it is 2026-03-14 15:09:26Z. Use a later instant.");

    [Theory]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("18:00Z")]
    [InlineData("2026-12-24")]
    [InlineData("2026-12-24T18:00")]
    [InlineData("2026-12-24T18:00:00")]
    [InlineData("2026-13-24T18:00Z")]
    [InlineData("2026-12-24T25:00Z")]
    [InlineData("12/24/2026T18:00Z")]
    [InlineData("+1h")]
    [InlineData("-1")]
    [InlineData("999999999999")]
    [InlineData("Oct 5 2026 10:00Z")]
    public void Until_NotAnInstant_Throws(string value) =>
        ((Action)(() => Duration.Until(value, "--until", Now))).Should().Throw<ToolException>().Which.Message
            .Should().Be($"--until: '{value}' is not a valid instant. Use a form such as 2026-12-24T18:00Z, 2026-12-24T18:00+01:00, or Unix seconds.");
}
