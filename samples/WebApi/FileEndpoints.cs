using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PresignKit;

namespace WebApi;

/// <summary>Hands out links, upload tickets and forms. The files themselves go between the browser and the store.</summary>
internal static class FileEndpoints
{
    public static void MapFiles(this RouteGroupBuilder group)
    {
        group.MapGet("/link", Link);
        group.MapGet("/archive-link", ArchiveLink);
        group.MapPost("/uploads", Upload);
        group.MapPost("/forms", Form);
    }

    /// <summary>A link that downloads one of the user's files: ?name=reports/2026.pdf. The name is a parameter, because a route does not decode %2F. &amp;inline=true shows the file
    /// instead.</summary>
    private static Results<Ok<PresignedUrl>, ValidationProblem> Link(string? name, ClaimsPrincipal user, IPresigner presigner, bool inline = false) =>
        UserFiles.TryGetKey(user, name, out string? key, out string? problem)
            ? TypedResults.Ok(presigner.Presign(new GetObject(key) { DownloadFileName = inline ? null : key[(key.LastIndexOf('/') + 1)..] }))
            : Invalid("name", problem);

    /// <summary>The same from the other store, for a minute.</summary>
    private static Results<Ok<PresignedUrl>, ValidationProblem> ArchiveLink(
        string? name, ClaimsPrincipal user, [FromKeyedServices("archive")] IPresigner presigner) =>
        UserFiles.TryGetKey(user, name, out string? key, out string? problem)
            ? TypedResults.Ok(presigner.Presign(new GetObject(key) { ExpiresIn = TimeSpan.FromMinutes(1) }))
            : Invalid("name", problem);

    /// <summary>A ticket for one upload by PUT: of exactly this length and type, under a new key, so that nothing is overwritten.</summary>
    private static Results<Ok<UploadTicket>, ValidationProblem> Upload(UploadRequest request, ClaimsPrincipal user, IPresigner presigner, IOptionsSnapshot<UploadRules> rules)
    {
        if (!UserFiles.TryGetKey(user, request.FileName, out _, out string? problem))
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

        string name = $"{Guid.NewGuid():N}/{request.FileName}";
        PresignedUrl upload = presigner.Presign(new PutObject(UserFiles.FolderOf(user) + name) { ContentType = request.ContentType, ContentLength = request.Length });
        return TypedResults.Ok(new UploadTicket(name, upload));
    }

    /// <summary>A form for uploads of one type into a folder of the user's, where the store enforces type and size.</summary>
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
