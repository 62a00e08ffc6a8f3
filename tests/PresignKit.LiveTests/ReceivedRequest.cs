namespace PresignKit.LiveTests;

/// <summary>A request as it is sent over the network.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Url">Its URL, character by character.</param>
/// <param name="Headers">Its headers without <c>Host</c>.</param>
internal sealed record ReceivedRequest(HttpMethod Method, string Url, IReadOnlyDictionary<string, string> Headers)
{
    public static ReceivedRequest Of(PresignedUrl presigned) => new(presigned.Method, presigned.Url, presigned.RequiredHeaders);

    public ReceivedRequest Replace(string part, string other) => this with { Url = Url.Replace(part, other, StringComparison.Ordinal) };

    public ReceivedRequest Append(string text) => this with { Url = Url + text };

    public ReceivedRequest With(string header, string value) => this with { Headers = new Dictionary<string, string>(Headers) { [header] = value } };

    public ReceivedRequest MapQuery(Func<string[], IEnumerable<string>> map)
    {
        int query = Url.IndexOf('?', StringComparison.Ordinal) + 1;
        return this with { Url = Url[..query] + string.Join('&', map(Url[query..].Split('&'))) };
    }
}
