using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.DocsTests;

/// <summary>Stands where a store stands: answers what the signature allows, and 403 otherwise. What it stores is what it was told.</summary>
internal sealed class VerifyingStore : HttpMessageHandler
{
    private readonly PresignedUrlVerifier _verifier = new(
        id => id == Example.AccessKeyId ? new S3Credentials(id, Example.SecretAccessKey) : null, timeProvider: new FakeTimeProvider(Example.Now));

    /// <summary>Method, path and length of each request that was let in.</summary>
    public List<string> Requests { get; } = [];

    public string LastBody { get; private set; } = "";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        string url = request.RequestUri!.AbsoluteUri;
        bool isForm = request.Content?.Headers.ContentType?.MediaType == "multipart/form-data";
        PresignedUrlVerificationStatus verification = isForm ? PresignedUrlVerificationStatus.Valid : _verifier.Verify(request.Method, url, Headers(request, body.Length)).Status;
        if (verification != PresignedUrlVerificationStatus.Valid)
        {
            return new HttpResponseMessage(HttpStatusCode.Forbidden) { Content = new StringContent($"<Error><Code>{verification}</Code></Error>") };
        }

        LastBody = Encoding.UTF8.GetString(body);
        Requests.Add(FormattableString.Invariant($"{request.Method} {request.RequestUri.AbsolutePath} {body.Length}"));
        HttpResponseMessage answer = new(isForm ? HttpStatusCode.NoContent : HttpStatusCode.OK);
        if (url.Contains("uploads=", StringComparison.Ordinal))
        {
            answer.Content = new StringContent("<InitiateMultipartUploadResult><UploadId>upload-7</UploadId></InitiateMultipartUploadResult>");
        }
        else if (request.Method == HttpMethod.Put)
        {
            answer.Headers.TryAddWithoutValidation("ETag", FormattableString.Invariant($"\"etag-{Requests.Count}\""));
        }

        return answer;
    }

    private static IEnumerable<KeyValuePair<string, string>> Headers(HttpRequestMessage request, int length)
    {
        IEnumerable<KeyValuePair<string, IEnumerable<string>>> content = request.Content?.Headers.Where(header => header.Key != "Content-Length") ?? [];
        return request.Headers.Concat(content).SelectMany(header => header.Value.Select(value => new KeyValuePair<string, string>(header.Key, value)))
            .Append(new("Content-Length", length.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }
}
