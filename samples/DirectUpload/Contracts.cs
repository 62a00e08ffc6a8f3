namespace DirectUpload;

/// <summary>The data that the page loads when it starts.</summary>
/// <param name="UserId">The ID of the user, which separates the unfinished uploads that the browser remembers.</param>
/// <param name="UserName">The name of the user.</param>
/// <param name="Store">The origin of the store.</param>
/// <param name="IsLocal">Whether the store is LocalS3, so that the page can move the clock.</param>
/// <param name="Now">The time of the server's clock.</param>
/// <param name="MaxBytes">The maximum size of a file.</param>
/// <param name="ContentTypes">The allowed types.</param>
internal sealed record Session(string UserId, string UserName, string Store, bool IsLocal, DateTimeOffset Now, long MaxBytes, IReadOnlyCollection<string> ContentTypes);

/// <summary>One of the user's files.</summary>
internal sealed record StoredFile(string Key, string Name, long Size, DateTimeOffset LastModified);

/// <summary>The user's files, the newest one first.</summary>
internal sealed record FileList(IReadOnlyList<StoredFile> Files, bool IsTruncated);

/// <summary>A link that works until it expires.</summary>
internal sealed record FileLink(string Url, DateTimeOffset ExpiresAt);

internal sealed record ClockRequest(DateTimeOffset Until);

internal sealed record ClockTime(DateTimeOffset Now);
