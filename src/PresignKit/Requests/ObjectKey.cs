namespace PresignKit;

/// <summary>The rules for object keys. A key is either rejected or signed exactly as it is.</summary>
internal static class ObjectKey
{
    public const int MaxBytes = 1024;

    /// <summary>Returns the key if it can be presigned.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> cannot be presigned.</exception>
    public static string Require(string key, string paramName) => Require(key, FindProblem(key), paramName);

    /// <summary>Returns the key if it can be sent in a header, where path segments like <c>..</c> are harmless.</summary>
    /// <inheritdoc cref="Require(string, string)" path="/exception"/>
    public static string RequireForHeader(string key, string paramName) => Require(key, FindProblemInStore(key), paramName);

    /// <summary>Returns why the key cannot be presigned, or <c>null</c>.</summary>
    public static string? FindProblem(string key) => FindProblemInStore(key) ?? FindProblemInUrl(key);

    private static string Require(string key, string? problem, string paramName)
    {
        if (key is null)
        {
            throw new ArgumentNullException(paramName);
        }

        return problem is null ? key : throw new ArgumentException(problem, paramName);
    }

    private static string? FindProblemInStore(string key)
    {
        if (key is not { Length: > 0 })
        {
            return "The key is empty, which would address the whole bucket, and a signed DELETE would delete it. Specify the key of an object, or use S3BucketRequest for a request to the bucket.";
        }

        int bytes = Utf8.CountBytes(key.AsSpan());
        if (bytes < 0)
        {
            return $"The key '{Printable.Text(key)}' contains a lone surrogate (half of a UTF-16 pair), which cannot be encoded as UTF-8. Correct the text, which may have been cut in the middle of a character.";
        }

        if (bytes > MaxBytes)
        {
            return $"The key '{Printable.Text(key)}' has {bytes} bytes in UTF-8, but S3 accepts at most {MaxBytes}. Shorten it.";
        }

        if (key.Contains('\0'))
        {
            return $"The key '{Printable.Text(key)}' contains a NUL character, which stores reject. Remove it.";
        }

        return null;
    }

    private static string? FindProblemInUrl(string key) =>
        key is not null && DotSegments.Contains(key)
            ? $"The key '{Printable.Text(key)}' has '.' or '..' as a path segment, so browsers, curl and System.Uri would request a different object. Rename the object (CopyObject accepts such a key as its source)."
            : null;
}
