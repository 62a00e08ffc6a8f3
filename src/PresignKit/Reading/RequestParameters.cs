namespace PresignKit;

/// <summary>The decoded query parameters that belong to the request rather than to its signature.</summary>
/// <param name="ResponseHeaders">The response headers that the parameters override.</param>
/// <param name="Others">The other parameters, in the order in which they appear in the URL.</param>
internal readonly record struct RequestParameters(ResponseHeaderOverrides ResponseHeaders, IReadOnlyList<KeyValuePair<string, string>> Others)
{
    private static readonly ResponseHeaderOverrides NoOverrides = new();

    public delegate bool NameTest(ReadOnlySpan<byte> name);

    /// <summary>Decodes the parameters, or returns <c>null</c> if one of them is not valid UTF-8.</summary>
    public static RequestParameters? Read(in ReceivedQuery query, NameTest isOfSignature)
    {
        ResponseHeaderOverrides overrides = NoOverrides;
        List<KeyValuePair<string, string>>? others = null;
        for (int i = 0; i < query.Count; i++)
        {
            if (isOfSignature(query.Name(i)))
            {
                continue;
            }

            if (PercentEncoding.Decode(query.Name(i)) is not { } name || PercentEncoding.Decode(query.Value(i)) is not { } value)
            {
                return null;
            }

            if (ResponseHeaderOverrides.TryRead(overrides, name, value) is { } more)
            {
                overrides = more;
            }
            else
            {
                (others ??= []).Add(new KeyValuePair<string, string>(name, value));
            }
        }

        return new RequestParameters(overrides, others?.AsReadOnly() ?? (IReadOnlyList<KeyValuePair<string, string>>)[]);
    }
}
