using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Extensions.Primitives;

namespace PresignKit.LocalS3;

/// <summary>Leaves CORS to the buckets, even if the application calls <c>UseCors</c>.</summary>
/// <remarks>
/// The application's CORS middleware runs between the selection of the endpoint and the endpoint, and no metadata makes it pass a request on: it answers all preflight requests itself, those of
/// endpoints with <c>DisableCors</c> with an empty 204. Without the middleware, ASP.NET Core rejects endpoints with CORS metadata altogether. But the middleware ignores requests without an
/// <c>Origin</c> header, so the header is hidden when the endpoint is selected, and the endpoint restores it.
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
