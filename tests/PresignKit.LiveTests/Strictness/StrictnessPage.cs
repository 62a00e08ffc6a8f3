using System.Globalization;
using System.Text;

namespace PresignKit.LiveTests.Strictness;

/// <summary>The tables of docs/strictness.md.</summary>
internal static class StrictnessPage
{
    /// <summary>The stores in the order of the columns.</summary>
    private static readonly Via[] Columns = [.. StrictnessRun.Stores.Reverse()];

    /// <summary>Returns the counts as Markdown. A test compares them with the responses of the stores.</summary>
    public static string Counts()
    {
        StringBuilder table = new("| store | responds as AWS | different status or code | accepts what AWS rejects | rejects what AWS accepts |\n| --- | ---: | ---: | ---: | ---: |\n");
        foreach (Via via in Columns)
        {
            StrictnessCounts counts = CountOf(via);
            table.Append(CultureInfo.InvariantCulture, $"| {NameOf(via)} | {counts.AsAws} of {StrictnessRun.Rows.Length} | {counts.DifferentError} | {counts.TooLenient} | {counts.TooStrict} |\n");
        }

        return table.ToString();
    }

    /// <summary>Returns one line for each rule as Markdown. Responses that differ from AWS's are bold.</summary>
    public static string Rules()
    {
        StringBuilder table = new($"| rule | AWS | {string.Join(" | ", Columns.Select(NameOf))} | source |\n| --- | --- | {string.Join(" | ", Columns.Select(_ => "---"))} | --- |\n");
        foreach (StrictnessRow row in StrictnessRun.Rows)
        {
            table.Append("| ").Append(Escape(row.Rule)).Append(" | ").Append(row.Expected).Append(" |");
            foreach (Via via in Columns)
            {
                table.Append(row.DifferenceOf(via) is { } difference ? $" **{difference.Observed}** {Escape(difference.Reason)} |" : " as AWS |");
            }

            table.Append(' ').Append(Escape(row.Source)).Append(" |\n");
        }

        return table.ToString();
    }

    /// <summary>Returns the name of a store in the headings of the tables.</summary>
    public static string NameOf(Via via) => via == Via.Rgw ? "RGW" : via.ToString();

    private static StrictnessCounts CountOf(Via via)
    {
        StrictnessRow[] different = [.. StrictnessRun.Rows.Where(row => row.DifferenceOf(via) is not null)];
        int tooLenient = different.Count(row => IsAcceptance(row.DifferenceOf(via)!.Value.Observed) && !IsAcceptance(row.Expected));
        int tooStrict = different.Count(row => !IsAcceptance(row.DifferenceOf(via)!.Value.Observed) && IsAcceptance(row.Expected));
        return new StrictnessCounts(StrictnessRun.Rows.Length - different.Length, different.Length - tooLenient - tooStrict, tooLenient, tooStrict);
    }

    private static bool IsAcceptance(string response) => response[0] is '1' or '2' or '3' && !response.Contains(' ', StringComparison.Ordinal);

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "\\<", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
