namespace PresignKit;

public sealed partial class S3Endpoint
{
    /// <summary>What is wrong with a request that is for no bucket.</summary>
    internal string? FindServiceProblem() => _form is { IsVirtualOnly: true }
        ? $"The host '{Host}' takes requests for buckets and objects only. Use the region's own endpoint, without acceleration, for the list of buckets."
        : null;

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

    /// <summary>Writes the host header for a bucket (<c>null</c>: the endpoint's own); returns its length.</summary>
    internal int WriteHost(string? bucketInHost, Span<char> destination)
    {
        int length = 0;
        if (bucketInHost is not null)
        {
            bucketInHost.AsSpan().CopyTo(destination);
            destination[bucketInHost.Length] = '.';
            length = bucketInHost.Length + 1;
        }

        Authority.AsSpan().CopyTo(destination[length..]);
        return length + Authority.Length;
    }

    /// <summary>Writes the start of the path, before the key: base path, and the bucket unless it is <c>null</c>; returns its length.</summary>
    internal int WritePathPrefix(string? bucketInPath, bool beforeKey, Span<char> destination)
    {
        BasePath.AsSpan().CopyTo(destination);
        int length = BasePath.Length;
        destination[length++] = '/';
        if (bucketInPath is not null)
        {
            bucketInPath.AsSpan().CopyTo(destination[length..]);
            length += bucketInPath.Length;
            if (beforeKey)
            {
                destination[length++] = '/';
            }
        }

        return length;
    }

    private static string RemedyForHostName(bool isAccelerated, bool isVirtualOnly) =>
        isAccelerated ? "Transfer acceleration has no other place for it, and takes no dots. Use the endpoint without Accelerate."
        : isVirtualOnly ? "The store has no other place for it. Use a bucket whose name fits."
        : "Use UrlStyle.Path or UrlStyle.Auto.";

    private bool HostBeginsWith(string bucket) =>
        _url.Host.Length > bucket.Length && _url.Host[bucket.Length] == '.' && _url.Host.StartsWith(bucket, StringComparison.Ordinal);
}
