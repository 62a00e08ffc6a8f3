using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace PresignKit.AspNetCore;

/// <summary>The headers that are added to the response: the signed overrides, and the headers that prevent a URL or its content from leaking.</summary>
internal sealed class ProtectedResponse
{
    private readonly HttpResponse _response;
    private readonly ResponseHeaderOverrides? _overrides;

    private ProtectedResponse(HttpResponse response, ResponseHeaderOverrides? overrides)
    {
        _response = response;
        _overrides = overrides;
    }

    /// <summary>Adds the headers immediately before the response is sent, when the endpoint has set its own headers.</summary>
    /// <param name="response">The response.</param>
    /// <param name="overrides">The signed overrides, or <c>null</c> if the request is rejected.</param>
    public static void Add(HttpResponse response, ResponseHeaderOverrides? overrides)
    {
        if (overrides?.ContentEncoding is { } encoding)
        {
            // Response compression checks this header when the endpoint writes its first byte, before the other overrides are applied. If the header were not set yet, the body would be
            // compressed a second time, and the signed value would be wrong.
            response.Headers.ContentEncoding = encoding;
        }

        response.OnStarting(
            static state =>
            {
                ((ProtectedResponse)state).AddHeaders();
                return Task.CompletedTask;
            },
            new ProtectedResponse(response, overrides));
    }

    private void AddHeaders()
    {
        IHeaderDictionary headers = _response.Headers;
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";

        // As in S3, errors are not affected. A 304 response updates the freshness of a stored response, so it needs the values of the 200 response.
        bool isSuccess = _response.StatusCode is >= 200 and < 300;
        ResponseHeaderOverrides? freshness = isSuccess || _response.StatusCode == StatusCodes.Status304NotModified ? _overrides : null;
        headers.CacheControl = freshness?.CacheControl ?? MakePrivate(headers.CacheControl);
        Override(HeaderNames.Expires, freshness?.Expires?.ToString("R", CultureInfo.InvariantCulture));
        if (isSuccess)
        {
            Override(HeaderNames.ContentType, _overrides?.ContentType);
            Override(HeaderNames.ContentDisposition, _overrides?.ContentDisposition);
            Override(HeaderNames.ContentEncoding, _overrides?.ContentEncoding);
            Override(HeaderNames.ContentLanguage, _overrides?.ContentLanguage);
        }
        else if (_overrides?.ContentEncoding is { } encoding && headers.ContentEncoding == encoding)
        {
            headers.Remove(HeaderNames.ContentEncoding);
        }
    }

    private void Override(string name, string? value)
    {
        if (value is not null)
        {
            _response.Headers[name] = value;
        }
    }

    // Returns the value unchanged if it already excludes shared caches. Otherwise, adds 'private' and removes the directives that allow shared caches.
    private static StringValues MakePrivate(StringValues current)
    {
        if (!CacheControlHeaderValue.TryParse(current.ToString(), out CacheControlHeaderValue? parsed))
        {
            return "private";
        }

        // 'private="field"' excludes only one field.
        bool isPrivate = (parsed.Private && parsed.PrivateHeaders.Count == 0) || parsed.NoStore;
        if (isPrivate && !parsed.Public && parsed.SharedMaxAge is null)
        {
            return current;
        }

        parsed.Public = false;
        parsed.SharedMaxAge = null;
        parsed.Private = true;
        parsed.PrivateHeaders.Clear();
        return parsed.ToString();
    }
}
