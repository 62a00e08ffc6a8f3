using Microsoft.Extensions.Logging.Abstractions;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3;

/// <summary>The buckets of a local S3 endpoint, the requests that it received, and the faults that it causes on demand.</summary>
/// <remarks>Instances are thread-safe. <see cref="LocalS3Server"/> is a store with its own server; <see cref="LocalS3Extensions.AddLocalS3"/> registers a store in an application.</remarks>
public class LocalS3Store : IDisposable
{
    private readonly RequestLog _log = new();
    private readonly FaultQueue _faults = new();
    private readonly S3Handler _handler;

    internal LocalS3Store(LocalS3Options options)
    {
        Credentials = options.Validate();
        Region = options.Region;
        TimeProvider = options.TimeProvider;
        AllowsRemoteAddresses = options.AllowRemoteAddresses;
        Objects = new ObjectStore(options.MaxMemoryBytes, options.MaxDiskBytes, options.TimeProvider);
        Buckets = new LocalS3Buckets(this);
        foreach (string bucket in options.Buckets)
        {
            Buckets.Add(bucket);
        }

        Hosts = new S3Hosts(options.Region, CreateVerifier);
        PostVerifier = new PresignedPostVerifier(FindCredentials, new PresignedPostVerifierOptions { Region = options.Region }, options.TimeProvider);
        SignedUrls = new SignedUrlMemory();
        _handler = new S3Handler(this, _log, _faults, (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger("PresignKit.LocalS3"));
    }

    /// <summary>Gets the region that URLs must be signed for.</summary>
    public string Region { get; }

    /// <summary>Gets the access key ID that URLs must be signed with.</summary>
    public string AccessKeyId => Credentials.AccessKeyId;

    /// <summary>Gets the secret access key that URLs must be signed with.</summary>
    public string SecretAccessKey => Credentials.SecretAccessKey;

    /// <summary>Gets the buckets.</summary>
    public LocalS3Buckets Buckets { get; }

    /// <summary>Gets a snapshot of the last 1,000 requests, with the most recent one at the end.</summary>
    /// <value>A request is added before its response is sent. CORS preflight requests are included.</value>
    public IReadOnlyList<LocalS3Request> Requests => _log.Requests;

    internal ObjectStore Objects { get; }

    internal S3Credentials Credentials { get; }

    internal TimeProvider TimeProvider { get; }

    internal bool AllowsRemoteAddresses { get; }

    internal S3Hosts Hosts { get; }

    internal PresignedPostVerifier PostVerifier { get; }

    internal SignedUrlMemory SignedUrls { get; }

    /// <summary>Injects a fault into the next requests.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="times">The number of requests that fail, at least 1.</param>
    /// <param name="when">A condition that a request must satisfy to fail, or <c>null</c> for any request. It is called before the request is authenticated, and
    /// <see cref="LocalS3Request.StatusCode"/> is not known yet. CORS preflight requests never fail.</param>
    /// <remarks>If several faults apply to a request, only the one that was added first takes effect.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="fault"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="times"/> is less than 1.</exception>
    public void FailNext(LocalS3Fault fault, int times = 1, Func<LocalS3Request, bool>? when = null)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        _faults.Add(fault, times, when);
    }

    /// <summary>Removes all requests from <see cref="Requests"/>.</summary>
    public void ClearRequests() => _log.Clear();

    /// <summary>Deletes all buckets and temporary files.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Deletes all buckets and temporary files.</summary>
    /// <param name="disposing"><c>true</c> if the method is called by <see cref="Dispose()"/>.</param>
    private protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Objects.Dispose();
        }
    }

    internal Task HandleAsync(Microsoft.AspNetCore.Http.HttpContext http, string basePath) => _handler.HandleAsync(http, basePath);

    private PresignedUrlVerifier CreateVerifier(S3Endpoint endpoint)
    {
        PresignedUrlVerifierOptions options = new() { Region = Region, Endpoint = endpoint, MaxExpiresIn = TimeSpan.FromDays(7) };

        // AWS requires a signature for all x-amz-* headers except this one.
        options.AllowedUnsignedHeaders.Add("x-amz-content-sha256");
        return new PresignedUrlVerifier(FindCredentials, options, TimeProvider);
    }

    private S3Credentials? FindCredentials(string accessKeyId) => accessKeyId == Credentials.AccessKeyId ? Credentials : null;
}
