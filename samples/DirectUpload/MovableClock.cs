namespace DirectUpload;

/// <summary>The system's clock plus an offset that only grows. Moving it shows what happens when a link expires, without waiting.</summary>
internal sealed class MovableClock : TimeProvider
{
    private readonly Lock _lock = new();
    private TimeSpan _offset;

    /// <summary>Gets how far the clock is ahead of the system's clock.</summary>
    public TimeSpan Offset
    {
        get
        {
            lock (_lock)
            {
                return _offset;
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;

    /// <summary>Moves the clock forward to a time. The clock never moves back, because the store would then reject URLs as signed in the future.</summary>
    public void MoveTo(DateTimeOffset time)
    {
        lock (_lock)
        {
            TimeSpan offset = time - base.GetUtcNow();
            _offset = offset > _offset ? offset : _offset;
        }
    }
}
