using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace PresignKit.Tests;

/// <summary>A container with presigners, and the configuration that a test changes and reloads.</summary>
internal sealed class ConfiguredServices : IDisposable
{
    private readonly IConfigurationRoot _configuration;
    private readonly ServiceProvider _services;

    public ConfiguredServices(Action<IServiceCollection> add, params (string, string)[] configuration)
        : this((services, _) => add(services), configuration)
    {
    }

    public ConfiguredServices(Action<IServiceCollection, IConfiguration> add, params (string, string)[] configuration)
    {
        _configuration = new ConfigurationBuilder().AddInMemoryCollection(TestPresigner.Pairs(configuration)!).Build();
        ServiceCollection services = new();
        services.AddSingleton<IConfiguration>(_configuration);
        add(services, _configuration);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    /// <summary>Returns the settings of a section that is sufficient for a presigner.</summary>
    public static (string, string)[] Section(string path, string region = "nyc3") =>
    [
        ($"{path}:Endpoint", $"https://{region}.digitaloceanspaces.com"), ($"{path}:Bucket", TestPresigner.Bucket),
        ($"{path}:AccessKeyId", TestPresigner.AccessKeyId), ($"{path}:SecretAccessKey", TestPresigner.SecretAccessKey),
    ];

    public S3Presigner Presigner => _services.GetRequiredService<S3Presigner>();

    public S3Presigner Named(string name) => _services.GetRequiredKeyedService<S3Presigner>(name);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Sets a value without a reload.</summary>
    public void Set(string key, string? value) => _configuration[key] = value;

    public void Reload() => _configuration.Reload();

    public void Reload(string key, string? value)
    {
        Set(key, value);
        Reload();
    }

    public void Dispose() => _services.Dispose();
}
