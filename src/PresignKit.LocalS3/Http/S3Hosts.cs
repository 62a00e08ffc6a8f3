using System.Collections.Concurrent;

namespace PresignKit.LocalS3;

/// <summary>The endpoint that a <c>Host</c> header belongs to, and the bucket in the host name.</summary>
internal sealed record S3Host(S3Endpoint Endpoint, string? Bucket, PresignedUrlVerifier Verifier);

/// <summary>Determines how a request addresses its bucket: in the path, as <c>bucket.localhost</c>, or in the host name of a known provider.</summary>
/// <remarks>Clients can connect to this endpoint under any host name. This is safe, because the signature covers the host name.</remarks>
internal sealed class S3Hosts(string region, Func<S3Endpoint, PresignedUrlVerifier> createVerifier)
{
    // A client can send any number of names, so the cache is emptied when it is full.
    private const int MaxCached = 64;

    // The maximum length of a DNS name, a colon and a port.
    private const int MaxLength = 253 + 6;
    private const string Localhost = ".localhost";

    private readonly ConcurrentDictionary<(string Host, string BasePath), S3Host> _hosts = new();

    /// <summary>Returns the endpoint and the bucket, or <c>null</c> if the host is not valid.</summary>
    public S3Host? Find(string host, string basePath)
    {
        host = host.ToLowerInvariant();
        if (_hosts.TryGetValue((host, basePath), out S3Host? known))
        {
            return known;
        }

        if (host.Length == 0 || Create(host, basePath) is not { } created)
        {
            return null;
        }

        if (_hosts.Count >= MaxCached)
        {
            _hosts.Clear();
        }

        return _hosts.GetOrAdd((host, basePath), created);
    }

    private S3Host? Create(string host, string basePath)
    {
        if (host.Length > MaxLength || host.Contains('/') || host.Contains('@') || host.Contains('?') || host.Contains('#'))
        {
            return null;
        }

        // Everything before the provider's host is the bucket, which can contain periods.
        for (int start = 0; start >= 0 && start < host.Length; start = host.IndexOf('.', start) is >= 0 and int dot ? dot + 1 : -1)
        {
            if (S3Endpoint.TryParse("https://" + host[start..], out S3Endpoint? provider) && provider.Provider is not null)
            {
                return new S3Host(provider, start > 0 ? host[..(start - 1)] : null, createVerifier(provider));
            }
        }

        int port = host.LastIndexOf(':');
        string name = port < 0 || host.EndsWith(']') ? host : host[..port];
        string? bucket = name.EndsWith(Localhost, StringComparison.Ordinal) ? name[..^Localhost.Length] : null;
        string authority = bucket is null ? host : host[(bucket.Length + 1)..];
        try
        {
            S3Endpoint endpoint = S3Endpoint.Create("http://" + authority + basePath, region, UrlStyle.Path);
            return new S3Host(endpoint, bucket, createVerifier(endpoint));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
