using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PresignKit;

namespace WebApi;

/// <summary>Issues links, upload tickets and forms. The files themselves are transferred directly between the client and the store.</summary>
internal static class FileEndpoints
{
    public static void MapFiles(this RouteGroupBuilder group)
    {
        group.MapGet("/link", Link);
        group.MapGet("/archive-link", ArchiveLink);
        group.MapPost("/uploads", Upload);
        group.MapPost("/uploads/finished", Finished);
        group.MapPost("/forms", Form);
        group.MapGet("", List);
        group.MapDelete("", Delete);
    }

    /// <summary>Returns a link that downloads one of the user's files, or shows it if <paramref name="inline"/> is set.</summary>
    /// <remarks>The name is a query parameter, because routes do not decode %2F.</remarks>
    private static Results<Ok<PresignedUrl>, ValidationProblem> Link(string? name, ClaimsPrincipal user, IPresigner presigner, bool inline = false) =>
        UserFiles.TryGetKey(user, name, out string? key, out string? problem)
            ? TypedResults.Ok(presigner.Presign(new GetObject(key) { DownloadFileName = inline ? null : key[(key.LastIndexOf('/') + 1)..] }))
            : Invalid("name", problem);

    /// <summary>Returns a link, valid for one minute, to a file in the archive, which is a different store.</summary>
    private static Results<Ok<PresignedUrl>, ValidationProblem> ArchiveLink(
        string? name, ClaimsPrincipal user, [FromKeyedServices("archive")] IPresigner presigner) =>
        UserFiles.TryGetKey(user, name, out string? key, out string? problem)
            ? TypedResults.Ok(presigner.Presign(new GetObject(key) { ExpiresIn = TimeSpan.FromMinutes(1) }))
            : Invalid("name", problem);

    /// <summary>Returns a ticket for a PUT upload of exactly this length and type under a new key.</summary>
    /// <remarks>The URL can be used again until it expires, so the content can change even after <see cref="Finished"/>.</remarks>
    private static Results<Ok<UploadTicket>, ValidationProblem> Upload(UploadRequest request, ClaimsPrincipal user, IPresigner presigner, IOptionsSnapshot<UploadRules> rules)
    {
        string name = $"{Guid.NewGuid():N}/{request.FileName?.Trim()}";
        if (!UserFiles.TryGetKey(user, name, out string? key, out string? problem))
        {
            return Invalid("fileName", problem);
        }

        if (!rules.Value.Allows(request.ContentType))
        {
            return Invalid("contentType", $"Send one of {string.Join(", ", rules.Value.ContentTypes)}.");
        }

        if (request.Length < 1 || request.Length > rules.Value.MaxBytes)
        {
            return Invalid("length", $"Send 1 to {rules.Value.MaxBytes} bytes.");
        }

        PresignedUrl upload = presigner.Presign(new PutObject(key) { ContentType = request.ContentType, ContentLength = request.Length });
        return TypedResults.Ok(new UploadTicket(name, upload));
    }

    /// <summary>Checks an upload that a client reports as finished.</summary>
    /// <remarks>Create the database record for the file here rather than with the ticket, because a ticket may never be used.</remarks>
    private static async Task<Results<Ok<StoredFile>, ValidationProblem>> Finished(
        FinishedRequest request, ClaimsPrincipal user, FileStore store, IOptionsSnapshot<UploadRules> rules, CancellationToken cancellationToken)
    {
        if (!UserFiles.TryGetKey(user, request.Name, out string? key, out string? problem))
        {
            return Invalid("name", problem);
        }

        StoredFile? file = await store.FindAsync(key, request.Name!, cancellationToken);
        return file is null ? Invalid("name", "The store does not have this file. Upload it first.")
            : file.Size > rules.Value.MaxBytes || !rules.Value.Allows(file.ContentType) ? Invalid("name", $"The file has {file.Size} bytes of {file.ContentType ?? "an unknown type"}, which is not allowed.")
            : TypedResults.Ok(file);
    }

    /// <summary>Returns the user's files, 100 at a time. <paramref name="next"/> is the token from the previous page.</summary>
    private static async Task<Results<Ok<FileList>, ValidationProblem>> List(string? next, ClaimsPrincipal user, FileStore store, CancellationToken cancellationToken) =>
        await store.ListAsync(UserFiles.FolderOf(user), next is "" ? null : next, cancellationToken) is { } list
            ? TypedResults.Ok(list)
            : Invalid("next", "The token is not valid. Send the one from the previous page, or none for the first page.");

    /// <summary>Deletes one of the user's files.</summary>
    private static async Task<Results<NoContent, ValidationProblem>> Delete(string? name, ClaimsPrincipal user, FileStore store, CancellationToken cancellationToken)
    {
        if (!UserFiles.TryGetKey(user, name, out string? key, out string? problem))
        {
            return Invalid("name", problem);
        }

        await store.DeleteAsync(key, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Returns a form for uploads of one type to a new folder inside the user's folder. The store enforces the type and the size.</summary>
    private static Results<Ok<PresignedPost>, ValidationProblem> Form(FormRequest request, ClaimsPrincipal user, IPresigner presigner, IOptionsSnapshot<UploadRules> rules) =>
        rules.Value.Allows(request.ContentType)
            ? TypedResults.Ok(presigner.PresignPost(new PostPolicy(PostKey.Prefix($"{UserFiles.FolderOf(user)}{Guid.NewGuid():N}/"))
            {
                UseFileName = true,
                ContentType = request.ContentType,
                ContentLength = (1, rules.Value.MaxBytes),
            }))
            : Invalid("contentType", $"Send one of {string.Join(", ", rules.Value.ContentTypes)}.");

    private static ValidationProblem Invalid(string field, string problem) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [problem] });
}
