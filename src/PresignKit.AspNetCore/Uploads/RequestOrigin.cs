using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;

namespace PresignKit.AspNetCore;

/// <summary>Rejects requests from pages of other origins, which browsers would send with the user's cookies.</summary>
/// <remarks>Source: <see href="https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html#fetch-metadata-headers">OWASP: Fetch Metadata headers</see>.</remarks>
internal static class RequestOrigin
{
    /// <summary>Describes why the request is rejected, or returns <c>null</c> if it is accepted.</summary>
    public static string? FindProblem(HttpRequest request, UploadRules rules)
    {
        StringValues origins = request.Headers.Origin;
        if (origins.Count > 1)
        {
            return "The request has several Origin headers.";
        }

        string? origin = origins.Count == 0 ? null : origins[0];
        if (origin is not null && rules.AllowsOrigin(origin))
        {
            return null;
        }

        // Browsers do not let scripts set this header.
        StringValues site = request.Headers["Sec-Fetch-Site"];
        if (site.Count > 0)
        {
            // The value "none" is sent if the user has entered the address.
            return site.Count == 1 && site[0] is "same-origin" or "none" ? null : "The page that sent the request is from a different origin.";
        }

        if (origin is not null)
        {
            return IsOwn(origin, request) ? null : "The page that sent the request is from a different origin.";
        }

        return request.Headers.ContainsKey("Cookie") ? "The request has a cookie, but neither a Sec-Fetch-Site header nor an Origin header." : null;
    }

    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? from) && Uri.TryCreate(UriHelper.BuildAbsolute(request.Scheme, request.Host), UriKind.Absolute, out Uri? own) &&
        from.Scheme == own.Scheme && from.IdnHost.Equals(own.IdnHost, StringComparison.OrdinalIgnoreCase) && from.Port == own.Port;
}
