namespace PresignKit;

/// <summary>Names of headers.</summary>
internal static class HeaderName
{
    private static readonly CharacterSet InTokens = new("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    /// <summary>Whether a header can have this name: a token (RFC 9110 § 5.6.2).</summary>
    public static bool IsToken(string name) => name.Length > 0 && InTokens.LengthOfStart(name.AsSpan()) == name.Length;
}
