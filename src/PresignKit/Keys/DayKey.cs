using System.Diagnostics;

namespace PresignKit;

/// <summary>
/// The signing key of the day for one region and service: one immutable entry, swapped whole. Across midnight or a rotation a thread sees the old
/// pair of credentials and key or the new one.
/// </summary>
internal sealed class DayKey(string region, string service)
{
    // The key itself: a debugger that expands a presigner stops here.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private KeptKey? _kept;

    public string Region => region;

    public string Service => service;

    public SigningKey For(S3Credentials credentials, DateTime signedAt)
    {
        KeptKey? kept = Volatile.Read(ref _kept);
        if (kept?.IsFor(credentials, region, signedAt) != true)
        {
            kept = new KeptKey(credentials, SigningKey.Derive(credentials.SecretAccessKey, new CredentialScope(signedAt, region, service)));
            Volatile.Write(ref _kept, kept);
        }

        return kept.Key;
    }
}
