using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using PresignKit;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides extension methods that register presigners.</summary>
public static class PresignerServiceCollectionExtensions
{
    /// <summary>Registers a presigner as the singletons <see cref="IPresigner"/> and <see cref="S3Presigner"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">A callback that sets the options, or <c>null</c>.</param>
    /// <returns>The options builder, for further configuration.</returns>
    /// <remarks>
    /// <para>The options are validated when the host starts. When they change, the presigner switches to all the new values at once. Calls in progress finish with the old options.
    /// If the new options are not valid, the presigner keeps the last valid options and logs an error (category <c>PresignKit</c>, event 1, <c>OptionsReloadRejected</c>). If the
    /// container does not have a logger, the exception propagates to the code that triggered the reload.</para>
    /// <para>If a presigner is added twice, both calls configure the same presigner. A registered <see cref="TimeProvider"/> is used as the clock. If the options do not contain
    /// credentials, a registered <see cref="IS3CredentialsProvider"/> is used: for a named presigner, only a provider that is registered with the same name as its key.</para>
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <c>null</c>.</exception>
    public static OptionsBuilder<PresignerOptions> AddPresigner(this IServiceCollection services, Action<PresignerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(provider => provider.GetRequiredService<PresignerFactory>().Create(Options.Options.DefaultName));
        services.TryAddSingleton<IPresigner>(provider => provider.GetRequiredService<S3Presigner>());
        return AddOptions(services, Options.Options.DefaultName, configure);
    }

    /// <summary>Registers a presigner as the singletons <see cref="IPresigner"/> and <see cref="S3Presigner"/> and binds its options to a configuration section.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">The section. Its keys are the property names of <see cref="PresignerOptions"/>.</param>
    /// <param name="configure">A callback that sets options before the section is bound, or <c>null</c>.</param>
    /// <returns>The options builder, for configuration that is applied after the section.</returns>
    /// <remarks>
    /// <para>Options are applied in this order: <paramref name="configure"/>, the section, and calls to <c>Configure</c> on the returned builder. If a setting is missing or
    /// empty in the section, the option keeps its value. The options are bound again when the configuration is reloaded.</para>
    /// <para>Binding is strict: a missing section, an unknown setting or a value of the wrong type is an error, and the message contains the configuration path. Durations have the
    /// form <c>[d.]hh:mm:ss</c>. Binding does not use reflection.</para>
    /// <inheritdoc cref="AddPresigner(IServiceCollection, Action{PresignerOptions}?)" path="/remarks/para"/>
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="section"/> is <c>null</c>.</exception>
    public static OptionsBuilder<PresignerOptions> AddPresigner(
        this IServiceCollection services, IConfigurationSection section, Action<PresignerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        return Bind(services.AddPresigner(configure), section);
    }

    /// <summary>Registers a named presigner as the keyed singletons <see cref="IPresigner"/> and <see cref="S3Presigner"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The service key for the presigner and the name of its options.</param>
    /// <param name="configure">A callback that sets the options, or <c>null</c>.</param>
    /// <returns>The options builder, for further configuration.</returns>
    /// <remarks>
    /// <para>To inject a presigner named <c>archive</c>, declare a parameter such as <c>[FromKeyedServices("archive")] IPresigner presigner</c>.</para>
    /// <inheritdoc cref="AddPresigner(IServiceCollection, Action{PresignerOptions}?)" path="/remarks/para"/>
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="name"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public static OptionsBuilder<PresignerOptions> AddPresigner(this IServiceCollection services, string name, Action<PresignerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0)
        {
            throw new ArgumentException("The name of the presigner is empty. Specify a name, or call AddPresigner without one for the default presigner.", nameof(name));
        }

        services.TryAddKeyedSingleton(name, (provider, _) => provider.GetRequiredService<PresignerFactory>().Create(name));
        services.TryAddKeyedSingleton<IPresigner>(name, (provider, _) => provider.GetRequiredKeyedService<S3Presigner>(name));
        return AddOptions(services, name, configure);
    }

    /// <summary>Registers a named presigner as the keyed singletons <see cref="IPresigner"/> and <see cref="S3Presigner"/> and binds its options to a configuration
    /// section.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The service key for the presigner and the name of its options.</param>
    /// <param name="section">The section. Its keys are the property names of <see cref="PresignerOptions"/>.</param>
    /// <param name="configure">A callback that sets options before the section is bound, or <c>null</c>.</param>
    /// <returns>The options builder, for configuration that is applied after the section.</returns>
    /// <inheritdoc cref="AddPresigner(IServiceCollection, IConfigurationSection, Action{PresignerOptions}?)" path="/remarks"/>
    /// <exception cref="ArgumentNullException"><paramref name="services"/>, <paramref name="name"/> or <paramref name="section"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public static OptionsBuilder<PresignerOptions> AddPresigner(
        this IServiceCollection services, string name, IConfigurationSection section, Action<PresignerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        return Bind(services.AddPresigner(name, configure), section);
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

    private static OptionsBuilder<PresignerOptions> Bind(OptionsBuilder<PresignerOptions> builder, IConfigurationSection section)
    {
        builder.Services.AddSingleton<IOptionsChangeTokenSource<PresignerOptions>>(new SectionChangeTokenSource(builder.Name, section));
        return builder.Configure(options => PresignerOptionsBinder.Bind(options, section));
    }

    private sealed class SectionChangeTokenSource(string name, IConfigurationSection section) : IOptionsChangeTokenSource<PresignerOptions>
    {
        public string Name => name;

        public IChangeToken GetChangeToken() => section.GetReloadToken();
    }
}
