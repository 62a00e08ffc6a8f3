namespace PresignKit;

/// <summary>Where a URL names its bucket.</summary>
public enum UrlStyle
{
    /// <summary>
    /// What the provider takes. For a store that is not in the table of providers: <see cref="VirtualHosted"/> where the endpoint is a
    /// host name with a dot in it and no path, and the bucket fits into a host name; otherwise <see cref="Path"/>.
    /// The default.
    /// </summary>
    Auto,

    /// <summary><c>https://my-bucket.nyc3.digitaloceanspaces.com/key</c></summary>
    VirtualHosted,

    /// <summary><c>https://nyc3.digitaloceanspaces.com/my-bucket/key</c></summary>
    Path,
}
