using Microsoft.Extensions.DependencyInjection;

namespace PresignKit;

/// <summary>
/// Options of nothing, whose validation at the start of the host makes the presigner: so its options are validated, and it has valid ones to keep when a reload
/// brings others. Where a test has put a fake in its place, there is nothing to validate.
/// </summary>
internal sealed class PresignerStart
{
    public static void ValidateOnStart(IServiceCollection services, string name) => services.AddOptions<PresignerStart>(name)
        .Validate<IServiceProvider>((_, provider) => Make(provider, name))
        .ValidateOnStart();

    private static bool Make(IServiceProvider provider, string name)
    {
        // The fake may be scoped.
        using IServiceScope scope = provider.CreateScope();
        _ = name.Length == 0 ? scope.ServiceProvider.GetRequiredService<IPresigner>() : scope.ServiceProvider.GetRequiredKeyedService<IPresigner>(name);
        return true;
    }
}
