using PresignKit;

namespace DirectUpload;

/// <summary>Determines the origin of the store.</summary>
internal static class StoreAddress
{
    /// <summary>Returns the origin of the URLs that the presigner creates, such as <c>https://my-space.nyc3.digitaloceanspaces.com</c>.</summary>
    public static async ValueTask<string> GetOriginAsync(IPresigner presigner, CancellationToken cancellationToken) =>
        (await presigner.PresignAsync(new HeadBucket(), cancellationToken)).ToUri().GetLeftPart(UriPartial.Authority);
}
