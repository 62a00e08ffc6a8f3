namespace PresignKit.LocalS3;

/// <summary>The faults that are waiting for a request.</summary>
internal sealed class FaultQueue
{
    private readonly object _lock = new();
    private readonly List<Waiting> _waiting = [];
    private volatile bool _isEmpty = true;

    public void Add(LocalS3Fault fault, int times, Func<LocalS3Request, bool>? when)
    {
        lock (_lock)
        {
            _waiting.Add(new Waiting(fault, when) { Times = times });
            _isEmpty = false;
        }
    }

    /// <summary>Returns the first fault whose condition the request satisfies, or <c>null</c> if there is none.</summary>
    public LocalS3Fault? Take(LocalS3Request request)
    {
        if (_isEmpty)
        {
            return null;
        }

        lock (_lock)
        {
            int index = _waiting.FindIndex(waiting => waiting.When?.Invoke(request) ?? true);
            if (index < 0)
            {
                return null;
            }

            Waiting found = _waiting[index];
            if (--found.Times == 0)
            {
                _waiting.RemoveAt(index);
                _isEmpty = _waiting.Count == 0;
            }

            return found.Fault;
        }
    }

    private sealed record Waiting(LocalS3Fault Fault, Func<LocalS3Request, bool>? When)
    {
        public int Times { get; set; }
    }
}
