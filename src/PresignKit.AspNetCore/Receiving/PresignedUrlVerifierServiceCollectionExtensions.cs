using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PresignKit;
using PresignKit.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides extension methods that register the verifier for presigned URLs.</summary>
public static class PresignedUrlVerifierServiceCollectionExtensions
{
    /// <summary>Registers the verifier that endpoints with <c>RequirePresignedUrl</c> use.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">A callback that sets the options, or <c>null</c>. The endpoint, the bucket and the credentials are required.</param>
    /// <returns>The options builder, for further configuration, such as <c>Bind</c> or <c>Configure&lt;TService&gt;</c>.</returns>
    /// <remarks>
    /// <para>The options are validated when the host starts. If they are not valid, the host throws an <see cref="OptionsValidationException"/>. If this method is called more than
    /// once, all calls configure the same verifier.</para>
    /// <para>A registered <see cref="TimeProvider"/> is used as the clock. The method also registers the <see cref="PresignedUrlVerifier"/> itself as a singleton, unless one is
    /// already registered. That verifier does not compare the bucket or check the key and the parameters, as <c>RequirePresignedUrl</c> does.</para>
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <c>null</c>.</exception>
    /// <example><code>
    /// builder.Services.AddPresignedUrlVerifier(o =>
    /// {
    ///     o.Endpoint = S3Endpoint.Create("https://app.example.com", "us-east-1");
    ///     o.Bucket = "files";
    ///     o.Credentials.Add(new S3Credentials(accessKeyId, secretAccessKey));
    /// });
    /// </code></example>
    public static OptionsBuilder<RequirePresignedUrlOptions> AddPresignedUrlVerifier(this IServiceCollection services, Action<RequirePresignedUrlOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<PresignedUrlReceiver>();
        services.TryAddSingleton(provider => provider.GetRequiredService<PresignedUrlReceiver>().Verifier);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RequirePresignedUrlOptions>, RequirePresignedUrlOptionsValidator>());
        OptionsBuilder<RequirePresignedUrlOptions> builder = services.AddOptions<RequirePresignedUrlOptions>().ValidateOnStart();
        return configure is null ? builder : builder.Configure(configure);
    }
}
