namespace PresignKit.LiveTests.Strictness;

/// <summary>The responses to the rows of the table. Each row is sent to each store at most once, however many tests use its response.</summary>
public sealed class StrictnessRun
{
    /// <summary>The stores that the rows are sent to. Each of them is a column of the table.</summary>
    internal static readonly Via[] Stores = [Via.Rgw, Via.Swift, Via.LocalS3];

    internal static readonly StrictnessRow[] Rows = [.. UrlRows.All, .. HeaderRows.All, .. ObjectRows.All, .. HttpRows.All, .. FormRows.All];

    private readonly Dictionary<Via, LiveStore> _stores = [];
    private readonly Dictionary<(Via Via, string Rule), Observed> _responses = [];

    internal async Task<Observed> Send(Via via, StrictnessRow row)
    {
        if (_responses.TryGetValue((via, row.Rule), out Observed? response))
        {
            return response;
        }

        if (!_stores.TryGetValue(via, out LiveStore? store))
        {
            _stores[via] = store = await LiveStore.Open(via);
        }

        return _responses[(via, row.Rule)] = await row.Send(new Attempt(store, Array.IndexOf(Rows, row) + 1));
    }

    internal async Task<StrictnessCounts> Count(Via via)
    {
        int asAws = 0, differentError = 0, tooLenient = 0, tooStrict = 0;
        foreach (StrictnessRow row in Rows)
        {
            Observed response = await Send(via, row);
            bool isAccepted = response.Status is >= 100 and < 400 && response.Code is null;
            bool mustBeAccepted = row.Expected[0] is '1' or '2' or '3';
            if (StrictnessRow.Matches(row.Expected, response))
            {
                asAws++;
            }
            else if (isAccepted == mustBeAccepted)
            {
                differentError++;
            }
            else if (isAccepted)
            {
                tooLenient++;
            }
            else
            {
                tooStrict++;
            }
        }

        return new StrictnessCounts(asAws, differentError, tooLenient, tooStrict);
    }
}

/// <summary>How a store's responses compare with AWS's.</summary>
/// <param name="AsAws">The rows with the response of AWS.</param>
/// <param name="DifferentError">The rows that both accept or both reject, but with a different status or error code.</param>
/// <param name="TooLenient">The rows that the store accepts and AWS rejects.</param>
/// <param name="TooStrict">The rows that the store rejects and AWS accepts.</param>
internal sealed record StrictnessCounts(int AsAws, int DifferentError, int TooLenient, int TooStrict);
