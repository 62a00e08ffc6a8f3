using System.Diagnostics;

namespace PresignKit;

/// <summary>
/// What a field must be that the page, and not the policy, fills in: the store refuses the form otherwise. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// A field whose value is known already needs no condition: <see cref="PostPolicy.Fields"/> and the other properties of <see cref="PostPolicy"/> imply theirs.
/// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html">POST policy</see>.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record PostCondition
{
    private PostCondition(string field, string value, bool isPrefix)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(value);
        Field = field;
        Value = value;
        IsPrefix = isPrefix;
    }

    /// <summary>The name of the field, like <c>x-amz-meta-title</c>.</summary>
    public string Field { get; }

    /// <summary>What the field must be, or begin with.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Value { get; }

    /// <summary>Whether the field only has to begin with <see cref="Value"/>; <c>false</c> where it must be equal to it.</summary>
    public bool IsPrefix { get; }

    /// <summary>The field must be there, with this very value (<c>eq</c>).</summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    public static PostCondition Equal(string field, string value) => new(field, value, isPrefix: false);

    /// <summary>The field must begin with a text (<c>starts-with</c>).</summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="prefix">The text. An empty one allows any value, and on Ceph a form without the field, too.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    public static PostCondition StartsWith(string field, string prefix) => new(field, prefix, isPrefix: true);

    /// <summary>The condition in words, without the value where the field holds an encryption key.</summary>
    public override string ToString() => IsPrefix && Value.Length == 0
        ? $"'{Printable.Text(Field)}' with any value"
        : $"'{Printable.Text(Field)}' {(IsPrefix ? "beginning with" : "equal to")} '{Shown(Value)}'";

    /// <summary>A value of the field as messages show it: a key of a customer's is masked.</summary>
    internal string Shown(string value) => Field.StartsWith(SseCustomerKey.Prefix, StringComparison.OrdinalIgnoreCase) ? "***" : Printable.Text(value);

    internal bool IsMetBy(string value) => IsPrefix ? value.StartsWith(Value, StringComparison.Ordinal) : value == Value;
}
