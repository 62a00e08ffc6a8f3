using System.Globalization;
using System.Text.RegularExpressions;

namespace PresignKit.HouseTests.Pledge;

public class PledgeTests
{
    // Counted anew. Where the page says less than there is, it is to be corrected as well.
    private static readonly Dictionary<string, Func<int>> Counted = new()
    {
        ["AWS's own signing vectors"] = () => Number("tests/PresignKit.ConformanceTests/AwsSuiteTests.cs", @"""v4/"".*Should\(\)\.Be\((\d+)\)"),
        ["URLs of botocore"] = () => Lines("botocore"),
        ["operations, signed by botocore"] = () => Lines("operations"),
        ["POST forms of botocore"] = () => Lines("posts"),
        ["other services' URLs"] = () => Lines("services"),
        ["hosts of AWS"] = () => Lines("aws-endpoints"),
        ["operations"] = () => typeof(S3Operation).Assembly.GetExportedTypes().Count(type => !type.IsAbstract && type.IsSubclassOf(typeof(S3Operation))),
        ["stores with hosts of their own"] = () => typeof(S3Endpoint).GetMethods().Count(method => method.IsStatic && method.ReturnType == typeof(S3Endpoint) && method.Name is not ("Create" or "Parse")),
        ["live tests"] = () => Files("tests/PresignKit.LiveTests").Sum(text => Regex.Count(text, @"^    \[(Live|Browser)(Fact|Theory)", RegexOptions.Multiline)),
        ["hostile inputs to the verifier"] = () => Number("tests/PresignKit.Tests/Verification/FuzzTests.cs", @"int Inputs = ([\d_]+);"),
        ["random round trips"] = () => Number("tests/PresignKit.Tests/Properties/RoundTripProperties.cs", @"int Iterations = ([\d_]+);"),
        ["signatures under rotation"] = () => 2 * Number("tests/PresignKit.Tests/RotationUnderLoadTests.cs", @"int SignaturesPerThread = ([\d_]+);"),
        ["cultures and time zones"] = () => 1 + Regex.Count(Repository.Read(".ci/run"), "^[a-z]{2}-[A-Z]{2} [A-Z]", RegexOptions.Multiline),
        ["refusals on this page"] = () => Page.Refusals.Length,
    };

    public static TheoryData<string> Refused => [.. Page.Refusals.Select(row => row[0])];

    public static TheoryData<string> CountedRows => [.. Page.Counts.Keys];

    [Fact]
    public void Counts_EveryRow_IsCountedAnew() => Page.Counts.Keys.Should().BeEquivalentTo(Counted.Keys);

    [Theory]
    [MemberData(nameof(CountedRows))]
    public void Counts_Row_IsTrue(string row) => Page.Counts[row].Should().Be(Counted[row]());

    [Fact]
    public void Refusals_EveryRow_HasItsCall() => Page.Refusals.Select(row => row[0]).Should().BeEquivalentTo(Refusals.All.Keys);

    [Theory]
    [MemberData(nameof(Refused))]
    public void Refusals_Row_Throws(string row)
    {
        Func<object?> call = Refusals.All[row];

        Exception e = call.Should().Throw<Exception>().Which;
        e.Should().Match(one => one is ArgumentException || one is InvalidOperationException || one is Microsoft.Extensions.Options.OptionsValidationException);
        e.Message.Length.Should().BeGreaterThan(40, "it names the value and the remedy");
        Page.Refusals.Should().OnlyContain(cells => cells.Length == 3 && cells[2].Length > 10, "each has its reason");
    }

    [Fact]
    public void Page_Length_IsReadInFiveMinutes() => Page.Words.Should().BeLessThan(1500);

    private static int Lines(string data) => File.ReadLines(Path.Combine(Repository.Root, "tests/PresignKit.ConformanceTests/Data", data + ".jsonl")).Count();

    private static int Number(string file, string pattern) =>
        int.Parse(Regex.Match(Repository.Read(file), pattern).Groups[1].Value.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs").Select(File.ReadAllText);
}
