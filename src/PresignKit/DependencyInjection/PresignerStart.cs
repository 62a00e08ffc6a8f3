using Microsoft.Extensions.DependencyInjection;

namespace PresignKit;

/// <summary>
/// Options without content. Validating them at the start of the host creates the presigner, which validates its options and keeps them as the last valid ones for later
/// reloads. If a test has replaced the presigner by a fake, nothing is validated.
/// </summary>
internal sealed class PresignerStart
{
    public static void ValidateOnStart(IServiceCollection services, string name) => services.AddOptions<PresignerStart>(name)
        .Validate<IServiceProvider>((_, provider) => CreatePresigner(provider, name))
        .ValidateOnStart();

    private static bool CreatePresigner(IServiceProvider provider, string name)
    {
        // The fake may be a scoped service.
        using IServiceScope scope = provider.CreateScope();
        _ = name.Length == 0 ? scope.ServiceProvider.GetRequiredService<IPresigner>() : scope.ServiceProvider.GetRequiredKeyedService<IPresigner>(name);
        return true;
    }
}
