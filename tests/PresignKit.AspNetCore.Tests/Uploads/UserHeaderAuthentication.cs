using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PresignKit.AspNetCore.Tests.Uploads;

/// <summary>Authenticates the user whose ID is in the header <c>X-User</c>. A hyphen is a user without an ID.</summary>
internal sealed class UserHeaderAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Header";
    public const string Header = "X-User";

    /// <summary>The prefix of IDs that become the claim <c>sub</c>.</summary>
    public const string Subject = "sub=";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Request.Headers.TryGetValue(Header, out Microsoft.Extensions.Primitives.StringValues id))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        string value = Uri.UnescapeDataString(id.ToString());
        Claim[] claims = value == "-" ? [] : value.StartsWith(Subject, StringComparison.Ordinal) ? [new Claim("sub", value[Subject.Length..])] : [new Claim(ClaimTypes.NameIdentifier, value)];
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, Name)), Name)));
    }
}
