using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using PresignKit;

namespace DirectUpload;

/// <summary>Lists, links and deletes files. Uploads are the endpoints of <c>MapUploads</c>.</summary>
internal static class FileEndpoints
{
    /// <summary>The lifetime of a link that a user copies.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromMinutes(15);

    // The browser follows the redirect immediately.
    private static readonly TimeSpan RedirectLifetime = TimeSpan.FromMinutes(1);

    public static void MapFiles(this RouteGroupBuilder group)
    {
        group.MapGet("", List);
        group.MapDelete("", Delete);
        group.MapGet("/link", Link);
        group.MapGet("/download", Download);
        group.MapGet("/preview", Preview);
    }

    private static async Task<Results<Ok<FileList>, ForbidHttpResult>> List(ClaimsPrincipal user, FileStore store, CancellationToken cancellationToken) =>
        UserFolder.Of(user) is { } folder ? TypedResults.Ok(await store.ListAsync(folder, cancellationToken)) : TypedResults.Forbid();

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(string? key, ClaimsPrincipal user, FileStore store, CancellationToken cancellationToken)
    {
        if (!UserFolder.Contains(user, key))
        {
            return NotYours();
        }

        await store.DeleteAsync(key, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Returns a link that downloads a file under its own name, for anyone who has the link.</summary>
    private static async Task<Results<Ok<FileLink>, ProblemHttpResult>> Link(
        string? key, ClaimsPrincipal user, IPresigner presigner, HttpContext context, CancellationToken cancellationToken)
    {
        if (!UserFolder.Contains(user, key))
        {
            return NotYours();
        }

        PresignedUrl link = await presigner.PresignAsync(new GetObject(key) { DownloadFileName = UserFolder.NameOf(key), ExpiresIn = LinkLifetime }, cancellationToken);
        // A cached response would contain a link that has expired.
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new FileLink(link.Url, link.ExpiresAt));
    }

    /// <summary>Redirects to the store, which sends the file under its own name. The address of this endpoint does not expire.</summary>
    private static async Task<Results<RedirectHttpResult, ProblemHttpResult>> Download(
        string? key, ClaimsPrincipal user, IPresigner presigner, HttpContext context, CancellationToken cancellationToken) =>
        UserFolder.Contains(user, key)
            ? await RedirectAsync(new GetObject(key) { DownloadFileName = UserFolder.NameOf(key), ExpiresIn = RedirectLifetime }, presigner, context, cancellationToken)
            : NotYours();

    /// <summary>Redirects to the store for an image in the page, which the browser shows even though the file is stored as an attachment.</summary>
    private static async Task<Results<RedirectHttpResult, ProblemHttpResult>> Preview(
        string? key, ClaimsPrincipal user, IPresigner presigner, HttpContext context, CancellationToken cancellationToken) =>
        UserFolder.Contains(user, key)
            ? await RedirectAsync(new GetObject(key) { ExpiresIn = RedirectLifetime }, presigner, context, cancellationToken)
            : NotYours();

    private static async Task<RedirectHttpResult> RedirectAsync(GetObject operation, IPresigner presigner, HttpContext context, CancellationToken cancellationToken)
    {
        // A cached redirect would lead to a URL that has expired.
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Redirect((await presigner.PresignAsync(operation, cancellationToken)).Url);
    }

    private static ProblemHttpResult NotYours() => TypedResults.Problem("This file is not in your folder.", statusCode: StatusCodes.Status403Forbidden);
}
