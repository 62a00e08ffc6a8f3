using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace WebApi;

/// <summary>Authenticates the sample's users with bearer tokens from configuration (<c>Users:{name}</c> = token). Replace this class with your application's sign-in.</summary>
internal sealed class TokenAuthentication(
    IConfiguration configuration, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Token";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.Ordinal))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        byte[] token = Encoding.UTF8.GetBytes(header["Bearer ".Length..]);
        IConfigurationSection? user = configuration.GetSection("Users").GetChildren()
            .FirstOrDefault(user => CryptographicOperations.FixedTimeEquals(token, Encoding.UTF8.GetBytes(user.Value ?? "")));
        if (user is null || token.Length == 0)
        {
            return Task.FromResult(AuthenticateResult.Fail("The token is not valid."));
        }

        ClaimsIdentity identity = new([new Claim(ClaimTypes.NameIdentifier, user.Key)], Scheme);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme)));
    }
}
