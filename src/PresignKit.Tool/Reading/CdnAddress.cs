using PresignKit.Tool.Store;

namespace PresignKit.Tool.Reading;

/// <summary>The addresses of one bucket at a CDN or proxy (<c>--cdn-url</c>) and at the store, whose host is signed.</summary>
/// <param name="Cdn">The URL of the bucket at the CDN, without a slash at the end.</param>
/// <param name="AtStore">The URL of the bucket at the store, without a slash at the end.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Store">The store.</param>
internal sealed record CdnAddress(string Cdn, string AtStore, string Bucket, ResolvedStore Store)
{
    // The key of a sample object, whose URL shows the position of the bucket's name.
    private const string Sample = "sample";

    /// <summary>Finds the addresses, or returns <c>null</c> if <c>--cdn-url</c> is not specified, or if the URL belongs neither to the CDN nor to the store.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="info">The content of the URL.</param>
    /// <param name="bucket">The value of <c>--bucket</c>, or <c>null</c>.</param>
    /// <param name="settings">The options that select the store.</param>
    /// <param name="resolver">The resolver of the store.</param>
    /// <exception cref="ToolException">The store or the bucket is missing.</exception>
    public static CdnAddress? Find(string url, PresignedUrlInfo info, string? bucket, StoreSettings settings, StoreResolver resolver)
    {
        if (settings.CdnUrl is null)
        {
            return null;
        }

        // If no store is configured, the store is assumed to be AWS S3 in the URL's region.
        SelectedEndpoint selected = resolver.SelectEndpoint(settings).Find() ?? resolver.SelectEndpoint(settings with { Region = settings.Region ?? info.Region }).Require();
        ResolvedStore store = new()
        {
            Endpoint = new Resolved<S3Endpoint>(selected.Endpoint, selected.Source),
            Credentials = new Resolved<S3Credentials>(new S3Credentials("EXAMPLEACCESSKEY", "this-is-not-a-secret"), ""),
            Style = resolver.SelectStyle(settings, selected.Endpoint),
            CdnUrl = settings.CdnUrl,
        };
        bucket ??= PresignedUrlInfo.TryParse(url, selected.Endpoint, out PresignedUrlInfo? atStore) ? atStore.Bucket : null;
        if ((bucket ?? FindBucket(url, store)) is not { } name)
        {
            return null;
        }

        CdnAddress address = new(Prefix(store, name), Prefix(store with { CdnUrl = null }, name), name, store);
        return Rest(url, address.Cdn) is not null || Rest(url, address.AtStore) is not null ? address : null;
    }

    /// <summary>Returns the URL for which the signature was created.</summary>
    public string ToStore(string url) => Rest(url, Cdn) is { } rest ? AtStore + rest : url;

    /// <summary>Returns the URL with the host of the CDN.</summary>
    public string ToCdn(string url) => Rest(url, AtStore) is { } rest ? Cdn + rest : url;

    // Behind a proxy, the URL contains the bucket in its path. The host of a CDN belongs to one bucket, whose name the URL does not contain.
    private static string? FindBucket(string url, ResolvedStore store)
    {
        string prefix = Prefix(store, Sample);
        bool isInPath = prefix.EndsWith("/" + Sample, StringComparison.Ordinal);
        if (Rest(url, isInPath ? prefix[..^(Sample.Length + 1)] : prefix) is not { } rest)
        {
            return null;
        }

        return !isInPath
            ? throw ToolException.Usage("--cdn-url: The host belongs to one bucket, so the URL does not contain the bucket. Add --bucket.")
            : rest.TrimStart('/').Split('/', '?')[0] is { Length: > 0 } bucket ? Uri.UnescapeDataString(bucket) : null;
    }

    private static string Prefix(ResolvedStore store, string bucket)
    {
        string url = new S3Presigner(store.ToOptions(bucket)).Presign(new GetObject(Sample)).Url;
        return url[..url.IndexOf($"/{Sample}?", StringComparison.Ordinal)];
    }

    // The scheme and the host do not depend on letter case, but the path does.
    private static string? Rest(string url, string prefix)
    {
        int path = prefix.IndexOf('/', prefix.IndexOf("://", StringComparison.Ordinal) + 3);
        int origin = path < 0 ? prefix.Length : path;
        bool starts = url.StartsWith(prefix[..origin], StringComparison.OrdinalIgnoreCase) && string.CompareOrdinal(url, origin, prefix, origin, prefix.Length - origin) == 0;
        return starts && url.Length > prefix.Length && (url[prefix.Length] is '/' or '?') ? url[prefix.Length..] : null;
    }
}
