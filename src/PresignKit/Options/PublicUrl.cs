using System.Text;

namespace PresignKit;

/// <summary>The validated <see cref="PresignerOptions.PublicUrl"/>: the URL of a CDN or proxy that forwards requests to one of the store's hosts.</summary>
internal sealed class PublicUrl
{
    private readonly string _origin;
    private readonly string _prefix;

    private PublicUrl(EndpointUrl url, BucketAddress store, bool isForDownloadsOnly)
    {
        _origin = url.SchemePrefix + url.Authority;
        _prefix = url.BasePath + "/";
        Text = url.ToString();
        EmittedOrigin = Encoding.ASCII.GetBytes(Text);
        Store = store.Host;
        IsForDownloadsOnly = isForDownloadsOnly;
    }

    /// <summary>Gets the scheme, the host, the port, and the path prefix that the proxy removes, without a trailing slash.</summary>
    public string Text { get; }

    /// <summary>Gets <see cref="Text"/>, encoded as ASCII.</summary>
    public byte[] EmittedOrigin { get; }

    /// <summary>Gets the host that URLs are signed for and that the CDN or proxy forwards requests to.</summary>
    /// <value>The bucket's own host or, in path style, the host that all buckets share.</value>
    public SigningHost Store { get; }

    /// <summary>Gets a value that indicates whether the URL belongs to a CDN, which forwards only downloads.</summary>
    public bool IsForDownloadsOnly { get; }

    /// <summary>Validates and creates a public URL, or returns <c>null</c> and describes the problem.</summary>
    /// <remarks>A bucket that is not valid is reported as a problem with <see cref="PresignerOptions.Bucket"/> instead.</remarks>
    public static PublicUrl? Create(string publicUrl, S3Endpoint endpoint, string? bucket, out string? problem)
    {
        EndpointUrl? url = EndpointUrl.Parse(publicUrl, out problem, isPublic: true);
        BucketAddress? store = endpoint.Locate(bucket, out _);
        if (url is null || store is null)
        {
            return null;
        }

        bool isPathStyle = store.Host.Name == endpoint.Authority && endpoint.UrlStyle != UrlStyle.BucketBoundHostname;
        RecognizedHost? known = S3Provider.Recognize(url.Host);

        // A provider's CDN can have a custom domain. If the provider has a CDN, an unknown host is assumed to belong to that CDN, unless the URL style is explicitly set to Path,
        // which indicates a proxy.
        bool isCdn = known is not null || (endpoint.Provider is { Cdn: not null } && endpoint.UrlStyle != UrlStyle.Path);
        problem = known is null ? S3Provider.FindPublicHost(url.Host) : FindContradiction(known, url, endpoint, bucket);
        problem ??=
            isCdn && url.BasePath.Length > 0
                ? $"'{url}' has a path, which the CDN would forward although it is not signed. Specify only the scheme and the host: '{url.SchemePrefix}{url.Authority}'."
            : bucket is null && (isCdn || !endpoint.IsPathStyleByDefault)
                ? $"'{url.Host}' is the host of one bucket, but no bucket is set. Set Bucket."
            : isCdn && isPathStyle
                ? $"The bucket '{bucket}' is in the path of URLs for {endpoint}, but the CDN adds the bucket itself. Use virtual-hosted style{(BucketName.FitsHostName(bucket!, isTls: true) ? "" : " and a bucket name of at most 63 lowercase letters, digits and hyphens")}."
            : null;
        return problem is null ? new PublicUrl(url, store, isCdn) : null;
    }

    /// <summary>Converts a presigned URL to the URL that the store receives, or returns it unchanged if it does not start with this public URL.</summary>
    public string AtStore(string url, out bool isPublic)
    {
        // The scheme and the host are case-insensitive, but the path is case-sensitive.
        isPublic = url.StartsWith(_origin, StringComparison.OrdinalIgnoreCase) && string.CompareOrdinal(url, _origin.Length, _prefix, 0, _prefix.Length) == 0;
        return isPublic ? Platform.AsciiToString(Store.Origin) + url[Text.Length..] : url;
    }

    // The host of a provider's CDN contains the bucket and the region, both of which must match the options.
    private static string? FindContradiction(RecognizedHost known, EndpointUrl url, S3Endpoint endpoint, string? bucket)
    {
        if (!known.IsCdn)
        {
            return $"The host '{url.Host}' is a storage host of {known.Provider.Name}, not a CDN or a proxy. Set the host of the CDN or proxy, or remove PublicUrl.";
        }

        if (known.Bucket != bucket)
        {
            return $"The host '{url.Host}' is the CDN of the bucket '{known.Bucket}', but Bucket is '{bucket}'. Use the same bucket in both.";
        }

        string? region = S3Provider.Recognize(endpoint.Host)?.Region;
        return known.Region == region
            ? null
            : $"The host '{url.Host}' is the CDN of the region '{known.Region}', but the store is in the region '{region}'. Use the same region in both.";
    }
}
