namespace PresignKit.LocalS3;

/// <summary>The most recent URLs of the endpoint's own presigners, by signature.</summary>
internal sealed class SignedUrlMemory
{
    private const int MaxUrls = 1000;
    private const string Parameter = "X-Amz-Signature=";

    private readonly object _lock = new();
    private readonly Dictionary<string, PresignedUrl> _urls = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public void Add(PresignedUrl url)
    {
        string signature = SignatureOf(url.Url);
        lock (_lock)
        {
            if (!_urls.TryAdd(signature, url))
            {
                return;
            }

            _order.Enqueue(signature);
            if (_order.Count > MaxUrls)
            {
                _urls.Remove(_order.Dequeue());
            }
        }
    }

    public PresignedUrl? Find(string signature)
    {
        lock (_lock)
        {
            return _urls.GetValueOrDefault(signature);
        }
    }

    // PresignKit always appends the signature as the last parameter.
    private static string SignatureOf(string url) => url[(url.LastIndexOf(Parameter, StringComparison.Ordinal) + Parameter.Length)..];
}
