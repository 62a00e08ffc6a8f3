using System.Buffers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PresignKit.LocalS3;

/// <summary>Adds a local S3 endpoint to an ASP.NET Core application, for development.</summary>
public static class LocalS3Extensions
{
    private const string CatchAll = "/{**path}";

    // These characters are never percent-encoded and do not have a meaning in route patterns. Clients sign the path, so it must have only one form.
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create("/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Registers a <see cref="LocalS3Store"/> as a singleton.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">A callback that sets the options, or <c>null</c> to use the defaults. Unless it sets <see cref="LocalS3Options.SecretAccessKey"/>, the secret access key
    /// is different each time the application starts.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>The defaults of <see cref="LocalS3Options.TimeProvider"/> and <see cref="LocalS3Options.LoggerFactory"/> come from the container.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <c>null</c>.</exception>
    public static IServiceCollection AddLocalS3(this IServiceCollection services, Action<LocalS3Options>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<LocalS3Options>().Configure<IServiceProvider>((options, provider) =>
        {
            options.LoggerFactory = provider.GetService<ILoggerFactory>();
            options.TimeProvider = provider.GetService<TimeProvider>() ?? TimeProvider.System;
            configure?.Invoke(options);
        });
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, BucketCorsPolicy>());
        services.TryAddSingleton(provider => new LocalS3Store(provider.GetRequiredService<IOptions<LocalS3Options>>().Value));
        return services;
    }

    /// <summary>Maps the local S3 endpoint to a path of the application.</summary>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <param name="path">The path, such as <c>/s3</c>. If the URL of the application is <c>http://localhost:5000</c>, presigners then use the endpoint <c>http://localhost:5000/s3</c>
    /// and path style.</param>
    /// <returns>A builder that can add metadata. Requests are authenticated by their signature, so the application's authorization and CORS policies do not apply.</returns>
    /// <remarks>The application's limit for the size of request bodies does not apply either.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> does not start with a slash, it ends with one, or it contains a route parameter or a character that must
    /// be encoded in a URL.</exception>
    /// <exception cref="InvalidOperationException"><see cref="AddLocalS3"/> was not called, or the environment is <c>Production</c> and
    /// <see cref="LocalS3Options.AllowProduction"/> is <c>false</c>.</exception>
    public static IEndpointConventionBuilder MapLocalS3(this IEndpointRouteBuilder endpoints, string path)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (path is not { Length: > 1 } || path[0] != '/' || path[^1] == '/' || path.Contains("//", StringComparison.Ordinal) || path.AsSpan().ContainsAnyExcept(PathCharacters))
        {
            throw new ArgumentException($"'{path}' is not a valid path. Use a path such as '/s3': it starts with a slash, does not end with one, and consists of letters, digits and '-._~'.", nameof(path));
        }

        LocalS3Store store = endpoints.ServiceProvider.GetService<LocalS3Store>()
            ?? throw new InvalidOperationException("LocalS3 is not registered. Call builder.Services.AddLocalS3(o => o.Buckets.Add(\"photos\")).");
        ThrowIfProduction(
            endpoints.ServiceProvider.GetService<IHostEnvironment>()?.EnvironmentName, endpoints.ServiceProvider.GetRequiredService<IOptions<LocalS3Options>>().Value);
        return endpoints.Map(path + CatchAll, http => HandleAsync(store, http)).WithMetadata(new AllowAnonymousAttribute(), BucketCorsPolicy.Metadata).WithDisplayName("LocalS3");
    }

    internal static void ThrowIfProduction(string? environment, LocalS3Options options)
    {
        if (!options.AllowProduction && string.Equals(environment, Environments.Production, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException(
                "LocalS3 is for development and tests, but the environment is Production. Set DOTNET_ENVIRONMENT to Development, or set LocalS3Options.AllowProduction to true.");
        }
    }

    private static Task HandleAsync(LocalS3Store store, HttpContext http)
    {
        BucketCorsPolicy.RestoreOrigin(http);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        // Includes the prefix of a route group.
        string pattern = ((RouteEndpoint)http.GetEndpoint()!).RoutePattern.RawText!;
        return store.HandleAsync(http, http.Request.PathBase.ToUriComponent() + "/" + pattern[..^CatchAll.Length].Trim('/'));
    }
}
