using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;

namespace DirectUpload;

/// <summary>The two users of the sample, who sign in without a password. Replace this class with your application's users.</summary>
internal static class DemoUsers
{
    private static readonly Dictionary<string, string> Names = new() { ["ada"] = "Ada", ["grace"] = "Grace" };

    public static bool TryCreatePrincipal(string? id, string scheme, [NotNullWhen(true)] out ClaimsPrincipal? principal)
    {
        principal = id is not null && Names.TryGetValue(id, out string? name)
            ? new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id), new Claim(ClaimTypes.Name, name)], scheme))
            : null;
        return principal is not null;
    }
}
