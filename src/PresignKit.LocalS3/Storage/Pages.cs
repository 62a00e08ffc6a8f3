namespace PresignKit.LocalS3.Storage;

/// <summary>A page of a listing of objects.</summary>
/// <param name="Objects">The objects, in the order of their keys. No references are added for the caller, so the caller must not read their contents.</param>
/// <param name="CommonPrefixes">The common prefixes, in order.</param>
/// <param name="IsTruncated">Whether more objects or common prefixes follow.</param>
/// <param name="NextStartAfter">The position from which to continue, or <c>null</c> if the page is not truncated. It is valid even if the key is deleted.</param>
internal sealed record ObjectPage(IReadOnlyList<StoredObject> Objects, IReadOnlyList<string> CommonPrefixes, bool IsTruncated, string? NextStartAfter);

/// <summary>A page of a listing of multipart uploads.</summary>
internal sealed record UploadPage(
    IReadOnlyList<MultipartUpload> Uploads, IReadOnlyList<string> CommonPrefixes, bool IsTruncated, string? NextKeyMarker, string? NextUploadIdMarker);

/// <summary>A page of a listing of parts.</summary>
/// <param name="Parts">The parts in ascending order. No references are added for the caller, so the caller must not read their contents.</param>
/// <param name="IsTruncated">Whether more parts follow.</param>
/// <param name="NextPartNumberMarker">The number of the last part in the page, or the marker of the request if the page is empty.</param>
internal sealed record PartPage(IReadOnlyList<StoredPart> Parts, bool IsTruncated, int NextPartNumberMarker);
