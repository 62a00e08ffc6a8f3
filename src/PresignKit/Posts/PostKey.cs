using System.Diagnostics;

namespace PresignKit;

/// <summary>The keys that a POST form can create: one key, the keys in a folder, the keys that start with a prefix, or any key.</summary>
/// <remarks>Two instances are equal if they allow the same keys. For example, <c>Prefix("photos/")</c> is equal to <c>StartingWith("photos/")</c>. Instances are immutable and
/// thread-safe.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record PostKey
{
    /// <summary>The placeholder in the <c>key</c> field that the store replaces with the name of the uploaded file.</summary>
    internal const string FileName = "${filename}";

    private PostKey(string text, bool isExact)
    {
        Text = text;
        IsExact = isExact;
    }

    /// <summary>Gets an instance that allows every key in the bucket.</summary>
    /// <remarks>This includes the keys of existing objects, so anyone who has the form can overwrite those objects.</remarks>
    public static PostKey Any { get; } = new("", isExact: false);

    /// <summary>Gets the allowed key or, if <see cref="IsExact"/> is <c>false</c>, the prefix of the allowed keys.</summary>
    internal string Text { get; }

    internal bool IsExact { get; }

    /// <summary>Creates an instance that allows a single key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>An instance that allows only <paramref name="key"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">
    /// <para><paramref name="key"/> cannot be presigned (see <see cref="S3ObjectOperation.Key"/>).</para>
    /// <para><paramref name="key"/> cannot be sent in a form: it contains <c>${filename}</c> or a control character, or it starts or ends with white space.</para>
    /// </exception>
    public static PostKey Exact(string key)
    {
        Argument.ThrowIf(FindProblem(ObjectKey.Require(key, nameof(key)), isPrefix: false), nameof(key));
        return new PostKey(key, isExact: true);
    }

    /// <summary>Creates an instance that allows the keys in a folder.</summary>
    /// <param name="prefix">The folder, which must end with <c>/</c>, such as <c>user-42/</c>.</param>
    /// <returns>An instance that allows every key that starts with <paramref name="prefix"/>.</returns>
    /// <remarks>The page specifies the rest of the key unless <see cref="PostPolicy.UseFileName"/> is set.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="prefix"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="prefix"/> is empty, does not end with <c>/</c>, is not a valid key prefix (see <see cref="Exact"/>), or starts
    /// with <c>$</c>. Ceph would read a prefix that starts with <c>$</c> as the name of a field and would then allow any key.</exception>
    public static PostKey Prefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        Argument.ThrowIf(
            prefix.Length > 0 && prefix[^1] != '/'
                ? $"The prefix '{Printable.Text(prefix)}' does not end with '/', so it would also allow keys outside the folder, as 'user-4' allows 'user-42/photo.jpg'. Use '{Printable.Text(prefix)}/', or PostKey.StartingWith if that is intended."
                : null,
            nameof(prefix));
        return StartingWith(prefix, nameof(prefix));
    }

    /// <summary>Creates an instance that allows all keys with the specified prefix.</summary>
    /// <param name="text">The prefix, which can end in the middle of a name, such as <c>photo-</c>.</param>
    /// <returns>An instance that allows every key that starts with <paramref name="text"/>.</returns>
    /// <remarks>For a folder, use <see cref="Prefix"/>, which rejects a prefix that does not end with <c>/</c>.
    /// Without the <c>/</c>, the prefix <c>user-4</c> would also allow <c>user-42/photo.jpg</c>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="text"/> is empty, is not a valid key prefix (see <see cref="Exact"/>), or starts with <c>$</c>. Ceph would read
    /// a prefix that starts with <c>$</c> as the name of a field and would then allow any key.</exception>
    public static PostKey StartingWith(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return StartingWith(text, nameof(text));
    }

    /// <summary>Returns the allowed key, or the prefix of the allowed keys followed by <c>*</c>.</summary>
    public override string ToString() => Printable.Text(Text) + (IsExact ? "" : "*");

    private static PostKey StartingWith(string text, string paramName)
    {
        Argument.ThrowIf(text.Length == 0 ? "The key prefix is empty, which would allow every key in the bucket. Use PostKey.Any if that is intended." : null, paramName);

        // The characters after the last slash are only the start of a segment, so the prefix "a/." is valid even though the key "a/." is not.
        _ = ObjectKey.Require(text.LastIndexOf('/') is >= 0 and int slash && text.Length > slash + 1 ? text + "x" : text, paramName);
        Argument.ThrowIf(FindProblem(text, isPrefix: true), paramName);
        return new PostKey(text, isExact: false);
    }

    /// <summary>Returns a description of the problem with a key, or <c>null</c> if a form can create the key.</summary>
    internal static string? FindProblem(string key) => ObjectKey.FindProblem(key) ?? FindProblem(key, isPrefix: false);

    private static string? FindProblem(string text, bool isPrefix)
    {
        if (text.Contains(FileName))
        {
            return $"The key '{Printable.Text(text)}' contains {FileName}, which the store replaces with the name of the file, so no upload could satisfy the policy. Use PostKey.Prefix or PostKey.Any, and set UseFileName to true (FileNameSuffix for text after the name).";
        }

        if (PostFieldRules.FindProblemOfEdges(text, isPrefix) is { } problem)
        {
            return $"The key '{Printable.Text(text)}' {problem} Use a different key, or presign a PutObject instead.";
        }

        foreach (char c in text)
        {
            if (char.IsControl(c))
            {
                return $"The key '{Printable.Text(text)}' contains the control character U+{(int)c:X4}, which browsers change or drop in form fields. Use a different key, or presign a PutObject instead.";
            }
        }

        return null;
    }
}
