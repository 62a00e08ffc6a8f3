using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PresignKit;
using PresignKit.AspNetCore;
using HttpJsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds endpoints that let the users of an application upload files directly to a store.</summary>
public static class UploadEndpointRouteBuilderExtensions
{
    private const string CompanionPath = "/uppy/s3/params";

    /// <summary>Maps the endpoints for uploads from browsers.</summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <param name="pattern">The path of the endpoints, such as <c>/uploads</c>.</param>
    /// <param name="configure">A callback that sets the options. <see cref="UploadOptions.Folder"/>, <see cref="UploadOptions.MaxBytes"/> and
    /// <see cref="UploadOptions.ContentTypes"/> are required.</param>
    /// <returns>A builder that can add an authorization policy, a rate limiter or other metadata to all endpoints.</returns>
    /// <remarks>
    /// <para>The files do not pass through the server. It decides who may upload what under which key, and signs the requests that the browser then sends to the store.</para>
    /// <para>All endpoints require an authenticated user, unless <see cref="UploadOptions.AllowAnonymous"/> is <c>true</c>, and reject requests from pages of other origins. The protocol
    /// and the CORS rules that the bucket needs are described in the documentation: <see href="https://github.com/presignkit/presignkit/blob/main/docs/uploads.md">Uploads</see>.</para>
    /// <para>Tickets are protected with ASP.NET Core Data Protection. If the application runs on several servers, they must share the keys.</para>
    /// </remarks>
    /// <example><code>
    /// app.MapUploads("/uploads", o =>
    /// {
    ///     o.Folder = user => $"users/{user.FindFirstValue(ClaimTypes.NameIdentifier)}/";
    ///     o.ContentTypes = ["image/png", "image/jpeg"];
    ///     o.MaxBytes = 200L &lt;&lt; 20;
    /// });
    /// </code></example>
    /// <exception cref="ArgumentNullException">A parameter is <c>null</c>.</exception>
    /// <exception cref="OptionsValidationException">The options are not valid.</exception>
    /// <exception cref="ArgumentException">The presigner does not have a bucket.</exception>
    /// <exception cref="InvalidOperationException">The application does not have a presigner, an authentication scheme, authorization or data protection, or the provider runs Ceph and
    /// <see cref="PresignerOptions.LockUnsignedHeaders"/> is <c>false</c>.</exception>
    public static IEndpointConventionBuilder MapUploads(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Action<UploadOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(configure);
        UploadOptions options = new();
        configure(options);
        UploadRules rules = new(options);
        IServiceProvider services = endpoints.ServiceProvider;
        if (!rules.AllowAnonymous)
        {
            RequireAuthentication(services);
        }

        ILogger logger = services.GetService<ILoggerFactory>()?.CreateLogger(UploadLog.Category) ?? NullLogger.Instance;
        IDataProtectionProvider protection = services.GetService<IDataProtectionProvider>()
            ?? throw new InvalidOperationException("Data protection is not registered, but tickets need it. Call builder.Services.AddDataProtection().");
        TimeProvider clock = services.GetService<TimeProvider>() ?? TimeProvider.System;
        UploadEndpoints uploads = new(rules, new UploadTickets(protection, rules.TicketLifetime, clock), CreateStore(services, options, rules), clock, logger);
        DescribeJson(services);
        return Map(endpoints.MapGroup(pattern), new UploadHandler(rules, logger), uploads, rules);
    }

    // Otherwise, applications without reflection, such as native AOT applications, could not describe the types in their OpenAPI documents.
    private static void DescribeJson(IServiceProvider services)
    {
        if (services.GetService<IOptions<HttpJsonOptions>>()?.Value.SerializerOptions is { IsReadOnly: false } json && !json.TypeInfoResolverChain.Contains(UploadJson.Default))
        {
            json.TypeInfoResolverChain.Add(UploadJson.Default);
        }
    }

    private static RouteGroupBuilder Map(RouteGroupBuilder group, UploadHandler handler, UploadEndpoints uploads, UploadRules rules)
    {
        UploadJson json = UploadJson.Default;
        Post("", path => handler.Create(path, json.UploadRequest, json.UploadTicketResponse, uploads.StartAsync))
            .Describe<UploadRequest, UploadTicketResponse>("Starts an upload", "Returns a ticket and the request that uploads the file or, for large files, starts a multipart upload.", 413);
        Post("/parts", path => handler.Create(path, json.UploadPartsRequest, json.UploadPartsResponse, uploads.PartsAsync))
            .Describe<UploadPartsRequest, UploadPartsResponse>("Signs parts", "Returns the requests that upload up to 100 parts. Each part must have exactly the specified size.");
        Post("/finish", path => handler.Create(path, json.UploadFinishRequest, json.UploadFinishResponse, uploads.FinishAsync))
            .Describe<UploadFinishRequest, UploadFinishResponse>("Signs the end of a multipart upload", "Returns the requests that list the uploaded parts, complete the upload, and abort it.");
        Post("/done", path => handler.Create(path, json.UploadDoneRequest, json.UploadDoneResponse, uploads.DoneAsync))
            .Describe<UploadDoneRequest, UploadDoneResponse>("Reports an upload as done", "Looks for the file in the store and compares its size and type with those of the ticket.", 404, 409, 502);
        Post("/uppy", path => handler.Create(path, json.UppySignRequest, json.UppySignResponse, uploads.SignForUppyAsync))
            .Describe<UppySignRequest, UppySignResponse>("Signs a request for Uppy", "Returns the response that Uppy's option signRequest expects.", 413, 501);
        group.MapGet(CompanionPath, (HttpContext http, string? filename, string? type) => handler.HandleAsync(http, CompanionPath, json.UppySignResponse, call => uploads.SignFormAsync(call, filename, type)))
            .Describe<UppySignResponse>("Signs a form for Uppy", "Returns the response that Uppy expects from Companion.", 501);
        if (!rules.AllowAnonymous)
        {
            group.RequireAuthorization();
#if NET10_0_OR_GREATER
            // Cookie authentication then responds with 401 instead of a redirect to a page.
            group.DisableCookieRedirect();
#endif
        }

        return group;

        IEndpointConventionBuilder Post(string path, Func<string, RequestDelegate> create)
        {
            RequestDelegate handle = create(path);

            // OpenAPI documents contain only endpoints that have a method.
            return group.MapPost(path, handle).WithMetadata(handle.Method, BodyLimit.Instance);
        }
    }

    private static void Describe<TRequest, TResponse>(this IEndpointConventionBuilder endpoint, string summary, string description, params ReadOnlySpan<int> problems) =>
        endpoint.WithMetadata(new AcceptsMetadata(["application/json"], typeof(TRequest))).Describe<TResponse>(summary, description, problems);

    private static void Describe<TResponse>(this IEndpointConventionBuilder endpoint, string summary, string description, params ReadOnlySpan<int> problems)
    {
        endpoint.WithSummary(summary).WithDescription(description).WithTags("Uploads").WithMetadata(new ProducesResponseTypeMetadata(200, typeof(TResponse), ["application/json"]));
        foreach (int status in (ReadOnlySpan<int>)[400, 401, 403, 415, .. problems])
        {
            endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]));
        }
    }

    private static UploadStore CreateStore(IServiceProvider services, UploadOptions options, UploadRules rules)
    {
        IPresigner presigner = FindPresigner(services, options.PresignerName);
        IPresigner serverPresigner = options.ServerPresignerName is { } name ? FindPresigner(services, name) : presigner;
        Func<IServiceProvider, HttpClient> client = options.HttpClient ?? SingleClient();
        (S3Provider? provider, bool isLocked) = Probe(presigner, services.GetService<IOptionsMonitor<PresignerOptions>>()?.Get(options.PresignerName ?? Options.DefaultName));
        if (provider is { IsCeph: true } && !isLocked)
        {
            throw new InvalidOperationException(
                $"{provider.Name} runs Ceph, where users could add headers to an upload that make their file public or copy another user's file. Set LockUnsignedHeaders to true in the options of the presigner.");
        }

        return new UploadStore(presigner, serverPresigner, client, rules, options.SignIfNoneMatch ?? provider?.SupportsConditionalWrites ?? false, provider?.AcceptsPostForms ?? true);
    }

    private static Func<IServiceProvider, HttpClient> SingleClient()
    {
        HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) }) { Timeout = TimeSpan.FromSeconds(30) };
        return _ => client;
    }

    // A presigned URL shows the presigner's provider, even if the presigner was not created by AddPresigner. If the host is that of a CDN, the provider is determined from the options.
    private static (S3Provider? Provider, bool IsLocked) Probe(IPresigner presigner, PresignerOptions? options)
    {
        S3Provider? configured = FindProvider(options?.Endpoint);
        try
        {
            PresignedUrl probe = presigner.Presign(new PutObject("probe"));
            Uri url = probe.ToUri();
            return PresignedUrlInfo.TryParse(probe.Url, out PresignedUrlInfo? info)
                ? (FindProvider($"https://{(info.Bucket is { } bucket && url.Host.StartsWith(bucket + ".", StringComparison.OrdinalIgnoreCase) ? url.Host[(bucket.Length + 1)..] : url.Host)}") ?? configured,
                    info.SignedHeaders.Contains("x-amz-copy-source"))
                : (configured, options?.LockUnsignedHeaders == true);
        }
        catch (InvalidOperationException)
        {
            // The credentials have to be fetched first, or have expired.
            return (configured, options?.LockUnsignedHeaders == true);
        }
    }

    private static IPresigner FindPresigner(IServiceProvider services, string? name) =>
        (name is null ? services.GetService<IPresigner>() : services.GetKeyedService<IPresigner>(name))
        ?? throw new InvalidOperationException(name is null
            ? "No presigner is registered. Call builder.Services.AddPresigner(builder.Configuration.GetSection(\"Spaces\"))."
            : $"A presigner named '{name}' is not registered. Call builder.Services.AddPresigner(\"{name}\", …).");

    // The path of the endpoint can contain the bucket, which is not part of the provider's address.
    private static S3Provider? FindProvider(string? endpoint) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? url) && S3Endpoint.TryParse(url.GetLeftPart(UriPartial.Authority), out S3Endpoint? parsed) ? parsed.Provider : null;

    private static void RequireAuthentication(IServiceProvider services)
    {
        // ASP.NET Core's own provider completes synchronously. If a custom provider does not, its schemes are not checked.
        if (services.GetService<IAuthenticationSchemeProvider>() is not { } schemes || (schemes.GetAllSchemesAsync() is { IsCompletedSuccessfully: true } all && !all.Result.Any()))
        {
            throw new InvalidOperationException(
                "An authentication scheme is not registered, but uploads require authenticated users. Call builder.Services.AddAuthentication() and add a scheme, such as AddCookie(), or set UploadOptions.AllowAnonymous to true.");
        }

        if (services.GetService<IAuthorizationPolicyProvider>() is null)
        {
            throw new InvalidOperationException("Authorization is not registered, but uploads require authenticated users. Call builder.Services.AddAuthorization().");
        }
    }

    private sealed class BodyLimit : IRequestSizeLimitMetadata
    {
        public static readonly BodyLimit Instance = new();

        public long? MaxRequestBodySize => UploadHandler.MaxBodyBytes;
    }
}
