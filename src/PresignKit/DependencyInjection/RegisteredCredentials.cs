using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PresignKit;

/// <summary>Adds the registered credentials provider to options that do not contain credentials.</summary>
/// <remarks>For a named presigner, this is the provider that is registered with the presigner's name as the key.</remarks>
internal sealed class RegisteredCredentials(IServiceProvider services) : IPostConfigureOptions<PresignerOptions>
{
    public void PostConfigure(string? name, PresignerOptions options)
    {
        if (options is not { AccessKeyId: null, SecretAccessKey: null, SessionToken: null, CredentialsProvider: null })
        {
            return;
        }

        // A named presigner never gets the default provider, because its store would not accept the keys for the default presigner's store.
        IS3CredentialsProvider? provider = string.IsNullOrEmpty(name)
            ? services.GetService<IS3CredentialsProvider>()
            : services.GetKeyedService<IS3CredentialsProvider>(name);
        if (provider is not null)
        {
            options.UseCredentials(provider);
        }
    }
}
