using PresignKit.Signing;

namespace PresignKit;

/// <summary>
/// The signing keys that were used last, where those of several access keys, regions and days are needed in turns: a verifier meets links of each day of a week, and to derive a key takes longer than
/// to verify a link. Each has a place by access key, region and day, and gives way to another one of the same place. Thread-safe.
/// </summary>
internal sealed class RecentKeys(string service)
{
    private const int Places = 256;

    private readonly DayKey?[] _keys = new DayKey?[Places];

    public SigningKey For(S3Credentials credentials, string region, DateTime signedAt)
    {
        // Days are added as they are: those of a week never meet.
        int hash = (credentials.AccessKeyId.GetHashCode() ^ region.GetHashCode()) + (int)(signedAt.Ticks / TimeSpan.TicksPerDay);
        ref DayKey? place = ref _keys[(uint)hash % Places];
        DayKey? key = Volatile.Read(ref place);
        if (key?.Region != region)
        {
            key = new DayKey(region, service);
            Volatile.Write(ref place, key);
        }

        return key.For(credentials, signedAt);
    }
}
