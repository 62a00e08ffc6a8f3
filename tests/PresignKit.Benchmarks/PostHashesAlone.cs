using System.Security.Cryptography;
using System.Text;

namespace PresignKit.Benchmarks;

/// <summary>The minimum cost of a form: its policy in base64, the HMAC of the base64 string with a reused hash object, and the signature as hexadecimal digits.</summary>
internal sealed class PostHashesAlone : IDisposable
{
    private readonly IncrementalHash _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, new byte[32]);
    private readonly byte[] _json;

    public PostHashesAlone(PresignedPost post) => _json = Convert.FromBase64String(post.Fields.First(field => field.Key == "policy").Value);

    public (string Policy, string Signature) Sign()
    {
        string policy = Convert.ToBase64String(_json);
        Span<byte> text = stackalloc byte[policy.Length];
        Span<byte> hash = stackalloc byte[32];
        Encoding.ASCII.GetBytes(policy, text);
        _hmac.AppendData(text);
        _hmac.GetHashAndReset(hash);
        return (policy, Convert.ToHexStringLower(hash));
    }

    public void Dispose() => _hmac.Dispose();
}
