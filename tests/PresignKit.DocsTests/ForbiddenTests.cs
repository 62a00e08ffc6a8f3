using System.Net;
using System.Security;

namespace PresignKit.DocsTests;

/// <summary>The code of docs/403.md.</summary>
public class ForbiddenTests
{
    [Fact]
    public void Url_Parsed_ShowsWhatItAllows()
    {
        string url = Example.Presigner().Presign(new PutObject("photos/1.jpg") { ContentType = "image/jpeg" }).Url;
        using StringWriter log = new();

        if (PresignedUrlInfo.TryParse(url, out PresignedUrlInfo? info))
        {
            log.WriteLine($"{info.Bucket}/{info.Key} at {info.Host}, region {info.Region}, key {info.AccessKeyId}");
            log.WriteLine($"signed headers: {string.Join(", ", info.SignedHeaders)}; ends {info.ExpiresAt:u}");
        }

        log.ToString().ReplaceLineEndings("\n").TrimEnd().ShouldBeShownAs("""
            my-space/photos/1.jpg at my-space.nyc3.digitaloceanspaces.com, region nyc3, key DO00EXAMPLEKEY
            signed headers: content-type, host; ends 2026-03-14 16:09:26Z
            """);
    }

    [Fact]
    public void Url_CopiedFromHtml_NamesTheCause()
    {
        string pasted = WebUtility.HtmlEncode(Example.Presigner().Presign(new GetObject("k")).Url);
        using StringWriter log = new();

        PresignedUrlInfo.TryParse(pasted, endpoint: null, out PresignedUrlInfo? content, out string? problem);
        log.WriteLine(problem);

        content!.Key.Should().Be("k");
        log.ToString().TrimEnd().ShouldBeShownAs("""
            The URL contains '&amp;', so it was copied from HTML. Replace it with '&'.
            """);
    }

    [Fact]
    public void Response_ComparedWithTheOperation_NamesTheDifference()
    {
        S3Presigner presigner = Example.Presigner();
        string bodyOfThe403 = AnswerTo(presigner.Presign(new GetObject("reports/2026.pdf")).Url + "&foo=bar");
        using StringWriter log = new();

        SignatureComparison comparison = presigner.Explain(new GetObject("reports/2026.pdf")).CompareWith(bodyOfThe403);
        log.WriteLine(comparison.Cause);

        comparison.Difference.Should().Be(SignatureDifference.AppendedParameter);
        log.ToString().TrimEnd().ShouldBeShownAs("""
            The store received the unsigned parameter 'foo'. Instead of appending to a URL, use Query or ResponseHeaders of the operation, or Resign.
            """);
    }

    [Fact]
    public void Response_ComparedWithAUrl_NeedsNoCredentials()
    {
        string url = Example.Presigner().Presign(new GetObject("reports/2026.pdf")).Url;
        string bodyOfThe403 = AnswerTo(url.Replace("my-space.", "files.", StringComparison.Ordinal));
        using StringWriter log = new();

        log.WriteLine(SignatureExplanation.Of(HttpMethod.Get, url).CompareWith(bodyOfThe403));

        log.ToString().ReplaceLineEndings("\n").TrimEnd().ShouldBeShownAs("""
            Line 4 differs:
              signed here:       host:my-space.nyc3.digitaloceanspaces.com
              seen by the store: host:files.nyc3.digitaloceanspaces.com
            The store received a different host, because of a proxy, a CDN, a Docker host name or a missing port. Sign the host that the store receives (Endpoint), or configure the proxy to forward the Host header.
            """);
    }

    [Fact]
    public void Response_ComparedWithTheSentUrl_NeedsCredentials()
    {
        string sentUrl = Example.Presigner().Presign(new GetObject("reports/2026.pdf")).Url + "&foo=bar";
        string bodyOfThe403 = AnswerTo(sentUrl);
        S3Credentials credentials = new(Example.AccessKeyId, Example.SecretAccessKey);
        using StringWriter log = new();

        log.WriteLine(SignatureExplanation.Of(HttpMethod.Get, sentUrl).CompareWith(bodyOfThe403, credentials));

        log.ToString().TrimEnd().ShouldBeShownAs("""
            The signature is correct without the parameter 'foo', which was appended after signing. Instead of appending to a URL, use Query or ResponseHeaders of the operation, or Resign.
            """);
    }

    [Fact]
    public async Task Response_WithoutDetails_IsExplainedByTheRequest()
    {
        PresignedUrl presigned = Example.Presigner().Presign(new PutObject("photos/1.jpg") { ContentType = "image/jpeg" });
        using HttpRequestMessage request = new(HttpMethod.Put, presigned.ToUri()) { Content = new StringContent("photo") };
        using HttpClient http = new(new Forbidding());
        using StringWriter log = new();

        using HttpResponseMessage response = await http.SendAsync(request);
        if (response.StatusCode == HttpStatusCode.Forbidden)
        {
            log.WriteLine(SignatureComparison.Of(presigned, response.RequestMessage!));
        }

        log.ToString().ReplaceLineEndings("\n").TrimEnd().ShouldBeShownAs("""
              signed: content-type: image/jpeg
              sent:   content-type: text/plain; charset=utf-8
            The header 'content-type' was sent with a different value than the signed one. Send the exact value in RequiredHeaders.
            """);
    }

    /// <summary>Returns the body of a 403 that includes the store's string to sign and canonical request.</summary>
    internal static string AnswerTo(string url)
    {
        SignatureExplanation seen = SignatureExplanation.Of(HttpMethod.Get, url);
        return $"<Error><Code>SignatureDoesNotMatch</Code><StringToSign>{SecurityElement.Escape(seen.StringToSign)}</StringToSign>"
            + $"<CanonicalRequest>{SecurityElement.Escape(seen.CanonicalRequest)}</CanonicalRequest></Error>";
    }

    private sealed class Forbidding : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.Forbidden) { RequestMessage = request });
    }
}
