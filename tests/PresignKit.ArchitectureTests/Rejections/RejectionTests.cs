namespace PresignKit.ArchitectureTests.Rejections;

public class RejectionTests
{
    public static TheoryData<string> Rejected => [.. RejectionsPage.Rows.Select(row => row[0])];

    [Fact]
    public void Page_EveryRow_HasItsCall() => RejectionsPage.Rows.Select(row => row[0]).Should().BeEquivalentTo(RejectedCalls.All.Keys);

    [Theory]
    [MemberData(nameof(Rejected))]
    public void Page_Row_Throws(string row)
    {
        Func<object?> call = RejectedCalls.All[row];

        Exception e = call.Should().Throw<Exception>().Which;
        e.Should().Match(thrown => thrown is ArgumentException || thrown is InvalidOperationException || thrown is Microsoft.Extensions.Options.OptionsValidationException);
        e.Message.Length.Should().BeGreaterThan(40, "the message contains the value and the remedy");
        RejectionsPage.Rows.Should().OnlyContain(cells => cells.Length == 3 && cells[2].Length > 10, "each row gives the reason");
    }
}
