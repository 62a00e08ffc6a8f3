namespace PresignKit;

/// <summary>The syntax of header names.</summary>
internal static class HeaderName
{
    private static readonly CharacterSet InTokens = new("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    /// <summary>Determines whether a string is a valid header name: a token (RFC 9110 § 5.6.2).</summary>
    public static bool IsToken(string name) => name.Length > 0 && LengthOfToken(name.AsSpan()) == name.Length;

    /// <summary>Returns the length of the token at the start of a string.</summary>
    public static int LengthOfToken(ReadOnlySpan<char> text) => InTokens.LengthOfRun(text);
}
