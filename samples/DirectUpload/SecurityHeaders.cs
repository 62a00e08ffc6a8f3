using PresignKit;

namespace DirectUpload;

/// <summary>Adds the headers that limit what the page can load and to which addresses its scripts can send data.</summary>
internal static class SecurityHeaders
{
    public static void UseSecurityHeaders(this IApplicationBuilder app)
    {
        // Only the store receives files and shows previews. The bucket can be in the host name, so the origin is taken from a URL instead of the settings.
        IPresigner presigner = app.ApplicationServices.GetRequiredService<IPresigner>();
        app.Use(async (context, next) =>
        {
            string store = await StoreAddress.GetOriginAsync(presigner, context.RequestAborted);
            IHeaderDictionary headers = context.Response.Headers;
            headers.ContentSecurityPolicy = $"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' {store}; img-src 'self' {store}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            await next(context);
        });
    }
}
