using System.Security.Claims;

namespace PresignKit.AspNetCore;

/// <summary>A file that the server has found in the store.</summary>
/// <remarks>The properties can be set so that tests can call <see cref="UploadOptions.OnCompleted"/>.</remarks>
public sealed class CompletedUpload
{
    /// <summary>Gets the user.</summary>
    public required ClaimsPrincipal User { get; init; }

    /// <summary>Gets the ID of the user.</summary>
    /// <value><c>null</c> if the user does not have an ID, which is possible only with <see cref="UploadOptions.AllowAnonymous"/>.</value>
    public string? UserId { get; init; }

    /// <summary>Gets the key under which the file is stored.</summary>
    public required string Key { get; init; }

    /// <summary>Gets the name of the file, without characters that are not allowed in file names.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the size of the stored file, in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Gets the media type, such as <c>image/png</c>.</summary>
    public required string ContentType { get; init; }

    /// <summary>Gets the ETag of the stored file, as the store returned it.</summary>
    /// <value><c>null</c> if the store does not return an ETag.</value>
    public string? ETag { get; init; }
}
