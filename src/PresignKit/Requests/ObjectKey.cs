using System.Diagnostics.CodeAnalysis;

namespace PresignKit;

/// <summary>The rules for object keys.</summary>
/// <remarks>A key is either rejected or signed unchanged. Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">Naming Amazon S3
/// objects</see>.</remarks>
public static class ObjectKey
{
    /// <summary>The maximum length of a key, in UTF-8 bytes.</summary>
    internal const int MaxBytes = 1024;

    /// <summary>Determines whether a key can be used in a presigned URL.</summary>
    /// <param name="key">The key, not encoded.</param>
    /// <param name="problem">A description of the problem and its remedy, or <c>null</c> if the key is valid. The description quotes at most 100 characters of the
    /// key.</param>
    /// <returns>
    /// <c>false</c> if the key is <c>null</c> or empty, has <c>.</c> or <c>..</c> as a path segment, contains a NUL character or a lone surrogate, or exceeds 1,024 bytes in
    /// UTF-8; otherwise, <c>true</c>.
    /// </returns>
    /// <remarks>
    /// Use this method to validate keys that users provide. Operations throw an <see cref="ArgumentException"/> for invalid keys. A valid key can refer to any
    /// object in the bucket, so the application must limit which objects a user can access, for example with a separate prefix for each user.
    /// </remarks>
    /// <example><code>
    /// string key = $"users/{user.Id}/{name}";
    /// return ObjectKey.IsValid(key, out string? problem)
    ///     ? Results.Ok(presigner.Presign(new GetObject(key)))
    ///     : Results.Problem(problem, statusCode: 400);
    /// </code></example>
    public static bool IsValid([NotNullWhen(true)] string? key, [NotNullWhen(false)] out string? problem)
    {
        problem = FindProblem(key);
        return problem is null;
    }

    /// <summary>Returns the key if it can be used in a presigned URL.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> is not valid.</exception>
    internal static string Require(string key, string paramName) => Require(key, FindProblem(key), paramName);

    /// <summary>Returns the key if it can be sent in a header, where path segments such as <c>..</c> are harmless.</summary>
    /// <inheritdoc cref="Require(string, string)" path="/exception"/>
    internal static string RequireForHeader(string key, string paramName) => Require(key, FindProblemInStore(key), paramName);

    /// <summary>Describes why the key cannot be used in a presigned URL, or returns <c>null</c> if it can.</summary>
    internal static string? FindProblem(string? key) => FindProblemInStore(key) ?? FindProblemInUrl(key!);

    private static string Require(string key, string? problem, string paramName)
    {
        if (key is null)
        {
            throw new ArgumentNullException(paramName);
        }

        return problem is null ? key : throw new ArgumentException(problem, paramName);
    }

    /// <summary>Describes why a store rejects the key, or returns <c>null</c> if stores accept it.</summary>
    internal static string? FindProblemInStore(string? key)
    {
        if (key is not { Length: > 0 })
        {
            return "The key is empty, so the URL would address the bucket itself, and a DELETE request would delete the bucket. Specify the key of an object, or use S3BucketRequest for a request to the bucket.";
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
