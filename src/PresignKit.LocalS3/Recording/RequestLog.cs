using System.Diagnostics.CodeAnalysis;

namespace PresignKit.LocalS3;

/// <summary>The most recent requests.</summary>
internal sealed class RequestLog
{
    private const int MaxRequests = 1000;

    // A request line can have up to 64 KiB, so 1,000 hostile requests could otherwise occupy more than a hundred megabytes.
    private const int MaxText = 8192;

    private readonly object _lock = new();
    private readonly Queue<LocalS3Request> _requests = new();
    private LocalS3Request[]? _snapshot = [];

    /// <summary>Gets a snapshot, with the oldest request first.</summary>
    public IReadOnlyList<LocalS3Request> Requests
    {
        get
        {
            lock (_lock)
            {
                return _snapshot ??= [.. _requests];
            }
        }
    }

    public void Add(LocalS3Request request)
    {
        (request.Method, request.Url, request.Bucket, request.Key, request.Error) =
            (Shorten(request.Method), Shorten(request.Url), Shorten(request.Bucket), Shorten(request.Key), Shorten(request.Error));
        lock (_lock)
        {
            if (_requests.Count == MaxRequests)
            {
                _requests.Dequeue();
            }

            _requests.Enqueue(request);
            _snapshot = null;
        }
    }

    [return: NotNullIfNotNull(nameof(text))]
    private static string? Shorten(string? text) => text?.Length > MaxText ? text[..MaxText] + "\u2026" : text;

    // The elements of the response are not public, and they contain the canonical request several times.
    private static LocalS3Error? Shorten(LocalS3Error? error) => error is null ? null : new LocalS3Error(error.StatusCode, error.Code, Shorten(error.Message)) { Cause = Shorten(error.Cause) };

    public void Clear()
    {
        lock (_lock)
        {
            _requests.Clear();
            _snapshot = null;
        }
    }
}
