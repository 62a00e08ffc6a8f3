using System.Globalization;

namespace PresignKit;

/// <summary>
/// Headers that the store puts into its answer in place of the object's own. Each becomes a signed <c>response-…</c> query parameter.
/// </summary>
/// <remarks>Values hold no line breaks or other control characters. Stores take overrides on signed requests only. Immutable and thread-safe; what is used more than once is kept encoded, so share one
/// object between operations that have the same.
/// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html">GetObject</see>.</remarks>
public sealed record ResponseHeaderOverrides
{
    /// <summary>Makes overrides without any.</summary>
    public ResponseHeaderOverrides()
    {
    }

    // For 'with': what the original was encoded as stays behind.
    private ResponseHeaderOverrides(ResponseHeaderOverrides original)
    {
        ContentType = original.ContentType;
        ContentDisposition = original.ContentDisposition;
        ContentEncoding = original.ContentEncoding;
        ContentLanguage = original.ContentLanguage;
        CacheControl = original.CacheControl;
        Expires = original.Expires;
    }

    /// <summary><c>Content-Type</c>, like <c>text/plain; charset=utf-8</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary><c>Content-Disposition</c>, like <c>attachment; filename="report.pdf"</c>.</summary>
    public string? ContentDisposition { get; init; }

    /// <summary><c>Content-Encoding</c>, like <c>gzip</c>.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary><c>Content-Language</c>, like <c>de</c>.</summary>
    public string? ContentLanguage { get; init; }

    /// <summary><c>Cache-Control</c>, like <c>private, max-age=3600</c>.</summary>
    public string? CacheControl { get; init; }

    /// <summary><c>Expires</c>: sent as an HTTP date in GMT, in whole seconds. It tells caches how long to keep the answer; the URL's own end is <see cref="S3Operation.ExpiresIn"/>.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>What they are in a query, in order: for <see cref="RequestBuilder.AddResponseHeaders"/>, which keeps it here. It is no part of the value.</summary>
    internal string? Encoded { get; set; }

    internal bool WasUsed { get; set; }

    /// <summary>Whether both have the same values.</summary>
    /// <param name="other">The other ones.</param>
    /// <returns>Whether they are equal.</returns>
    public bool Equals(ResponseHeaderOverrides? other) => other is not null && Values.Equals(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => Values.GetHashCode();

    private (string?, string?, string?, string?, string?, DateTimeOffset?) Values =>
        (ContentType, ContentDisposition, ContentEncoding, ContentLanguage, CacheControl, Expires);

    /// <summary>Adds the parameters one by one, in canonical order.</summary>
    internal void Describe(RequestBuilder request)
    {
        request.AddOptionalQuery("response-cache-control", CacheControl);
        request.AddOptionalQuery("response-content-disposition", ContentDisposition);
        request.AddOptionalQuery("response-content-encoding", ContentEncoding);
        request.AddOptionalQuery("response-content-language", ContentLanguage);
        request.AddOptionalQuery("response-content-type", ContentType);
        request.AddOptionalQuery("response-expires", Expires?.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>The overrides with one more, as it stands in a URL; <c>null</c> where the parameter is none of them, or not one that can be told in these properties.</summary>
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
