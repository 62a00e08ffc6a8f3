using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using PresignKit;

namespace WebApi;

/// <summary>Maps the names of a user's files to keys. Each user has a folder, and no name leads out of it.</summary>
internal static class UserFiles
{
    /// <summary>Returns the key of a file, or a description of the problem with its name, so that the client receives a 400 instead of a 500.</summary>
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
    /// <remarks>Without an ID, all users would share a folder. An ID with a slash would refer to a folder inside the folder of a different user.</remarks>
    public static string FolderOf(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier) is { Length: > 0 } id
        ? $"users/{Uri.EscapeDataString(id)}/"
        : throw new InvalidOperationException("The user does not have a NameIdentifier claim. Map the claim that identifies users to it.");

    // These are the rules of this application. The library checks the rules of S3, such as the length and the '.' and '..' segments.
    private static string? FindProblem(string? name) =>
        string.IsNullOrWhiteSpace(name) || name.StartsWith('/') || name.EndsWith('/') || name.Contains("//", StringComparison.Ordinal) ? "Send the name of a file, without a slash at its beginning or end, and without empty segments."
        : name.Any(c => char.IsControl(c) || c is '\\') ? "Leave out control characters and backslashes."
        : null;
}
