using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using PresignKit;

namespace WebApi;

/// <summary>Maps the names of a user's files to keys. Each user has a folder, and no name leads out of it.</summary>
internal static class UserFiles
{
    /// <summary>Returns the key of a file, or why its name is not valid, so that the client receives a 400 instead of a 500.</summary>
    public static bool TryGetKey(ClaimsPrincipal user, string? name, [NotNullWhen(true)] out string? key, [NotNullWhen(false)] out string? problem)
    {
        key = FolderOf(user) + name;
        problem = FindProblem(name);
        if (problem is null && ObjectKey.IsValid(key, out problem))
        {
            return true;
        }

        key = null;
        return false;
    }

    /// <summary>Returns the prefix of the user's keys.</summary>
    /// <remarks>Without an ID, all users would have the same folder, and an ID with a slash would be a folder in that of a different user.</remarks>
    public static string FolderOf(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier) is { Length: > 0 } id
        ? $"users/{Uri.EscapeDataString(id)}/"
        : throw new InvalidOperationException("The user does not have a NameIdentifier claim. Map the claim that identifies users to it.");

    // The rules of this application. Those of S3, such as '.' and '..' segments and the length, are the library's.
    private static string? FindProblem(string? name) =>
        string.IsNullOrWhiteSpace(name) || name.StartsWith('/') || name.EndsWith('/') || name.Contains("//", StringComparison.Ordinal) ? "Send the name of a file, without a slash at its beginning or end, and without empty segments."
        : name.Any(c => char.IsControl(c) || c is '\\') ? "Leave out control characters and backslashes."
        : null;
}
