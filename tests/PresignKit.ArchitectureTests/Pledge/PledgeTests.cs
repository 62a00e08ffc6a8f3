namespace PresignKit.ArchitectureTests.Pledge;

public class PledgeTests
{
    public static TheoryData<string> Refused => [.. Page.Refusals.Select(row => row[0])];

    [Fact]
    public void Refusals_EveryRow_HasItsCall() => Page.Refusals.Select(row => row[0]).Should().BeEquivalentTo(Refusals.All.Keys);

    [Theory]
    [MemberData(nameof(Refused))]
    public void Refusals_Row_Throws(string row)
    {
        Func<object?> call = Refusals.All[row];

        Exception e = call.Should().Throw<Exception>().Which;
        e.Should().Match(thrown => thrown is ArgumentException || thrown is InvalidOperationException || thrown is Microsoft.Extensions.Options.OptionsValidationException);
        e.Message.Length.Should().BeGreaterThan(40, "the message contains the value and the remedy");
        Page.Refusals.Should().OnlyContain(cells => cells.Length == 3 && cells[2].Length > 10, "each row gives the reason");
    }
}
