using PresignKit.Tool.Store;

namespace PresignKit.Tool.Reading;

/// <summary>A presigned URL as it was signed. If the received URL is that of a CDN or proxy (<c>--cdn-url</c>), the signed URL contains the address of the store instead.</summary>
/// <param name="Url">The URL as it was signed.</param>
/// <param name="Info">The content of the URL.</param>
/// <param name="Flaw">A flaw in the form of the URL, or <c>null</c>.</param>
/// <param name="Cdn">The addresses at the CDN and at the store, or <c>null</c> if the URL does not belong to such a CDN.</param>
internal sealed record SignedUrl(string Url, PresignedUrlInfo Info, string? Flaw, CdnAddress? Cdn)
{
    /// <summary>Parses a received URL.</summary>
    /// <param name="url">The received URL.</param>
    /// <param name="isArgument">Whether the URL comes from the command line, where a shell may have cut it.</param>
    /// <param name="bucket">The value of <c>--bucket</c>, or <c>null</c>.</param>
    /// <param name="settings">The options that select the store.</param>
    /// <param name="resolver">The resolver of the store.</param>
    /// <param name="endpoint">The configured endpoint, which is used to find the bucket if the host is not known, or <c>null</c>.</param>
    /// <exception cref="ToolException">The URL is not a presigned URL, or the store or the bucket behind the CDN is missing.</exception>
    public static SignedUrl Parse(string url, bool isArgument, string? bucket, StoreSettings settings, StoreResolver resolver, S3Endpoint? endpoint = null)
    {
        PresignedUrlInfo info = ReadUrl.Parse(url, endpoint, isArgument, out string? flaw);
        if (bucket is not null && settings.CdnUrl is null)
        {
            throw ToolException.Usage("--bucket has an effect only with --cdn-url. Add --cdn-url, or remove --bucket.");
        }

        CdnAddress? cdn = CdnAddress.Find(url, info, bucket, settings, resolver);
        string signed = cdn?.ToStore(url) ?? url;
        return new SignedUrl(signed, cdn is null ? info : ReadUrl.Parse(signed, cdn.Store.Endpoint.Value, isArgument, out flaw), flaw, cdn);
    }
}
