namespace DirectUpload;

/// <summary>What users can upload. The page shows these rules, and the upload endpoints enforce them.</summary>
internal static class UploadRules
{
    public const long MaxBytes = 1L << 30;

    // S3 requires at least 5 MiB for each part except the last one.
    public const int PartBytes = 8 << 20;

    public const long MultipartThreshold = 16 << 20;

    /// <summary>Gets the allowed types. HTML and SVG are missing, because they can contain scripts.</summary>
    /// <remarks>Browsers on Windows report ZIP files as application/x-zip-compressed.</remarks>
    public static IReadOnlyCollection<string> ContentTypes { get; } =
        ["image/jpeg", "image/png", "image/gif", "image/webp", "application/pdf", "text/plain", "video/mp4", "application/zip", "application/x-zip-compressed"];
}
