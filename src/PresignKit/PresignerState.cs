namespace PresignKit;

/// <summary>Settings with the signing keys of the day that belong to them. A presigner swaps the whole of it when its options change: what begins with one
/// state ends with it.</summary>
internal sealed class PresignerState(PresignerSettings settings)
{
    private const string Service = "s3";

    private readonly DayKey _key = new(settings.Endpoint.Region, Service);
    private DayKey? _otherKey;

    public PresignerSettings Settings => settings;

    /// <summary>The key of a region. The region of an access point's ARN signs: the last one that is not the endpoint's has a key of its own, swapped whole.</summary>
    public DayKey KeyFor(string region)
    {
        if (region == _key.Region)
        {
            return _key;
        }

        DayKey? other = Volatile.Read(ref _otherKey);
        if (other?.Region != region)
        {
            other = new DayKey(region, Service);
            Volatile.Write(ref _otherKey, other);
        }

        return other;
    }
}
