namespace PresignKit.LiveTests;

/// <summary>A store's response to a signature that does not match, compared with the signed request.</summary>
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
    public async Task CompareWith_ResponseOfSwift_NamesTheMistake(string mistake, SignatureDifference difference)
    {
        LiveStore store = await LiveStore.Open(Via.Swift);
        PresignerOptions options = store.Options();
        options.SecretAccessKey = mistake == "secret" ? "another-secret-key" : options.SecretAccessKey;
        S3Presigner presigner = new(options);
        PutObject put = new("k") { ContentType = "text/plain", Query = [new("a", "1"), new("b", "2")] };
        PresignedUrl presigned = presigner.Presign(put);
        Dictionary<string, string> headers = new() { ["Content-Type"] = mistake == "header" ? "text/html" : "text/plain" };
        if (mistake == "host")
        {
            headers["Host"] = "elsewhere.test";
        }

        using HttpResponseMessage rejected = await store.Send(
            mistake == "method" ? HttpMethod.Delete : HttpMethod.Put, new Uri(Changed(presigned.Url, mistake)), headers, new ByteArrayContent([1]));
        string body = await rejected.Content.ReadAsStringAsync();

        await rejected.ShouldHaveStatus(403, "SignatureDoesNotMatch");
        presigner.Explain(put).CompareWith(body).Difference.Should().Be(difference, "{0}", body);
        SignatureExplanation.Of(presigned.Method, presigned.Url, presigned.RequiredHeaders).CompareWith(body, CredentialsOf(options)).Difference.Should().Be(difference, "{0}", body);
    }

    // The canonical request of the sent URL is the same as the store's.
    [LiveTheory]
    [InlineData("method", Via.Swift, SignatureDifference.Method, "The signature is the one for GET, but the request was sent as DELETE")]
    [InlineData("appended", Via.Swift, SignatureDifference.AppendedParameter, "The signature is correct without the parameter 'foo'")]
    [InlineData("secret", Via.Swift, SignatureDifference.SecretKey, "the secret access key differs from the store's key")]
    [InlineData("method", Via.Rgw, SignatureDifference.Method, "The signature is the one for GET, but the request was sent as DELETE")]
    [InlineData("appended", Via.Rgw, SignatureDifference.AppendedParameter, "The signature is correct without the parameter 'foo'")]
    public async Task CompareWith_SentUrl_NamesTheChange(string mistake, Via via, SignatureDifference difference, string cause)
    {
        LiveStore store = await LiveStore.Open(via);
        PresignerOptions options = store.Options();
        options.SecretAccessKey = mistake == "secret" ? "another-secret-key" : options.SecretAccessKey;
        string url = Changed(new S3Presigner(options).Presign(new GetObject("k")).Url, mistake);
        HttpMethod method = mistake == "method" ? HttpMethod.Delete : HttpMethod.Get;

        using HttpResponseMessage rejected = await store.Send(method, new Uri(url));
        string body = await rejected.Content.ReadAsStringAsync();

        rejected.StatusCode.Should().Be(System.Net.HttpStatusCode.Forbidden);
        SignatureExplanation.Of(method, url).CompareWith(body, CredentialsOf(options)).Should().Match<SignatureComparison>(one => one.Difference == difference && one.Cause.Contains(cause), "{0}", body);
    }

    [LiveTheory]
    [InlineData("method", SignatureDifference.Method)]
    [InlineData("path", SignatureDifference.Path)]
    [InlineData("appended", SignatureDifference.AppendedParameter)]
    [InlineData("changed", SignatureDifference.ParameterValue)]
    [InlineData("cut", SignatureDifference.MissingParameter)]
    [InlineData("header", SignatureDifference.HeaderValue)]
    [InlineData("no header", SignatureDifference.MissingHeader)]
    public async Task Of_RequestThatRgwRejects_NamesTheMistake(string mistake, SignatureDifference difference)
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        PresignedUrl presigned = store.Presigner().Presign(new PutObject("k") { ContentType = "text/plain", Query = [new("a", "1"), new("b", "2")] });
        Dictionary<string, string> headers = mistake == "no header" ? [] : new() { ["Content-Type"] = mistake == "header" ? "text/html" : "text/plain" };

        using HttpResponseMessage rejected = await store.Send(mistake == "method" ? HttpMethod.Delete : HttpMethod.Put, new Uri(Changed(presigned.Url, mistake)), headers);

        rejected.StatusCode.Should().Be(System.Net.HttpStatusCode.Forbidden);
        SignatureComparison.Of(presigned, rejected.RequestMessage!).Difference.Should().Be(difference);
    }

    [LiveFact]
    public async Task Of_RequestThatRgwAccepts_FindsNothing()
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        PresignedUrl presigned = store.Presigner().Presign(new PutObject("k (1)*~ü") { ContentType = "text/plain", ContentLength = 3 });

        using HttpResponseMessage accepted = await store.Send(presigned, new ByteArrayContent(new byte[3]));

        accepted.StatusCode.Should().Be(System.Net.HttpStatusCode.OK);
        SignatureComparison.Of(presigned, accepted.RequestMessage!).Difference.Should().Be(SignatureDifference.None);
    }

    [LiveFact]
    public async Task CompareWith_ResponseOfRgw_IsUnknown()
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        S3Presigner presigner = store.Presigner();

        using HttpResponseMessage rejected = await store.Send(HttpMethod.Get, new Uri(presigner.Presign(new GetObject("k")).Url + "&foo=bar"));

        presigner.Explain(new GetObject("k")).CompareWith(await rejected.Content.ReadAsStringAsync()).Difference.Should().Be(SignatureDifference.Unknown);
    }

    private static S3Credentials CredentialsOf(PresignerOptions options) => new(options.AccessKeyId!, options.SecretAccessKey!, options.SessionToken);

    private static string Changed(string url, string mistake) => mistake switch
    {
        "path" => url.Replace("/k?", "/l?", StringComparison.Ordinal),
        "appended" => url + "&foo=bar",
        "changed" => url.Replace("&a=1", "&a=2", StringComparison.Ordinal).Replace("?a=1", "?a=2", StringComparison.Ordinal),
        "cut" => url.Replace("&b=2", "", StringComparison.Ordinal),
        _ => url,
    };
}
