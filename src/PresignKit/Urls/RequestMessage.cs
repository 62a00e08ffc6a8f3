using System.Globalization;

namespace PresignKit;

/// <summary>A presigned URL as a request of System.Net.Http, which keeps the headers of the body apart from the others.</summary>
internal static class RequestMessage
{
    public static HttpRequestMessage Create(PresignedUrl url, HttpContent? content)
    {
        HttpRequestMessage request = new(url.Method, url.ToUri()) { Content = content };
        foreach (KeyValuePair<string, string> header in url.RequiredHeaders)
        {
            if (header.Key.Equals("content-length", StringComparison.OrdinalIgnoreCase))
            {
                SetLength(request.Content ??= new ByteArrayContent([]), header.Value);
            }
            else if (!request.Headers.TryAddWithoutValidation(header.Key, header.Value))
            {
                request.Content ??= new ByteArrayContent([]);
                request.Content.Headers.Remove(header.Key);
                request.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        return request;
    }

    // The length is said where it is not known (a stream that cannot seek), so that the body is not sent in chunks.
    private static void SetLength(HttpContent content, string signed)
    {
        if (!long.TryParse(signed, NumberStyles.None, CultureInfo.InvariantCulture, out long length))
        {
            content.Headers.TryAddWithoutValidation("Content-Length", signed);
            return;
        }

        if (content.Headers.ContentLength is { } actual && actual != length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The URL is signed for a body of exactly {length} bytes, and the content has {actual}. Presign with ContentLength = {actual}."),
                nameof(content));
        }

        content.Headers.ContentLength = length;
    }
}
