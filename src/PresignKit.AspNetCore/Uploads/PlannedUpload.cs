using System.Security.Claims;

namespace PresignKit.AspNetCore;

/// <summary>An upload that a user wants to start.</summary>
/// <remarks>The properties can be set so that tests can call <see cref="UploadOptions.AllowUpload"/>.</remarks>
public sealed class PlannedUpload
{
    /// <summary>Gets the user.</summary>
    public required ClaimsPrincipal User { get; init; }

    /// <summary>Gets the ID of the user.</summary>
    /// <value><c>null</c> if the user does not have an ID, which is possible only with <see cref="UploadOptions.AllowAnonymous"/>.</value>
    public string? UserId { get; init; }

    /// <summary>Gets the key under which the file will be stored.</summary>
    public required string Key { get; init; }

    /// <summary>Gets the name of the file, without characters that are not allowed in file names.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the media type, such as <c>image/png</c>.</summary>
    public required string ContentType { get; init; }

    /// <summary>Gets the exact size of the file, in bytes.</summary>
    /// <value><c>null</c> if the size is not known, which is the case for uploads from Uppy.</value>
    public long? Size { get; init; }

    /// <summary>Gets the maximum size that the store or <c>done</c> accepts for this upload, in bytes.</summary>
    /// <value>The value of <see cref="Size"/> if it is known; otherwise, <see cref="UploadOptions.MaxBytes"/>.</value>
    public required long MaxBytes { get; init; }
}
