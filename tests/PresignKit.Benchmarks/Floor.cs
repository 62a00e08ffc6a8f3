using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PresignKit.Benchmarks;

/// <summary>
/// The least that a signature costs: SHA-256 of the canonical request and HMAC of the string to sign by hash objects that are kept, both as hexadecimal digits,
/// and the text. All the rest is here before it begins, and the clock stands still.
/// </summary>
internal sealed class Floor : IDisposable
{
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _hmac;
    private readonly byte[] _canonicalRequest;
    private readonly byte[] _stringToSign;
    private readonly byte[] _url;
    private readonly byte[] _signature;

    public Floor(S3Operation operation)
    {
        DateTimeOffset now = new(2026, 11, 23, 21, 53, 40, TimeSpan.Zero);
        S3Presigner presigner = Work.CreatePresigner(new StoppedClock(now));
        SignatureExplanation explanation = presigner.Explain(operation);
        string url = presigner.Presign(operation).Url;
        _canonicalRequest = Encoding.ASCII.GetBytes(explanation.CanonicalRequest);
        _stringToSign = Encoding.ASCII.GetBytes(explanation.StringToSign);
        _url = Encoding.ASCII.GetBytes(url);
        _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, SigningKey(now));

        _signature = Convert.FromHexString(url.AsSpan(^64..));
        _stringToSign.AsSpan(^64..).Clear();
        _url.AsSpan(^64..).Clear();
        if (Sign() != url || !IsSigned())
        {
            throw new InvalidOperationException($"The floor does not do the work that it stands for: {Sign()} is not {url}.");
        }
    }

    public string Sign()
    {
        Span<byte> signature = stackalloc byte[32];
        Sign(signature);
        Convert.TryToHexStringLower(signature, _url.AsSpan(^64..), out _);
        return Encoding.ASCII.GetString(_url);
    }

    /// <summary>The least that a verification costs: the same two hashes, and the platform's comparison in constant time in place of the text.</summary>
    public bool IsSigned()
    {
        Span<byte> signature = stackalloc byte[32];
        Sign(signature);
        return CryptographicOperations.FixedTimeEquals(signature, _signature);
    }

    public void Dispose()
    {
        _sha256.Dispose();
        _hmac.Dispose();
    }

    private void Sign(Span<byte> signature)
    {
        Span<byte> hash = stackalloc byte[32];
        _sha256.AppendData(_canonicalRequest);
        _sha256.GetHashAndReset(hash);
        Convert.TryToHexStringLower(hash, _stringToSign.AsSpan(^64..), out _);
        _hmac.AppendData(_stringToSign);
        _hmac.GetHashAndReset(signature);
    }

    private static byte[] SigningKey(DateTimeOffset now)
    {
        byte[] key = Encoding.ASCII.GetBytes("AWS4" + Work.SecretAccessKey);
        foreach (string part in new[] { now.ToString("yyyyMMdd", CultureInfo.InvariantCulture), Work.Region, "s3", "aws4_request" })
        {
            key = HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(part));
        }

        return key;
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
