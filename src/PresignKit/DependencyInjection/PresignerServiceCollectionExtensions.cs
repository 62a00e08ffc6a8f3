using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using PresignKit;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers presigners.</summary>
public static class PresignerServiceCollectionExtensions
{
    /// <summary>Registers a presigner as the singletons <see cref="IPresigner"/> and <see cref="S3Presigner"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; <c>null</c> where configuration does it (<c>.BindConfiguration("Spaces")</c> on the result).</param>
    /// <returns>The builder of the options, to bind or change them further.</returns>
    /// <remarks>
    /// The options are validated when the host starts. When their configuration is reloaded, the presigner takes the new ones, whole: what it has begun ends with the old.
    /// Invalid ones are reported (<see cref="PresignerOptions.OnInvalidReload"/>), and the last valid ones stay. Added twice, it is one presigner of both settings.
    /// Options that name no credentials take those of a registered <see cref="IS3CredentialsProvider"/>. A registered <see cref="TimeProvider"/> is the clock.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <c>null</c>.</exception>
    public static OptionsBuilder<PresignerOptions> AddPresigner(this IServiceCollection services, Action<PresignerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(provider => provider.GetRequiredService<PresignerFactory>().Create(Options.Options.DefaultName));
        services.TryAddSingleton<IPresigner>(provider => provider.GetRequiredService<S3Presigner>());
        return AddOptions(services, Options.Options.DefaultName, configure);
    }

    /// <summary>Registers a presigner under a name, as the keyed singletons <see cref="IPresigner"/> and <see cref="S3Presigner"/>: take it by
    /// <c>[FromKeyedServices("archive")] IPresigner presigner</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name: the key of the services and the name of the options.</param>
    /// <param name="configure">Sets the options; <c>null</c> where configuration does it.</param>
    /// <returns>The builder of the options, to bind or change them further.</returns>
    /// <remarks>As <see cref="AddPresigner(IServiceCollection, Action{PresignerOptions}?)"/>; the <see cref="IS3CredentialsProvider"/> is the one that is registered
    /// under the same name.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="name"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public static OptionsBuilder<PresignerOptions> AddPresigner(this IServiceCollection services, string name, Action<PresignerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0)
        {
            throw new ArgumentException("The presigner's name is empty. Name it, or call AddPresigner without a name for the default one.", nameof(name));
        }

        services.TryAddKeyedSingleton(name, (provider, _) => provider.GetRequiredService<PresignerFactory>().Create(name));
        services.TryAddKeyedSingleton<IPresigner>(name, (provider, _) => provider.GetRequiredKeyedService<S3Presigner>(name));
        return AddOptions(services, name, configure);
    }

    private static OptionsBuilder<PresignerOptions> AddOptions(IServiceCollection services, string name, Action<PresignerOptions>? configure)
    {
        services.TryAddSingleton<PresignerFactory>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<PresignerOptions>, RegisteredCredentials>());
        if (!services.Any(service => !service.IsKeyedService && service.ImplementationInstance is PresignerOptionsValidator validator && validator.Name == name))
        {
            services.AddSingleton<IValidateOptions<PresignerOptions>>(new PresignerOptionsValidator(name));
        }

        PresignerStart.ValidateOnStart(services, name);
        OptionsBuilder<PresignerOptions> builder = services.AddOptions<PresignerOptions>(name);
        return configure is null ? builder : builder.Configure(configure);
    }
}
