using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using PresignKit;

namespace DirectUpload;

/// <summary>Each user has a folder in the bucket, and no request reaches outside it.</summary>
internal static class UserFolder
{
    /// <summary>Returns the prefix of the user's keys, or <c>null</c> if the user does not have an ID.</summary>
    /// <remarks>An ID with a slash would otherwise refer to a folder inside the folder of a different user.</remarks>
    public static string? Of(ClaimsPrincipal user) =>
        user.FindFirstValue(ClaimTypes.NameIdentifier) is { Length: > 0 } id ? $"users/{Uri.EscapeDataString(id)}/" : null;

    /// <summary>Determines whether a key that a client sent belongs to the user.</summary>
    /// <remarks>Keys with <c>..</c> segments are not valid, because clients would turn them into the key of a different user.</remarks>
    public static bool Contains(ClaimsPrincipal user, [NotNullWhen(true)] string? key) =>
        Of(user) is { } folder && key is not null && key.Length > folder.Length && key.StartsWith(folder, StringComparison.Ordinal) && ObjectKey.IsValid(key, out _);

    /// <summary>Returns the name of a file from its key, which is <c>users/{user}/{random}/{name}</c>.</summary>
    public static string NameOf(string key) => key[(key.LastIndexOf('/') + 1)..];
}
