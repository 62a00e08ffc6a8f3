using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.DocsTests;

/// <summary>A store that verifies requests and responds with 403 if they are not valid. It records the requests that it has accepted.</summary>
internal sealed class VerifyingStore : HttpMessageHandler
{
    private readonly PresignedUrlVerifier _verifier = new(
        id => id == Example.AccessKeyId ? new S3Credentials(id, Example.SecretAccessKey) : null,
        new PresignedUrlVerifierOptions { Endpoint = S3Endpoint.DigitalOceanSpaces("nyc3") },
        new FakeTimeProvider(Example.Now));

    /// <summary>Method, key and length of each accepted request.</summary>
    public List<string> Requests { get; } = [];

    public string LastBody { get; private set; } = "";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        string url = request.RequestUri!.AbsoluteUri;
        bool isForm = request.Content?.Headers.ContentType?.MediaType == "multipart/form-data";
        PresignedUrlVerificationResult? result = isForm ? null : _verifier.Verify(request.Method, url, Headers(request, body.Length));
        if (result is { IsValid: false })
        {
            return new HttpResponseMessage(HttpStatusCode.Forbidden) { Content = new StringContent($"<Error><Code>{result.Status}</Code></Error>") };
        }

        LastBody = Encoding.UTF8.GetString(body);
        Requests.Add(FormattableString.Invariant($"{request.Method} /{result?.Url!.Key} {body.Length}"));
        HttpResponseMessage response = new(isForm ? HttpStatusCode.NoContent : HttpStatusCode.OK);
        if (url.Contains("uploads=", StringComparison.Ordinal))
        {
            response.Content = new StringContent("<InitiateMultipartUploadResult><UploadId>upload-7</UploadId></InitiateMultipartUploadResult>");
        }
        else if (request.Method == HttpMethod.Put)
        {
            response.Headers.TryAddWithoutValidation("ETag", FormattableString.Invariant($"\"etag-{Requests.Count}\""));
        }

        return response;
    }

    private static IEnumerable<KeyValuePair<string, string>> Headers(HttpRequestMessage request, int length)
    {
        IEnumerable<KeyValuePair<string, IEnumerable<string>>> content = request.Content?.Headers.Where(header => header.Key != "Content-Length") ?? [];
        return request.Headers.Concat(content).SelectMany(header => header.Value.Select(value => new KeyValuePair<string, string>(header.Key, value)))
            .Append(new("Content-Length", length.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }
}
