using System.Diagnostics;

namespace PresignKit;

/// <summary>A condition on a form field that the page fills in.</summary>
/// <remarks>
/// The store rejects the form if the field does not satisfy the condition. Instances are immutable and thread-safe.
/// A field with a known value does not need an explicit condition, because <see cref="PostPolicy.Fields"/> and the other properties of <see cref="PostPolicy"/> imply one.
/// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html">POST policy</see>.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record PostCondition
{
    private PostCondition(string field, string value, bool isPrefix)
    {
        Field = field;
        Value = value;
        IsPrefix = isPrefix;
    }

    /// <summary>Gets the name of the field, such as <c>x-amz-meta-title</c>.</summary>
    public string Field { get; }

    /// <summary>Gets the required value, or the required prefix of the value if <see cref="IsPrefix"/> is <c>true</c>.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Value { get; }

    /// <summary>Gets a value that indicates whether the field must start with <see cref="Value"/> rather than be equal to it.</summary>
    public bool IsPrefix { get; }

    /// <summary>Creates a condition that requires a field to have the specified value (<c>eq</c>).</summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="value">The value, which is compared case-sensitively.</param>
    /// <returns>A condition that allows only <paramref name="value"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    public static PostCondition ExactMatch(string field, string value)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(value);
        return new PostCondition(field, value, isPrefix: false);
    }

    /// <summary>Creates a condition that requires the value of a field to start with the specified prefix (<c>starts-with</c>).</summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="prefix">The prefix, which is compared case-sensitively. An empty string allows any value. On Ceph, it also allows a form without the field.</param>
    /// <returns>A condition that allows every value that starts with <paramref name="prefix"/>.</returns>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    public static PostCondition StartsWith(string field, string prefix)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(prefix);
        return new PostCondition(field, prefix, isPrefix: true);
    }

    /// <summary>Returns a description of the condition, with encryption keys masked.</summary>
    public override string ToString() => IsPrefix && Value.Length == 0
        ? $"'{Printable.Text(Field)}' has any value"
        : $"'{Printable.Text(Field)}' {(IsPrefix ? "starts with" : "is equal to")} '{Mask(Value)}'";

    /// <summary>Gets the words that follow "requires" in a message, with encryption keys masked.</summary>
    internal string Requirement => IsPrefix && Value.Length == 0
        ? $"the field '{Printable.Text(Field)}' (with any value)"
        : $"that '{Printable.Text(Field)}' {(IsPrefix ? "start with" : "be equal to")} '{Mask(Value)}'";

    /// <summary>Formats a value of this field for a message, with customer-provided encryption keys masked.</summary>
    internal string Mask(string value) => Mask(Field, value);

    internal static string Mask(string field, string value) => IsSecret(field) ? "***" : Printable.Text(value);

    /// <summary>Determines whether the value of a field is masked in messages.</summary>
    internal static bool IsSecret(string field) =>
        field.StartsWith(SseCustomerKey.Prefix, StringComparison.OrdinalIgnoreCase) || field.Equals("x-amz-security-token", StringComparison.OrdinalIgnoreCase);

    // AWS reads a content type with commas as a list, each of whose values must start with the prefix. A comma in a different field is an ordinary character.
    // Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html#sigv4-ConditionMatching
    internal bool IsSatisfiedBy(string value) =>
        !IsPrefix ? value == Value
        : Field.Equals("content-type", StringComparison.OrdinalIgnoreCase) ? Array.TrueForAll(value.Split(','), one => one.StartsWith(Value, StringComparison.Ordinal))
        : value.StartsWith(Value, StringComparison.Ordinal);
}
