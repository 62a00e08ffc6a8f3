using PresignKit.Signing;

namespace PresignKit;

/// <content>Overrides of response headers: the only parameters that are kept encoded.</content>
internal sealed partial class RequestDescription
{
    /// <summary>The overrides of response headers as they stand in a query, in order; empty where there are none.</summary>
    public string EncodedQuery { get; private set; } = "";

    /// <summary>Adds overrides of response headers, before any other parameter that could have the name of one. What is used a second time is kept encoded: operations share
    /// them, and are presigned many times.</summary>
    public void AddResponseHeaders(ResponseHeaderOverrides overrides)
    {
        if (overrides.Encoded is { } encoded)
        {
            EncodedQuery = encoded;
            return;
        }

        int before = _queryCount;
        overrides.Describe(this);
        if (overrides.WasUsed)
        {
            overrides.Encoded = PercentEncoding.Query(Query[before..]);
        }

        overrides.WasUsed = true;
    }

    // Their names are the same when they are encoded.
    private bool HasEncoded(string name)
    {
        for (int at = EncodedQuery.IndexOf(name, StringComparison.Ordinal); at >= 0; at = EncodedQuery.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            int end = at + name.Length;
            if ((at == 0 || EncodedQuery[at - 1] == '&') && end < EncodedQuery.Length && EncodedQuery[end] == '=')
            {
                return true;
            }
        }

        return false;
    }
}
