namespace PresignKit;

/// <summary>The keys that a policy allows: one, those that begin with a text, or any (the empty text).</summary>
internal readonly record struct PostKey(string Text, bool IsExact)
{
    /// <summary>What the store puts the file's name in place of, in the field <c>key</c>.</summary>
    public const string FileName = "${filename}";

    public static PostKey Exact(string key, string paramName)
    {
        ThrowIf(FindProblem(ObjectKey.Require(key, paramName), isPrefix: false), paramName);
        return new PostKey(key, IsExact: true);
    }

    public static PostKey Folder(string prefix, string paramName)
    {
        ArgumentNullException.ThrowIfNull(prefix, paramName);
        ThrowIf(
            prefix.Length > 0 && prefix[^1] != '/'
                ? $"The prefix '{Printable.Text(prefix)}' does not end with '/': it would allow keys beside the folder, as 'user-4' allows 'user-42/photo.jpg'. Write '{Printable.Text(prefix)}/', or say it on purpose with ForKeyStartingWith."
                : null,
            paramName);
        return StartingWith(prefix, paramName);
    }

    public static PostKey StartingWith(string text, string paramName)
    {
        ArgumentNullException.ThrowIfNull(text, paramName);
        ThrowIf(text.Length == 0 ? "The text that keys begin with is empty, which allows every key of the bucket. Say it on purpose with PostPolicy.ForAnyKey." : null, paramName);

        // What follows the last slash is the start of a name, and may be a dot.
        _ = ObjectKey.Require(text.LastIndexOf('/') is >= 0 and int slash && text.Length > slash + 1 ? text + "x" : text, paramName);
        ThrowIf(FindProblem(text, isPrefix: true), paramName);
        return new PostKey(text, IsExact: false);
    }

    public override string ToString() => IsExact ? Printable.Text(Text) : Printable.Text(Text) + "*";

    private static string? FindProblem(string text, bool isPrefix)
    {
        if (text.Contains(FileName))
        {
            return $"The key '{Printable.Text(text)}' holds {FileName}, which the store replaces: no condition on the whole of it could be met. Use ForKeyPrefix or ForAnyKey, with UseFileName = true.";
        }

        if (PostFieldRules.FindProblemOfEdges(text, isPrefix) is { } problem)
        {
            return $"The key '{Printable.Text(text)}' {problem} Choose another one, or presign a PutObject for it.";
        }

        foreach (char c in text)
        {
            if (char.IsControl(c))
            {
                return $"The key '{Printable.Text(text)}' holds the control character U+{(int)c:X4}, which browsers change or leave out in a form. Presign a PutObject for it.";
            }
        }

        return null;
    }

    private static void ThrowIf(string? problem, string paramName)
    {
        if (problem is not null)
        {
            throw new ArgumentException(problem, paramName);
        }
    }
}
