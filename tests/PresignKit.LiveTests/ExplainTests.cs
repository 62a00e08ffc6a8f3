namespace PresignKit.LiveTests;

/// <summary>What a store says of a signature that does not fit, put beside what was signed.</summary>
public class ExplainTests
{
    public static TheoryData<string, SignatureDifference> Mistakes => new()
    {
        { "method", SignatureDifference.Method },
        { "path", SignatureDifference.Path },
        { "appended", SignatureDifference.AppendedParameter },
        { "changed", SignatureDifference.ParameterValue },
        { "cut", SignatureDifference.MissingParameter },
        { "host", SignatureDifference.Host },
        { "header", SignatureDifference.HeaderValue },
        { "secret", SignatureDifference.SecretKey },
    };

    [LiveTheory]
    [MemberData(nameof(Mistakes))]
    public async Task CompareWith_SwiftsAnswer_NamesTheMistake(string mistake, SignatureDifference difference)
    {
        LiveStore store = await LiveStore.Open(Via.Swift);
        PresignerOptions options = store.Options();
        options.SecretAccessKey = mistake == "secret" ? "another secret key" : options.SecretAccessKey;
        S3Presigner presigner = new(options);
        PutObject put = new("k") { ContentType = "text/plain", Query = [new("a", "1"), new("b", "2")] };
        PresignedUrl presigned = presigner.Presign(put);
        Dictionary<string, string> headers = new() { ["Content-Type"] = mistake == "header" ? "text/html" : "text/plain" };
        if (mistake == "host")
        {
            headers["Host"] = "elsewhere.test";
        }

        using HttpResponseMessage refused = await store.Send(
            mistake == "method" ? HttpMethod.Delete : HttpMethod.Put, new Uri(Changed(presigned.Url, mistake)), headers, new ByteArrayContent([1]));
        string answer = await refused.Content.ReadAsStringAsync();

        await refused.ShouldHaveStatus(403, "SignatureDoesNotMatch");
        presigner.Explain(put).CompareWith(answer).Difference.Should().Be(difference, "{0}", answer);
        SignatureExplanation.Of(presigned.Method, presigned.Url, presigned.RequiredHeaders).CompareWith(answer).Difference.Should().Be(difference, "{0}", answer);
    }

    [LiveFact]
    public async Task CompareWith_RgwsAnswer_SaysThatItTellsNothing()
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        S3Presigner presigner = store.Presigner();

        using HttpResponseMessage refused = await store.Send(HttpMethod.Get, new Uri(presigner.Presign(new GetObject("k")).Url + "&foo=bar"));

        presigner.Explain(new GetObject("k")).CompareWith(await refused.Content.ReadAsStringAsync()).Difference.Should().Be(SignatureDifference.Unknown);
    }

    private static string Changed(string url, string mistake) => mistake switch
    {
        "path" => url.Replace("/k?", "/l?", StringComparison.Ordinal),
        "appended" => url + "&foo=bar",
        "changed" => url.Replace("&a=1", "&a=2", StringComparison.Ordinal).Replace("?a=1", "?a=2", StringComparison.Ordinal),
        "cut" => url.Replace("&b=2", "", StringComparison.Ordinal),
        _ => url,
    };
}
