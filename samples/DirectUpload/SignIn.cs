using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace DirectUpload;

/// <summary>Signs the demo users in and out with a cookie.</summary>
internal static class SignIn
{
    private const string Page = "/sign-in.html";

    public static void AddSignIn(this IServiceCollection services)
    {
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(o =>
        {
            o.LoginPath = Page;
            // Moving the clock to expire a link must not end the sign-in.
            o.TimeProvider = TimeProvider.System;
            // Only the page redirects to the sign-in. A script must receive a status that it can understand.
            o.Events.OnRedirectToLogin = context =>
            {
                if (context.Request.Path == "/")
                {
                    context.Response.Redirect(Page);
                }
                else
                {
                    context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                }

                return Task.CompletedTask;
            };
        });
        services.AddAuthorization();
    }

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapPost("/sign-in", async (HttpContext context) =>
        {
            string? id = (await context.Request.ReadFormAsync(context.RequestAborted))["user"];
            if (!DemoUsers.TryCreatePrincipal(id, CookieAuthenticationDefaults.AuthenticationScheme, out ClaimsPrincipal? user))
            {
                return Results.Problem("There is no such user. Sign in as Ada or Grace.", statusCode: StatusCodes.Status400BadRequest);
            }

            await context.SignInAsync(user);
            return Results.LocalRedirect("/");
        });
        app.MapPost("/sign-out", async (HttpContext context) =>
        {
            await context.SignOutAsync();
            return Results.LocalRedirect(Page);
        });
    }
}
