using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PresignKit.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Provides extension methods that protect endpoints with presigned URLs.</summary>
public static class PresignedUrlEndpointConventionBuilderExtensions
{
    /// <summary>Restricts endpoints to requests with a valid presigned URL.</summary>
    /// <typeparam name="TBuilder">The type of the builder, such as that of a route handler, a route group or controllers.</typeparam>
    /// <param name="builder">The builder of the endpoints.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <remarks>
    /// <para>A request is rejected with 403 unless its signature is valid and its scheme, host, base path and bucket are those in <see cref="RequirePresignedUrlOptions"/>. It is also
    /// rejected if the URL does not contain a key, or if the key contains a <c>.</c> or <c>..</c> segment, a backslash or a control character, starts with a slash, or exceeds 1,024
    /// bytes in UTF-8. The reason is logged (category <c>PresignKit.AspNetCore.RequirePresignedUrl</c>), but not sent. The log does not contain the URL.</para>
    /// <para><b>Act on the verified bucket and key.</b> Declare a parameter of type <see cref="VerifiedRequest"/>, or call <c>HttpContext.GetVerifiedRequest()</c>. Route values named
    /// <c>bucket</c> and <c>key</c> are replaced with the verified values. Other route values, <see cref="HttpRequest.Path"/> and <see cref="HttpRequest.Query"/> are not, and
    /// ASP.NET Core decodes them differently: it does not decode <c>%2F</c> and removes dot segments.</para>
    /// <para>Signed response overrides, such as <c>response-content-disposition</c>, are applied to successful responses to <c>GET</c> and <c>HEAD</c>. Requests with other parameters
    /// are rejected unless <see cref="RequirePresignedUrlOptions.AllowedParameters"/> contains them. Requests with the header <c>x-amz-copy-source</c> are rejected because they ask
    /// for a copy instead of an upload.</para>
    /// <para>The headers <c>Referrer-Policy: no-referrer</c> and <c>X-Content-Type-Options: nosniff</c> are added to every response of the endpoint. Unless the URL overrides it,
    /// <c>Cache-Control</c> becomes <c>private</c>: <c>public</c> and <c>s-maxage</c> are removed, and other directives of the endpoint, such as <c>no-store</c>, are preserved.
    /// ASP.NET Core's output cache is disabled, because it would send responses without verifying the request. The older middleware <c>UseResponseCaching()</c> cannot be disabled for an
    /// endpoint, so requests that pass through it fail with an <see cref="InvalidOperationException"/>.</para>
    /// <para>The request body is not verified, even if a signed header contains its checksum. A valid URL can be used again until it expires.</para>
    /// <para>The host and the scheme are those of <see cref="HttpRequest"/>. Behind a reverse proxy, use the forwarded headers middleware and configure its known proxies; otherwise
    /// <c>X-Forwarded-Host</c> and <c>X-Forwarded-Proto</c> have no effect.</para>
    /// <para>Authorization is independent of the signature and takes place first. If the application has a fallback policy that requires a user, call <c>AllowAnonymous()</c> on these
    /// endpoints. Calling this method again, for example on a group and on one of its endpoints, has no effect. Some libraries, such as YARP, do not support final conventions. On their
    /// builders, call this method last.</para>
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <c>null</c>.</exception>
    /// <exception cref="InvalidOperationException"><c>AddPresignedUrlVerifier</c> was not called. For a route group, this method throws the exception. Other builders do not have access to
    /// the services, so the exception is thrown when routing creates the endpoints for the first request. In this case, all requests fail, even those for other endpoints.</exception>
    /// <example><code>
    /// app.MapGet("/files/{**key}", (string key) => Results.File(storage.Open(key))).RequirePresignedUrl();
    /// </code></example>
    public static TBuilder RequirePresignedUrl<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder is IEndpointRouteBuilder group)
        {
            _ = RequireReceiver(group.ServiceProvider);
        }

        try
        {
            // Runs after the other conventions, so nothing that they add to the endpoint runs before the verification.
            builder.Finally(Protect);
        }
        catch (NotImplementedException)
        {
            // The interface's default implementation throws this exception. Some libraries, such as YARP, implement only Add.
            builder.Add(Protect);
        }

        return builder;
    }

    private static void Protect(EndpointBuilder builder)
    {
        if (builder.RequestDelegate is not { } next || builder.Metadata.Any(item => item is RequirePresignedUrlMetadata))
        {
            return;
        }

        builder.Metadata.Add(RequirePresignedUrlMetadata.Instance);

        // The output cache uses the last attribute.
        builder.Metadata.Add(new OutputCacheAttribute { NoStore = true });

        // Libraries that do not set ApplicationServices leave it empty. In this case, the services are those of the request.
        bool hasServices = builder.ApplicationServices.GetService<IServiceProviderIsService>() is not null;
        PresignedUrlReceiver? receiver = hasServices ? RequireReceiver(builder.ApplicationServices) : null;
        string name = builder.DisplayName ?? "(unnamed)";
        builder.RequestDelegate = context => (receiver ?? RequireReceiver(context.RequestServices)).InvokeAsync(context, next, name);
    }

    private static PresignedUrlReceiver RequireReceiver(IServiceProvider services) => services.GetService<PresignedUrlReceiver>() ?? throw new InvalidOperationException(
        "RequirePresignedUrl needs a verifier, but none is registered. Call builder.Services.AddPresignedUrlVerifier(o => { o.Endpoint = …; o.Bucket = …; o.Credentials.Add(…); }).");

    /// <summary>Marks endpoints that are already protected.</summary>
    private sealed class RequirePresignedUrlMetadata
    {
        public static readonly RequirePresignedUrlMetadata Instance = new();
    }
}
