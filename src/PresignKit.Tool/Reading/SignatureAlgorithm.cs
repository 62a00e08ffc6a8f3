using PresignKit.Tool.Input;

namespace PresignKit.Tool.Reading;

/// <summary>The algorithms of <see cref="PresignedUrlInfo.Algorithm"/>.</summary>
internal static class SignatureAlgorithm
{
    public const string SigV4 = "AWS4-HMAC-SHA256";
    public const string SigV4a = "AWS4-ECDSA-P256-SHA256";
    public const string SigV2 = "HMAC-SHA1";

    /// <summary>Returns the name of an algorithm for people.</summary>
    public static string NameOf(string algorithm) => algorithm switch
    {
        SigV4 => "SigV4",
        SigV4a => "SigV4a",
        SigV2 => "SigV2",
        _ => $"'{Shown.Text(algorithm)}'",
    };
}
