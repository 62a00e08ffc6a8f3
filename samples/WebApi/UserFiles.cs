using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using PresignKit;

namespace WebApi;

/// <summary>Maps the names of a user's files to keys. Each user has a folder, and no name leads out of it.</summary>
internal static class UserFiles
{
    /// <summary>Returns the key of a file whose name a client has sent, or the problem with the name, for a response with 400. The presigner would throw, which leads to 500.</summary>
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

    public static string FolderOf(ClaimsPrincipal user) => $"users/{user.FindFirstValue(ClaimTypes.NameIdentifier)}/";

    // The rules of this application. Those of S3, such as '.' and '..' segments and the length, are the library's.
    private static string? FindProblem(string? name) =>
        string.IsNullOrWhiteSpace(name) || name.StartsWith('/') || name.EndsWith('/') || name.Contains("//", StringComparison.Ordinal) ? "Send the name of a file, without a slash at its beginning or end, and without empty segments."
        : name.Any(c => char.IsControl(c) || c is '\\') ? "Leave out control characters and backslashes."
        : null;
}
