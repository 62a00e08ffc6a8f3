using Microsoft.Extensions.DependencyInjection;

namespace PresignKit;

/// <summary>An empty options type whose validation creates the presigner when the host starts.</summary>
/// <remarks>
/// The presigner validates its options when it is created and keeps them as the last valid options in case a later reload fails. If a test has replaced the presigner with a fake,
/// no options are validated.
/// </remarks>
internal sealed class PresignerStart
{
    public static void ValidateOnStart(IServiceCollection services, string name) => services.AddOptions<PresignerStart>(name)
        .Validate<IServiceProvider>((_, provider) => CreatePresigner(provider, name))
        .ValidateOnStart();

    private static bool CreatePresigner(IServiceProvider provider, string name)
    {
        // A fake may be registered as a scoped service, which must not be resolved from the root provider.
        using IServiceScope scope = provider.CreateScope();
        _ = name.Length == 0 ? scope.ServiceProvider.GetRequiredService<IPresigner>() : scope.ServiceProvider.GetRequiredKeyedService<IPresigner>(name);
        return true;
    }
}
