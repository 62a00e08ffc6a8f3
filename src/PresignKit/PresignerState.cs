namespace PresignKit;

/// <summary>Settings with what belongs to them: where requests go, and the signing keys of the day. A presigner swaps the whole of it when its options change: what begins with one
/// state ends with it.</summary>
internal sealed class PresignerState(PresignerSettings settings)
{
    private const string Service = "s3";
    private const int MaxOtherLocations = 64;

    private readonly DayKey _key = new(settings.Endpoint.Region, Service);
    private readonly RequestLocation?[] _otherLocations = new RequestLocation?[MaxOtherLocations];
    private RequestLocation? _location;
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

    /// <summary>Where requests for a bucket go (<c>null</c>: for the store itself). What was found stays: the bucket of the options, and of the others one a slot.</summary>
    /// <param name="bucket">The bucket, or an ARN.</param>
    /// <param name="paramName">The caller's parameter that names it.</param>
    /// <exception cref="ArgumentException">There is no such bucket, or it has no place at the store.</exception>
    public RequestLocation LocationOf(string? bucket, string paramName)
    {
        ref RequestLocation? slot = ref ReferenceEquals(bucket, settings.Bucket)
            ? ref _location
            : ref _otherLocations[(uint)(bucket?.GetHashCode() ?? 0) % MaxOtherLocations];
        RequestLocation? known = Volatile.Read(ref slot);
        if (known is null || known.Bucket != bucket)
        {
            known = Locate(bucket, paramName);
            Volatile.Write(ref slot, known);
        }

        return known;
    }

    private RequestLocation Locate(string? bucket, string paramName)
    {
        string? problem = bucket is null ? null : BucketName.FindProblem(bucket);
        RequestLocation? found = problem is null ? settings.Endpoint.Locate(bucket, out problem) : null;
        return found ?? throw new ArgumentException(problem, paramName);
    }
}
