namespace PresignKit.LiveTests.Strictness;

/// <summary>
/// Compares stores with AWS S3, row by row. Each row states the response of AWS and its source. RGW and Swift differ from AWS in the ways that the rows list, and the local endpoint must
/// not differ at all.
/// </summary>
public class StrictnessTests(StrictnessRun run) : IClassFixture<StrictnessRun>
{
    public static TheoryData<Via, string> Cases
    {
        get
        {
            TheoryData<Via, string> cases = [];
            foreach (Via via in StrictnessRun.Stores.Where(via => via != Via.LocalS3))
            {
                foreach (StrictnessRow row in StrictnessRun.Rows)
                {
                    cases.Add(via, row.Rule);
                }
            }

            return cases;
        }
    }

    public static TheoryData<string> Rules => [.. StrictnessRun.Rows.Select(row => row.Rule)];

    // LocalS3 does not need the live servers.
    [Theory]
    [MemberData(nameof(Rules))]
    public Task Request_SentToLocalS3_IsAnsweredAsByAws(string rule) => Request_OfTheTable_IsAnsweredAsTheRowStates(Via.LocalS3, rule);

    [LiveTheory]
    [MemberData(nameof(Cases))]
    public async Task Request_OfTheTable_IsAnsweredAsTheRowStates(Via via, string rule)
    {
        StrictnessRow row = StrictnessRun.Rows.Single(one => one.Rule == rule);

        Observed response = await run.Send(via, row);

        string expected = row.DifferenceOf(via)?.Observed ?? row.Expected;
        StrictnessRow.Matches(expected, response).Should().BeTrue(
            "{0} must respond to '{1}' with {2}, but it responded with {3}: {4} {5}", via, rule, expected, response, response.Head, response.Body);
    }

    [LiveFact]
    public async Task Rows_SentToEveryStore_DifferFromAwsOnlyAsListed()
    {
        foreach (Via via in StrictnessRun.Stores)
        {
            StrictnessCounts counts = await run.Count(via);

            counts.AsAws.Should().Be(
                StrictnessRun.Rows.Count(row => row.DifferenceOf(via) is null), "a difference of {0} that no longer exists must be removed from its row ({1})", via, counts);
        }
    }

    // To update the page, set PRESIGNKIT_UPDATE_PAGES=true and run this test.
    [Fact]
    public async Task StrictnessPage_Tables_AreThoseOfTheRows()
    {
        string path = Path.Combine(RepositoryRoot.Path, "docs", "strictness.md");
        string page = (await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n");

        string updated = Replace(Replace(page, "counts", StrictnessPage.Counts()), "rules", StrictnessPage.Rules());

        if (Environment.GetEnvironmentVariable("PRESIGNKIT_UPDATE_PAGES") == "true")
        {
            await File.WriteAllTextAsync(path, updated);
        }

        page.Should().Be(updated, "the page shows the rows of this test");
        foreach (string other in new[] { "docs/local-s3.md", "README.md" })
        {
            (await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, other))).ReplaceLineEndings("\n").Should().Contain(StrictnessPage.Counts());
        }

        static string Replace(string page, string name, string table)
        {
            string start = $"<!-- {name} -->\n\n", end = $"\n<!-- end of {name} -->";
            int from = page.IndexOf(start, StringComparison.Ordinal) + start.Length;
            return page[..from] + table + page[page.IndexOf(end, StringComparison.Ordinal)..];
        }
    }

    // Finds the column of each store by its heading, so that a wrong heading fails even if the page is regenerated with it.
    [Fact]
    public async Task StrictnessPage_ColumnOfEachStore_ContainsTheResponsesOfThisStore()
    {
        string[] page = await File.ReadAllLinesAsync(Path.Combine(RepositoryRoot.Path, "docs", "strictness.md"));
        string[][] table = [.. page.SkipWhile(line => !line.StartsWith("| rule |", StringComparison.Ordinal)).TakeWhile(line => line.Length > 0).Select(Cells)];
        string[][] rows = table[2..];

        rows.Should().HaveSameCount(StrictnessRun.Rows);
        foreach (Via via in StrictnessRun.Stores)
        {
            int column = Array.IndexOf(table[0], StrictnessPage.NameOf(via));
            foreach ((string[] cells, StrictnessRow row) in rows.Zip(StrictnessRun.Rows))
            {
                string expected = row.DifferenceOf(via) is { } difference ? $"**{difference.Observed}** " : "as AWS";
                cells[column].Should().StartWith(expected, "the column '{0}' describes this store's response to '{1}'", table[0][column], row.Rule);
            }
        }

        static string[] Cells(string line) => [.. System.Text.RegularExpressions.Regex.Split(line, @"(?<!\\)\|").Select(cell => cell.Trim())];
    }

    [Fact]
    public void Rows_LocalS3_AcceptsNothingThatAwsRejects() =>
        StrictnessRun.Rows.Where(row => row.Expected[0] == '4' && row.DifferenceOf(Via.LocalS3)?.Observed[0] is '1' or '2' or '3').Should().BeEmpty();

    [Fact]
    public void Rows_Differences_AreDifferencesFromAws()
    {
        StrictnessRun.Rows.Select(row => row.Rule).Should().OnlyHaveUniqueItems();
        foreach (StrictnessRow row in StrictnessRun.Rows)
        {
            foreach ((string observed, string reason) in new[] { row.Rgw, row.Swift, row.LocalS3 }.OfType<(string, string)>())
            {
                observed.Should().NotBe(row.Expected, "the difference in '{0}' must differ from AWS", row.Rule);
                reason.Should().NotBeNullOrWhiteSpace();
            }
        }
    }
}
