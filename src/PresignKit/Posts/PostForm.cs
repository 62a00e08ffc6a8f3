namespace PresignKit;

/// <summary>Collects and checks the fields and conditions of a form.</summary>
/// <remarks>Every field and condition passes through this class. Conditions are written as JSON immediately.</remarks>
internal sealed class PostForm : IDisposable
{
    /// <summary>The name of the caller's parameter, for use in exceptions.</summary>
    public const string ParamName = "policy";

    // Most forms contain the key, one other field, and up to six fields for the signature. The list grows if necessary.
    private const int UsualCount = 8;

    // In a larger form, duplicates are detected at the end, because comparing each new field with all others would take quadratic time.
    private const int MaxScanned = 16;

    private static readonly List<PostCondition> NoConditions = [];

    private ByteBuffer _conditions = new(1024);
    private List<PostCondition>? _fieldsToAdd;
    private Dictionary<string, PostCondition>? _forPage;

    /// <summary>Gets the fields in the order in which they are sent.</summary>
    public List<KeyValuePair<string, string>> Fields { get; } = new(UsualCount);

    /// <summary>Gets the conditions on fields that the page fills in.</summary>
    public IList<PostCondition> FieldsToAdd => _fieldsToAdd ?? (IList<PostCondition>)Array.Empty<PostCondition>();

    /// <summary>Gets the policy's conditions as JSON, except for the size limits.</summary>
    public ReadOnlySpan<byte> Conditions => _conditions.Written;

    public ContentLengthRange? ContentLength { get; set; }

    /// <summary>Determines whether the form contains the field or a condition on it.</summary>
    public bool Has(string name)
    {
        // A form has few fields, so a linear search is faster than a lookup in a set of names.
        foreach (KeyValuePair<string, string> field in Fields)
        {
            if (field.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        // The list is enumerated directly, because enumerating it through an interface would allocate.
        foreach (PostCondition condition in _fieldsToAdd ?? NoConditions)
        {
            if (condition.Field.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Checks and registers the policy's conditions before the fields are added.</summary>
    public void Announce(IReadOnlyList<PostCondition> conditions)
    {
        if (conditions.Count == 0)
        {
            return;
        }

        _forPage = new Dictionary<string, PostCondition>(StringComparer.OrdinalIgnoreCase);
        foreach (PostCondition condition in conditions)
        {
            ThrowIf(
                condition is null ? "One of the policy's Conditions is null. Remove it."
                : PostFieldRules.FindProblem(condition) ?? (_forPage.ContainsKey(condition.Field) ? Duplicate(condition.Field) : null));
            _forPage.Add(condition!.Field, condition);
        }
    }

    /// <summary>Adds a field together with the condition that it implies.</summary>
    /// <remarks>If a policy condition lets the page change the field, the value is only a default.</remarks>
    public void Add(string name, string value)
    {
        ThrowIf(PostFieldRules.FindProblem(name, value));
        PostCondition? condition = null;
        _ = _forPage?.TryGetValue(name, out condition);
        ThrowIf((Fields.Count <= MaxScanned && Has(name)) || condition is { IsPrefix: false } ? Duplicate(name) : null);
        if (condition is null)
        {
            AddUnchecked(name, value);
            return;
        }

        ThrowIf(condition.IsSatisfiedBy(value)
            ? null
            : $"The field '{name}' has the default value '{condition.Mask(value)}', but the policy requires {condition.Requirement}. Specify a value that satisfies the condition.");
        Fields.Add(new KeyValuePair<string, string>(name, value));
    }

    /// <summary>Adds a field if it has a value.</summary>
    public void AddOptional(string name, string? value)
    {
        if (value is not null)
        {
            Add(name, value);
        }
    }

    /// <summary>Adds a field that the presigner itself creates, together with the condition that it implies.</summary>
    public void AddUnchecked(string name, string value)
    {
        Fields.Add(new KeyValuePair<string, string>(name, value));
        if (!PostFieldRules.IsIgnored(name))
        {
            RequireUnchecked(name, value);
        }
    }

    /// <summary>Adds the <c>key</c> field with a placeholder for the file name, and a condition on the prefix before the placeholder.</summary>
    public void AddKeyWithFileName(string prefix, string? suffix)
    {
        Fields.Add(new KeyValuePair<string, string>("key", prefix + PostKey.FileName + suffix));
        PolicyDocument.AppendCondition(ref _conditions, "key", prefix, isPrefix: true);
    }

    /// <summary>Adds a condition on a field that the page fills in.</summary>
    /// <remarks>The condition is not checked, because <see cref="Announce"/> has already checked it or the presigner itself created it.</remarks>
    public void AddConditionUnchecked(PostCondition condition)
    {
        (_fieldsToAdd ??= []).Add(condition);
        PolicyDocument.AppendCondition(ref _conditions, condition.Field, condition.Value, condition.IsPrefix);
    }

    /// <summary>Adds a condition to the policy without adding a field.</summary>
    public void RequireUnchecked(string name, string value) => PolicyDocument.AppendCondition(ref _conditions, name, value, isPrefix: false);

    /// <summary>Throws an exception if a large form contains the same field twice.</summary>
    /// <remarks>The fields of a small form are compared when they are added.</remarks>
    public void ThrowIfRepeated()
    {
        if (Fields.Count > MaxScanned)
        {
            HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
            ThrowIf(Fields.Select(field => field.Key).FirstOrDefault(name => !names.Add(name)) is { } repeated ? Duplicate(repeated) : null);
        }
    }

    /// <summary>Adds the policy and the signature, which do not need conditions.</summary>
    public void Finish(string policy, string signature)
    {
        Fields.Add(new KeyValuePair<string, string>("policy", policy));
        Fields.Add(new KeyValuePair<string, string>("x-amz-signature", signature));
    }

    public static void ThrowIf(string? problem) => Argument.ThrowIf(problem, ParamName);

    public void Dispose() => _conditions.Dispose();

    private static string Duplicate(string name) =>
        $"The field '{name}' is specified twice: by a property of the policy, in Fields, or in Conditions. Specify it once; PresignKit adds the condition for each value.";
}
