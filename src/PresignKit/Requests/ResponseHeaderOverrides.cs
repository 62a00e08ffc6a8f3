using System.Globalization;

namespace PresignKit;

/// <summary>The response headers that override the headers stored with an object.</summary>
/// <remarks>
/// Each property is signed as a <c>response-…</c> query parameter. Values must be ASCII and must not contain control characters. Stores accept overrides only in signed
/// requests. Instances are immutable and thread-safe.
/// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html">GetObject</see>.
/// </remarks>
public sealed record ResponseHeaderOverrides
{
    /// <summary>Gets the value of the <c>Content-Type</c> header, such as <c>text/plain; charset=utf-8</c>.</summary>
    /// <value>The default is <c>null</c>, which does not override the header.</value>
    public string? ContentType { get; init; }

    /// <summary>Gets the value of the <c>Content-Disposition</c> header, such as <c>attachment; filename="report.pdf"</c>.</summary>
    /// <value>An ASCII string. Use <see cref="PresignKit.ContentDisposition"/> to encode file names. The default is <c>null</c>, which does not override the header.</value>
    public string? ContentDisposition { get; init; }

    /// <summary>Gets the value of the <c>Content-Encoding</c> header, such as <c>gzip</c>.</summary>
    /// <value>The default is <c>null</c>, which does not override the header.</value>
    public string? ContentEncoding { get; init; }

    /// <summary>Gets the value of the <c>Content-Language</c> header, such as <c>de</c>.</summary>
    /// <value>The default is <c>null</c>, which does not override the header.</value>
    public string? ContentLanguage { get; init; }

    /// <summary>Gets the value of the <c>Cache-Control</c> header, such as <c>private, max-age=3600</c>.</summary>
    /// <value>The default is <c>null</c>, which does not override the header.</value>
    public string? CacheControl { get; init; }

    /// <summary>Gets the value of the <c>Expires</c> header, which tells caches when the response becomes stale.</summary>
    /// <value>A time in whole seconds, sent as an HTTP date in GMT. The default is <c>null</c>, which does not override the header.</value>
    /// <remarks>This property does not affect the lifetime of the URL, which is set by <see cref="S3Operation.ExpiresIn"/>.</remarks>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Adds the parameters in canonical order.</summary>
    internal void AddTo(RequestBuilder request)
    {
        request.AddOptionalQuery("response-cache-control", CacheControl);
        request.AddOptionalQuery("response-content-disposition", ContentDisposition);
        request.AddOptionalQuery("response-content-encoding", ContentEncoding);
        request.AddOptionalQuery("response-content-language", ContentLanguage);
        request.AddOptionalQuery("response-content-type", ContentType);
        request.AddOptionalQuery("response-expires", InvariantText.HttpDate(Expires));
    }

    /// <summary>Returns the overrides with the parameter added, or <c>null</c> if the parameter is not an override, is already set, or has an invalid date.</summary>
    internal static ResponseHeaderOverrides? TryRead(ResponseHeaderOverrides overrides, string name, string value) => name switch
    {
        "response-cache-control" when overrides.CacheControl is null => overrides with { CacheControl = value },
        "response-content-disposition" when overrides.ContentDisposition is null => overrides with { ContentDisposition = value },
        "response-content-encoding" when overrides.ContentEncoding is null => overrides with { ContentEncoding = value },
        "response-content-language" when overrides.ContentLanguage is null => overrides with { ContentLanguage = value },
        "response-content-type" when overrides.ContentType is null => overrides with { ContentType = value },
        "response-expires" when overrides.Expires is null && DateTimeOffset.TryParseExact(
            value, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset expires) => overrides with { Expires = expires },
        _ => null,
    };
}
