using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Extensions.Primitives;

namespace PresignKit.LocalS3;

/// <summary>Leaves CORS to the buckets, even if the application calls <c>UseCors</c>.</summary>
/// <remarks>
/// The application's CORS middleware runs after an endpoint has been selected and before the endpoint is executed. The middleware responds to all preflight requests itself, and no metadata
/// prevents this: if the endpoint has <c>DisableCors</c>, the response is an empty 204. If the application does not use the middleware, ASP.NET Core throws an exception for endpoints with CORS
/// metadata. However, the middleware ignores requests without an <c>Origin</c> header, so this policy hides the header when the endpoint is selected, and the endpoint restores it.
/// </remarks>
internal sealed class BucketCorsPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    private static readonly object HiddenOrigin = new();

    /// <summary>Gets the metadata of the endpoints that the policy applies to.</summary>
    public static object Metadata { get; } = new Marker();

    public override int Order => int.MaxValue;

    public static void RestoreOrigin(HttpContext http)
    {
        if (http.Items.Remove(HiddenOrigin, out object? origin))
        {
            http.Request.Headers.Origin = (StringValues)origin!;
        }
    }

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(HasMarker);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        // The candidates are in the order of their precedence.
        for (int i = 0; i < candidates.Count; i++)
        {
            if (!candidates.IsValidCandidate(i))
            {
                continue;
            }

            if (HasMarker(candidates[i].Endpoint) && httpContext.Request.Headers.Origin is { Count: > 0 } origin)
            {
                httpContext.Items[HiddenOrigin] = origin;
                httpContext.Request.Headers.Remove("Origin");
            }

            break;
        }

        return Task.CompletedTask;
    }

    private static bool HasMarker(Endpoint endpoint) => endpoint.Metadata.GetMetadata<Marker>() is not null;

    private sealed class Marker;
}
