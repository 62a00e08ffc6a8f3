using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using System.Text;

namespace WebApi;

/// <summary>Where a user's files are in the bucket. Each user has a folder, and no name leads out of it.</summary>
internal static class UserFiles
{
    private const int MaxNameBytes = 512;

    /// <summary>The key of a file whose name a client has sent; otherwise what is wrong with it. The presigner refuses bad keys, too, but not in words for a client.</summary>
    public static bool TryGetKey(ClaimsPrincipal user, string? name, [NotNullWhen(true)] out string? key, [NotNullWhen(false)] out string? problem)
    {
        problem = FindProblem(name);
        key = problem is null ? FolderOf(user) + name : null;
        return key is not null;
    }

    public static string FolderOf(ClaimsPrincipal user) => $"users/{user.FindFirstValue(ClaimTypes.NameIdentifier)}/";

    private static string? FindProblem(string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.StartsWith('/') || name.EndsWith('/'))
        {
            return "Send the name of a file, without a slash at its beginning or end.";
        }

        if (name.Split('/').Any(segment => segment is "." or ".." or ""))
        {
            return "Leave out empty, '.' and '..' segments.";
        }

        if (name.Any(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\\'))
        {
            return "Leave out control characters, backslashes and emoji.";
        }

        return Encoding.UTF8.GetByteCount(name) > MaxNameBytes ? $"Send a name of at most {MaxNameBytes} bytes." : null;
    }
}
