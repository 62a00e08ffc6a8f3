using PresignKit.AspNetCore;

namespace Microsoft.AspNetCore.Http;

/// <summary>Provides an extension method that returns the verified content of a presigned URL.</summary>
public static class VerifiedRequestHttpContextExtensions
{
    /// <summary>Returns the verified bucket, key and URL of the request.</summary>
    /// <param name="context">The context of the request.</param>
    /// <returns>The verified request, or <c>null</c> if the endpoint does not have <c>RequirePresignedUrl</c> or has not been reached yet, as in middleware.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is <c>null</c>.</exception>
    public static VerifiedRequest? GetVerifiedRequest(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<VerifiedRequest>();
    }
}
