using Microsoft.AspNetCore.Http;

namespace PresignKit.LocalS3;

/// <summary>A rule of a bucket's CORS configuration.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html">Elements of a CORS configuration</see>.</remarks>
internal sealed record CorsRule
{
    public string? Id { get; init; }

    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    public IReadOnlyList<string> AllowedMethods { get; init; } = [];

    public IReadOnlyList<string> AllowedHeaders { get; init; } = [];

    public IReadOnlyList<string> ExposeHeaders { get; init; } = [];

    public int? MaxAgeSeconds { get; init; }

    public bool Allows(string origin, string method, IEnumerable<string> headers) =>
        AllowedMethods.Contains(method, StringComparer.Ordinal)
        && IsHeaderValue(origin)
        && AllowedOrigins.Any(pattern => Matches(pattern, origin, StringComparison.Ordinal))
        && headers.All(header => StoredHeader.IsName(header) && AllowedHeaders.Any(pattern => Matches(pattern, header, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Adds the headers that let a page of the origin read the response.</summary>
    public void AddHeaders(IHeaderDictionary response, string origin, IReadOnlyCollection<string> requestedHeaders)
    {
        bool isAny = AllowedOrigins.Contains("*");
        response.AccessControlAllowOrigin = isAny ? "*" : origin;
        if (!isAny)
        {
            response.AccessControlAllowCredentials = "true";
        }

        response.AccessControlAllowMethods = string.Join(", ", AllowedMethods);
        if (requestedHeaders.Count > 0)
        {
            response.AccessControlAllowHeaders = string.Join(", ", requestedHeaders).ToLowerInvariant();
        }

        if (ExposeHeaders.Count > 0)
        {
            response.AccessControlExposeHeaders = string.Join(", ", ExposeHeaders);
        }

        if (MaxAgeSeconds is { } age)
        {
            response.AccessControlMaxAge = age.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        response.Vary = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";
    }

    // The origin and the header names are copied to the response, and an asterisk in a rule would also match characters that a response header cannot contain.
    private static bool IsHeaderValue(string origin) => origin.All(c => c is > ' ' and <= '~');

    // A pattern contains at most one asterisk.
    private static bool Matches(string pattern, string text, StringComparison comparison)
    {
        int star = pattern.IndexOf('*');
        return star < 0
            ? pattern.Equals(text, comparison)
            : text.Length >= pattern.Length - 1 && text.StartsWith(pattern[..star], comparison) && text.EndsWith(pattern[(star + 1)..], comparison);
    }
}
