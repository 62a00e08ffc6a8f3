using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PresignKit;

/// <summary>Options that name no credentials take those of the registered provider: for a named presigner, the one registered under that name.</summary>
internal sealed class RegisteredCredentials(IServiceProvider services) : IPostConfigureOptions<PresignerOptions>
{
    public void PostConfigure(string? name, PresignerOptions options)
    {
        if (options is not { AccessKeyId: null, SecretAccessKey: null, SessionToken: null, CredentialsProvider: null })
        {
            return;
        }

        // Never the default one for a named presigner: keys of one store are nothing to another.
        IS3CredentialsProvider? provider = string.IsNullOrEmpty(name)
            ? services.GetService<IS3CredentialsProvider>()
            : services.GetKeyedService<IS3CredentialsProvider>(name);
        if (provider is not null)
        {
            options.UseCredentials(provider);
        }
    }
}
