namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>The real time, which a test can move. The other libraries sign with the system's clock, so a clock that stands still would not do.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    public TimeSpan Offset { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;
}
