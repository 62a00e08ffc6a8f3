namespace PresignKit;

/// <summary>
/// What a policy says of its form. The one place that decides what is in it: every field and condition passes through here and is checked. Conditions are written as JSON as they come.
/// </summary>
internal sealed class PostForm : IDisposable
{
    /// <summary>The caller's parameter that a refusal names.</summary>
    public const string Policy = "policy";

    // Key, one more, and six of the signature; a list grows where it has to.
    private const int UsualCount = 8;

    private ByteBuffer _conditions = new(1024);

    /// <summary>The fields, in order.</summary>
    public List<KeyValuePair<string, string>> Fields { get; } = new(UsualCount);

    /// <summary>Those of the conditions that are for the page.</summary>
    public List<PostCondition> FieldsToAdd { get; } = [];

    /// <summary>The conditions of the policy as JSON, the size excepted.</summary>
    public ReadOnlySpan<byte> Conditions => _conditions.Written;

    /// <summary>The size that the policy allows, in bytes.</summary>
    public (long Min, long Max)? ContentLength { get; set; }

    /// <summary>Whether the field is there, or asked for.</summary>
    public bool Has(string name)
    {
        // A form has few fields: to look at each is faster than a set of their names.
        foreach (KeyValuePair<string, string> field in Fields)
        {
            if (field.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        foreach (PostCondition condition in FieldsToAdd)
        {
            if (condition.Field.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

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
        Fields.Add(new KeyValuePair<string, string>(name, value));
        if (!PostFieldRules.IsIgnored(name))
        {
            RequireUnchecked(name, value);
        }
    }

    /// <summary>Adds a field of which the condition has the start alone: a key with the file's name.</summary>
    public void AddUncheckedPrefix(string name, string start, string end)
    {
        Fields.Add(new KeyValuePair<string, string>(name, start + end));
        PolicyDocument.AppendCondition(ref _conditions, name, start, isPrefix: true);
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
        FieldsToAdd.Add(condition);
        PolicyDocument.AppendCondition(ref _conditions, condition.Field, condition.Value, condition.IsPrefix);
    }

    /// <summary>Adds a condition of the presigner's own on what is no field, or was added before.</summary>
    public void RequireUnchecked(string name, string value) => PolicyDocument.AppendCondition(ref _conditions, name, value, isPrefix: false);

    /// <summary>Adds the policy's text and the signature, which have no conditions.</summary>
    public void Finish(string policy, string signature)
    {
        Fields.Add(new KeyValuePair<string, string>("policy", policy));
        Fields.Add(new KeyValuePair<string, string>("x-amz-signature", signature));
    }

    /// <summary>Refuses a policy whose properties contradict each other.</summary>
    /// <exception cref="ArgumentException">They do; the message says so, and what to write instead.</exception>
    public static void RefuseIf(bool isContradiction, string problem) => ThrowIf(isContradiction ? problem : null);

    /// <summary>The refusal of a policy, for a message made of the policy's texts. Call it where it is thrown only: a good form builds no message.</summary>
    public static ArgumentException Refusal(string problem, string paramName = Policy) => new(problem, paramName);

    public void Dispose() => _conditions.Dispose();

    private string? FindSecond(string name) => !Has(name)
        ? null
        : $"The field '{name}' is given twice, as a value or as a condition. Give it once: a value (a property of the policy may have set it) implies its condition, and one condition is enough.";

    private static void ThrowIf(string? problem)
    {
        if (problem is not null)
        {
            throw Refusal(problem);
        }
    }
}
