namespace PresignKit;

public sealed partial class S3Endpoint
{
    /// <summary>Where requests for a bucket go (<c>null</c>: for the store itself); <c>null</c> where they cannot go anywhere, and then what is wrong.</summary>
    internal RequestLocation? Locate(string? bucket, out string? problem)
    {
        if (bucket is null)
        {
            problem = _form is { IsVirtualOnly: true }
                ? $"The host '{Host}' takes requests for buckets and objects only. Use the region's own endpoint, without acceleration, for the list of buckets."
                : null;
            return problem is null ? new RequestLocation(bucket: null, this, bucketInHost: null, bucketInPath: null) : null;
        }

        string name = bucket;
        S3Endpoint endpoint = ForBucket(ref name, out problem);
        if (problem is not null)
        {
            return null;
        }

        bool inHost = endpoint.PutsInHost(name, out problem);
        return problem is null ? new RequestLocation(bucket, endpoint, inHost ? name : null, inHost ? null : name) : null;
    }

    /// <summary>Whether the bucket goes into the host name; and what is wrong where it has to and cannot, or is there already.</summary>
    internal bool PutsInHost(string bucket, out string? problem)
    {
        bool isAccelerated = _form is { IsVirtualOnly: true };
        bool isVirtualOnly = isAccelerated || Provider is { IsStyleFixed: true, Style: UrlStyle.VirtualHosted };
        bool fits = _url.IsName && BucketName.FitsHostName(bucket, _url.IsTls) && !(isAccelerated && bucket.Contains('.'));
        UrlStyle style = Style == UrlStyle.Auto && Provider is not null ? Provider.Style : Style;
        problem = fits || !(isVirtualOnly || Style == UrlStyle.VirtualHosted) ? null :
            $"The bucket '{bucket}' cannot be part of the host name of {this} (lower-case letters, digits and '-' only, 63 characters at most, " +
            $"dots only without TLS, and an endpoint that is a name). {RemedyForHostName(isAccelerated, isVirtualOnly)}";
        if (style != UrlStyle.Auto)
        {
            return fits && style == UrlStyle.VirtualHosted;
        }

        if (_url.IsName && HostBeginsWith(bucket))
        {
            problem =
                $"The host of {this} begins with the bucket '{bucket}' already, and the URL would name it twice. Write the endpoint as " +
                $"'{SchemePrefix}{Authority[(bucket.Length + 1)..]}'; or set UrlStyle to VirtualHosted or Path where the host is meant as it stands.";
        }

        return fits && _url.BasePath.Length == 0 && _url.Host.Contains('.');
    }

    private static string RemedyForHostName(bool isAccelerated, bool isVirtualOnly) =>
        isAccelerated ? "Transfer acceleration has no other place for it, and takes no dots. Use the endpoint without Accelerate."
        : isVirtualOnly ? "The store has no other place for it. Use a bucket whose name fits."
        : "Use UrlStyle.Path or UrlStyle.Auto.";

    private bool HostBeginsWith(string bucket) =>
        _url.Host.Length > bucket.Length && _url.Host[bucket.Length] == '.' && _url.Host.StartsWith(bucket, StringComparison.Ordinal);
}
