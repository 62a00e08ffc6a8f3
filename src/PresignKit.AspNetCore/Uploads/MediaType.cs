using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace PresignKit.AspNetCore;

/// <summary>Media types without parameters, in lowercase.</summary>
internal static class MediaType
{
    /// <summary>The type of files whose type browsers do not know.</summary>
    public const string Binary = "application/octet-stream";

    // RFC 6838 allows 127 characters each before and after the slash.
    private const int MaxLength = 255;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("!#$&-^_.+0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Returns the type and subtype of a media type, without its parameters.</summary>
    /// <remarks>Wildcards are not media types. Source: <see href="https://www.rfc-editor.org/rfc/rfc6838#section-4.2">RFC 6838, section 4.2</see>.</remarks>
    public static bool TryParse(string? text, [NotNullWhen(true)] out string? type)
    {
        ReadOnlySpan<char> essence = text;
        int semicolon = essence.IndexOf(';');
        essence = (semicolon < 0 ? essence : essence[..semicolon]).Trim(' ');
        int slash = essence.IndexOf('/');
        type = slash > 0 && slash < essence.Length - 1 && essence.Length <= MaxLength &&
            !essence[..slash].ContainsAnyExcept(NameCharacters) && !essence[(slash + 1)..].ContainsAnyExcept(NameCharacters)
            ? essence.ToString().ToLowerInvariant()
            : null;
        return type is not null;
    }

    /// <summary>Determines whether a browser that displays a file of this type can run scripts in it.</summary>
    public static bool CanContainScripts(string type) =>
        type.EndsWith("+xml", StringComparison.Ordinal) || type.EndsWith("/xml", StringComparison.Ordinal) || type.Contains("javascript", StringComparison.Ordinal) ||
        type.Contains("ecmascript", StringComparison.Ordinal) || type.EndsWith("/jscript", StringComparison.Ordinal) || type.EndsWith("/livescript", StringComparison.Ordinal) ||
        type is "text/html" or "text/xsl" or "text/xml-external-parsed-entity" or "application/xml-external-parsed-entity" or "application/xml-dtd" or "application/xhtml" or
        "multipart/x-mixed-replace" or "multipart/related" or "application/x-shockwave-flash" or "text/cache-manifest";
}
