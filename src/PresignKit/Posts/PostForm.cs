namespace PresignKit;

/// <summary>
/// What a policy says of its form. The one place that decides what is in it: every field and condition passes through here and is checked.
/// </summary>
internal sealed class PostForm
{
    /// <summary>The caller's parameter that a refusal names.</summary>
    public const string Policy = "policy";

    private readonly List<KeyValuePair<string, string>> _fields = [];
    private readonly List<PostCondition> _conditions = [];
    private readonly List<PostCondition> _fieldsToAdd = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The fields, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields => _fields;

    /// <summary>The conditions of the policy, the size excepted.</summary>
    public IReadOnlyList<PostCondition> Conditions => _conditions;

    /// <summary>Those of the conditions that are for the page.</summary>
    public IReadOnlyList<PostCondition> FieldsToAdd => _fieldsToAdd;

    /// <summary>The size that the policy allows, in bytes.</summary>
    public (long Min, long Max)? ContentLength { get; set; }

    /// <summary>Whether the caller has given the field, or asked for it.</summary>
    public bool Has(string name) => _names.Contains(name);

    /// <summary>Adds a field with the condition that it implies.</summary>
    public void Add(string name, string value)
    {
        ThrowIf(PostFieldRules.FindProblem(name, value) ?? FindSecond(name));
        AddUnchecked(name, value);
    }

    /// <summary>Adds a field where it has a value.</summary>
    public void AddOptional(string name, string? value)
    {
        if (value is not null)
        {
            Add(name, value);
        }
    }

    /// <summary>Adds a field of the presigner's own.</summary>
    public void AddUnchecked(string name, string value)
    {
        _fields.Add(new KeyValuePair<string, string>(name, value));
        if (!PostFieldRules.IsIgnored(name))
        {
            _conditions.Add(PostCondition.Equal(name, value));
        }
    }

    /// <summary>Adds a field for which a text of the value is the condition, as a key with the file's name has it.</summary>
    public void AddUnchecked(string name, string value, PostCondition condition)
    {
        _fields.Add(new KeyValuePair<string, string>(name, value));
        _conditions.Add(condition);
    }

    /// <summary>Adds a condition on a field that the page fills in.</summary>
    public void Ask(PostCondition condition)
    {
        ThrowIf(PostFieldRules.FindProblem(condition) ?? FindSecond(condition.Field));
        AskUnchecked(condition);
    }

    /// <summary>Adds a condition of the presigner's own on a field that the page fills in.</summary>
    public void AskUnchecked(PostCondition condition)
    {
        _conditions.Add(condition);
        _fieldsToAdd.Add(condition);
    }

    /// <summary>Adds a condition of the presigner's own on what is no field.</summary>
    public void RequireUnchecked(PostCondition condition) => _conditions.Add(condition);

    /// <summary>Adds the policy's text and the signature, which have no conditions.</summary>
    public void Finish(string policy, string signature)
    {
        _fields.Add(new KeyValuePair<string, string>("policy", policy));
        _fields.Add(new KeyValuePair<string, string>("x-amz-signature", signature));
    }

    /// <summary>Adds what is described as headers elsewhere.</summary>
    public void Add(Action<RequestDescription> describe)
    {
        RequestDescription headers = RequestDescription.Rent();
        try
        {
            headers.ParamName = Policy;
            describe(headers);
            foreach (KeyValuePair<string, string> header in headers.Headers)
            {
                Add(header.Key, header.Value);
            }
        }
        finally
        {
            headers.Return();
        }
    }

    /// <summary>Refuses a policy whose properties contradict each other.</summary>
    /// <exception cref="ArgumentException">They do; the message says so, and what to write instead.</exception>
    public static void RefuseIf(bool isContradiction, string problem) => ThrowIf(isContradiction ? problem : null);

    private string? FindSecond(string name) => _names.Add(name)
        ? null
        : $"The field '{name}' is given twice, as a value or as a condition. Give it once: a value (a property of the policy may have set it) implies its condition, and one condition is enough.";

    private static void ThrowIf(string? problem, string paramName = Policy)
    {
        if (problem is not null)
        {
            throw new ArgumentException(problem, paramName);
        }
    }
}
