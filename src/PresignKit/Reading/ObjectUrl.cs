using System.Diagnostics.CodeAnalysis;

namespace PresignKit;

/// <summary>Parses object URLs, such as URLs from a store's console or an application's database.</summary>
public static class ObjectUrl
{
    /// <summary>Finds the bucket and the key in an object URL.</summary>
    /// <remarks>The query is ignored.</remarks>
    /// <param name="url">An absolute <c>http</c> or <c>https</c> URL, with or without a signature.</param>
    /// <param name="endpoint">The store's endpoint. The value can be <c>null</c> if the URL's host is an IP address or <c>localhost</c>, or belongs to a known provider.</param>
    /// <param name="bucket">The bucket, or an ARN if the host belongs to an access point. The value is <c>null</c> if the method returns <c>false</c>, or if the endpoint is
    /// bound to one bucket (<see cref="UrlStyle.BucketBoundHostname"/>).</param>
    /// <param name="key">The decoded key, such as <c>a b</c> for <c>a%20b</c>. A <c>+</c> remains a plus sign because only queries and event notifications use <c>+</c> to
    /// represent a space.</param>
    /// <returns><c>false</c> if the URL cannot be parsed, if it is not an object URL, or if the bucket cannot be identified. An invalid URL does not cause an exception.</returns>
    /// <example><code>
    /// ObjectUrl.TryParse("https://my-bucket.s3.eu-west-1.amazonaws.com/a%20b", endpoint: null, out var bucket, out var key);     // my-bucket, a b
    /// </code></example>
    public static bool TryParse(string? url, S3Endpoint? endpoint, out string? bucket, [NotNullWhen(true)] out string? key)
    {
        bucket = key = null;
        if (!UrlParts.TrySplit(url, out UrlParts parts) || parts.Authority.IsEmpty)
        {
            return false;
        }

        UrlLocation location = UrlLocation.Find(UrlParts.SignedHost(parts.Authority, parts.IsTls), parts.IsTls, parts.Path, region: null, endpoint);
        bool isBound = endpoint?.UrlStyle == UrlStyle.BucketBoundHostname;
        if (location.Key is null || (location.Bucket is null && !isBound))
        {
            return false;
        }

        bucket = location.Bucket;
        key = location.Key;
        return true;
    }
}
