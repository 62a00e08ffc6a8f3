using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PresignKit.Benchmarks;

/// <summary>
/// The minimum cost of a signature: the SHA-256 of the canonical request and the HMAC of the string to sign, both as hexadecimal digits, with reused hash objects,
/// and the creation of the URL string. The constructor prepares everything else with a fixed clock.
/// </summary>
internal sealed class HashesAlone : IDisposable
{
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _hmac;
    private readonly byte[] _canonicalRequest;
    private readonly byte[] _stringToSign;
    private readonly byte[] _url;
    private readonly byte[] _signature;

    public HashesAlone(S3Operation operation)
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
            throw new InvalidOperationException($"HashesAlone does not create the URL of the presigner. Expected {url}, but got {Sign()}.");
        }
    }

    public string Sign()
    {
        Span<byte> signature = stackalloc byte[32];
        Sign(signature);
        Convert.TryToHexStringLower(signature, _url.AsSpan(^64..), out _);
        return Encoding.ASCII.GetString(_url);
    }

    /// <summary>The minimum cost of a verification: the same two hashes, and the platform's constant-time comparison instead of the URL string.</summary>
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
