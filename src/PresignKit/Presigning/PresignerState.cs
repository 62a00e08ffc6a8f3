namespace PresignKit;

/// <summary>Settings with what belongs to them: where requests go, and the signing keys of the day. A presigner swaps the whole of it when its options change: what begins with one
/// state ends with it.</summary>
internal sealed class PresignerState(PresignerSettings settings)
{
    private const string Service = "s3";
    private const int MaxOtherAddresses = 64;

    private readonly DayKey _key = new(settings.Endpoint.Region, Service);
    private readonly BucketAddress?[] _otherAddresses = new BucketAddress?[MaxOtherAddresses];
    private readonly Lazy<RecentKeys> _otherKeys = new(static () => new RecentKeys(Service));
    private BucketAddress? _address;

    public PresignerSettings Settings => settings;

    /// <summary>The keys that are not the endpoint's of this day: those of other regions (that of an access point's ARN signs), and those that <c>Resign</c> verifies with.</summary>
    public RecentKeys OtherKeys => _otherKeys.Value;

    public SigningKey KeyFor(S3Credentials credentials, string region, DateTime signedAt) => region == _key.Region
        ? _key.For(credentials, signedAt)
        : OtherKeys.Find(credentials, region, signedAt) ?? KeepOther(credentials, region, signedAt);

    /// <summary>Where requests for a bucket go (<c>null</c>: for the store itself). What was found stays: the bucket of the options, and of the others one a slot.</summary>
    /// <param name="bucket">The bucket, or an ARN.</param>
    /// <param name="paramName">The caller's parameter that names it.</param>
    /// <exception cref="ArgumentException">There is no such bucket, or it has no place at the store.</exception>
    public BucketAddress AddressOf(string? bucket, string paramName)
    {
        ref BucketAddress? slot = ref ReferenceEquals(bucket, settings.Bucket)
            ? ref _address
            : ref _otherAddresses[(uint)(bucket?.GetHashCode() ?? 0) % MaxOtherAddresses];
        BucketAddress? known = Volatile.Read(ref slot);
        if (known is null || known.Bucket != bucket)
        {
            known = Locate(bucket, paramName);
            Volatile.Write(ref slot, known);
        }

        return known;
    }

    private SigningKey KeepOther(S3Credentials credentials, string region, DateTime signedAt)
    {
        SigningKey key = OtherKeys.Derive(credentials, region, signedAt);
        OtherKeys.Keep(credentials, key);
        return key;
    }

    private BucketAddress Locate(string? bucket, string paramName)
    {
        string? problem = bucket is null ? null : BucketName.FindProblem(bucket);
        BucketAddress? found = problem is null ? settings.Endpoint.Locate(bucket, out problem) : null;
        return found ?? throw new ArgumentException(problem, paramName);
    }
}
