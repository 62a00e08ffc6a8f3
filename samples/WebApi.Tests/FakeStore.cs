using System.Globalization;
using System.Net;
using System.Text;
using PresignKit;

namespace WebApi.Tests;

/// <summary>An in-memory store for the application's <see cref="HttpClient"/>. It verifies each request and responds with 403 if the signature is not valid.</summary>
public sealed class FakeStore(TimeProvider clock) : HttpMessageHandler
{
    private const string TokenPrefix = "a+/b=";

    private readonly PresignedUrlVerifier _verifier = new(
        accessKeyId => accessKeyId == "SPACESKEY" ? new S3Credentials(accessKeyId, "spaces-secret") : null,
        new PresignedUrlVerifierOptions { Endpoint = S3Endpoint.Create("https://nyc3.digitaloceanspaces.com", "nyc3") },
        clock);

    /// <summary>Gets the size and content type of each object, by key.</summary>
    public Dictionary<string, (int Size, string ContentType)> Objects { get; } = [];

    /// <summary>Gets or sets the maximum number of keys in a list response.</summary>
    public int PageSize { get; set; } = 100;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        PresignedUrlVerificationResult result = _verifier.Verify(request.Method, request.RequestUri!.AbsoluteUri, request.Headers.Select(header => KeyValuePair.Create(header.Key, string.Join(",", header.Value))));
        return Task.FromResult(
            !result.IsValid || result.Url.Bucket != "my-space" ? new HttpResponseMessage(HttpStatusCode.Forbidden)
            : request.Method == HttpMethod.Delete ? Deleted(result.Url.Key!)
            : request.Method == HttpMethod.Head ? Found(result.Url.Key!)
            : result.Url.OtherParameters.Any(one => one is { Key: "continuation-token" } && !one.Value.StartsWith(TokenPrefix, StringComparison.Ordinal)) ? new HttpResponseMessage(HttpStatusCode.BadRequest)
            : Listed(result.Url.OtherParameters.ToDictionary(one => one.Key, one => one.Value)));
    }

    private HttpResponseMessage Deleted(string key)
    {
        Objects.Remove(key);
        return new HttpResponseMessage(HttpStatusCode.NoContent);
    }

    private HttpResponseMessage Found(string key)
    {
        if (!Objects.TryGetValue(key, out (int Size, string ContentType) stored))
        {
            return new HttpResponseMessage(HttpStatusCode.NotFound);
        }

        HttpResponseMessage response = new() { Content = new ByteArrayContent(new byte[stored.Size]) };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", stored.ContentType);
        return response;
    }

    private HttpResponseMessage Listed(Dictionary<string, string> query)
    {
        string[] keys = [.. Objects.Keys.Where(key => key.StartsWith(query["prefix"]!, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        int start = query.GetValueOrDefault("continuation-token") is { } token ? int.Parse(token[TokenPrefix.Length..], CultureInfo.InvariantCulture) : 0;
        StringBuilder xml = new("<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><EncodingType>url</EncodingType>");
        foreach (string key in keys.Skip(start).Take(PageSize))
        {
            xml.Append(CultureInfo.InvariantCulture, $"<Contents><Key>{Uri.EscapeDataString(key)}</Key><LastModified>2026-03-14T15:00:00.000Z</LastModified><Size>{Objects[key].Size}</Size></Contents>");
        }

        xml.Append(start + PageSize < keys.Length ? $"<NextContinuationToken>{TokenPrefix}{start + PageSize}</NextContinuationToken>" : "").Append("</ListBucketResult>");
        return new HttpResponseMessage { Content = new StringContent(xml.ToString(), Encoding.UTF8, "application/xml") };
    }
}
