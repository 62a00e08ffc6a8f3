namespace DirectUpload;

/// <summary>Rejects requests that pages of other sites send with the user's cookie (cross-site request forgery).</summary>
internal static class SameOrigin
{
    /// <summary>Accepts POST, PUT and DELETE only from the application's own pages.</summary>
    /// <remarks>Browsers send Sec-Fetch-Site to https and loopback addresses, and Origin with every request that is neither GET nor HEAD. Scripts cannot set either header.</remarks>
    public static void UseSameOrigin(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        HttpRequest request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || IsSameOrigin(request))
        {
            await next(context);
            return;
        }

        await Results.Problem("The request came from a different site. Use the page of this application.", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
    });

    private static bool IsSameOrigin(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is [{ } site] ? site == "same-origin" : request.Headers.Origin == $"{request.Scheme}://{request.Host}";
}
