namespace PresignKit;

/// <summary>The rules for object keys. A key is exact: it is refused, or it is signed as it stands.</summary>
internal static class ObjectKey
{
    public const int MaxBytes = 1024;

    /// <summary>The key itself, where it can be presigned.</summary>
    /// <exception cref="ArgumentNullException">It is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">It cannot be presigned; the message says why.</exception>
    public static string Require(string key, string paramName) => Require(key, FindProblem(key) ?? FindProblemInUrl(key), paramName);

    /// <summary>The key itself, where it can stand in a header: dot segments harm in a URL only.</summary>
    /// <inheritdoc cref="Require(string, string)" path="/exception"/>
    public static string RequireForHeader(string key, string paramName) => Require(key, FindProblem(key), paramName);

    private static string Require(string key, string? problem, string paramName)
    {
        if (key is null)
        {
            throw new ArgumentNullException(paramName);
        }

        return problem is null ? key : throw new ArgumentException(problem, paramName);
    }

    private static string? FindProblem(string key)
    {
        if (key is not { Length: > 0 })
        {
            return "The key is empty: a request without a key is one for the whole bucket, and a signed DELETE would remove it. Name the object's key; for the bucket itself, use S3Request.ForBucket.";
        }

        int bytes = Utf8.CountBytes(key.AsSpan());
        if (bytes < 0)
        {
            return $"The key '{Printable.Text(key)}' holds a lone surrogate (half of a UTF-16 pair), which has no UTF-8 form; two keys would become one. Repair the text: it was cut in the middle of a character.";
        }

        if (bytes > MaxBytes)
        {
            return $"The key '{Printable.Text(key)}' has {bytes} bytes in UTF-8; S3 takes {MaxBytes} at most. Shorten it.";
        }

        if (key.Contains('\0'))
        {
            return $"The key '{Printable.Text(key)}' holds a NUL character, which stores refuse. Remove it.";
        }

        return null;
    }

    private static string? FindProblemInUrl(string key) =>
        key is not null && DotSegments.Contains(key)
            ? $"The key '{Printable.Text(key)}' has '.' or '..' as one of its parts between slashes. Browsers, curl and System.Uri shorten such a URL to that of another object. Rename the object (CopyObject takes such a key as its source)."
            : null;
}
