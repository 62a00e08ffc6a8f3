using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using PresignKit;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Binds the options of presigners to configuration. For <see cref="PresignerOptions"/>, the compiler takes these methods before the general ones of the same names:
/// they need no reflection and no source generator, messages name the path of a wrong setting (<c>Spaces:Region</c>), and a value of the wrong type is one of them.
/// </summary>
public static class PresignerOptionsBuilderExtensions
{
    /// <summary>Binds to a section of the application's configuration, and again whenever this is reloaded.</summary>
    /// <param name="optionsBuilder">What <c>AddPresigner</c> has returned.</param>
    /// <param name="configSectionPath">The path of the section: <c>Spaces</c>, <c>Stores:Archive</c>. Empty for the root.</param>
    /// <returns><paramref name="optionsBuilder"/>.</returns>
    /// <remarks>The settings are named as the properties of <see cref="PresignerOptions"/>. What configuration does not say stays as it is.</remarks>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    public static OptionsBuilder<PresignerOptions> BindConfiguration(this OptionsBuilder<PresignerOptions> optionsBuilder, string configSectionPath)
    {
        ArgumentNullException.ThrowIfNull(optionsBuilder);
        ArgumentNullException.ThrowIfNull(configSectionPath);
        optionsBuilder.Services.AddSingleton<IOptionsChangeTokenSource<PresignerOptions>>(
            services => new ChangeSource(optionsBuilder.Name, services.GetRequiredService<IConfiguration>()));
        return optionsBuilder.Configure<IConfiguration>((options, configuration) =>
            PresignerConfiguration.Bind(options, configSectionPath.Length == 0 ? configuration : configuration.GetSection(configSectionPath)));
    }

    /// <summary>Binds to a section of configuration, and again whenever this is reloaded.</summary>
    /// <param name="optionsBuilder">What <c>AddPresigner</c> has returned.</param>
    /// <param name="config">The section.</param>
    /// <returns><paramref name="optionsBuilder"/>.</returns>
    /// <inheritdoc cref="BindConfiguration" path="/remarks"/>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    public static OptionsBuilder<PresignerOptions> Bind(this OptionsBuilder<PresignerOptions> optionsBuilder, IConfiguration config)
    {
        ArgumentNullException.ThrowIfNull(optionsBuilder);
        ArgumentNullException.ThrowIfNull(config);
        optionsBuilder.Services.AddSingleton<IOptionsChangeTokenSource<PresignerOptions>>(new ChangeSource(optionsBuilder.Name, config));
        return optionsBuilder.Configure(options => PresignerConfiguration.Bind(options, config));
    }

    private sealed class ChangeSource(string name, IConfiguration configuration) : IOptionsChangeTokenSource<PresignerOptions>
    {
        public string Name => name;

        public IChangeToken GetChangeToken() => configuration.GetReloadToken();
    }
}
