using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PresignKit;

/// <summary>A condition in the policy of a received POST form: on a field, on the bucket, or on the size of the file.</summary>
internal sealed class PolicyCondition
{
    private const string SizeRange = "content-length-range";

    // The condition on a field, or null for a size range or for a name that does not start with '$', which never refers to a field.
    private readonly PostCondition? _condition;

    private readonly string _first;
    private readonly string _second;
    private readonly long? _min;
    private readonly long? _max;

    private PolicyCondition(string variable, string value, bool isPrefix)
    {
        bool isField = variable.Length > 0 && variable[0] == '$';
        string name = isField ? variable[1..] : variable;
        _condition = !isField ? null : isPrefix ? PostCondition.StartsWith(name, value) : PostCondition.ExactMatch(name, value);
        Field = name;
        Operator = isPrefix ? "starts-with" : "eq";
        _first = Quote(variable);
        _second = Quote(PostCondition.IsSecret(name) ? "***" : value);
    }

    private PolicyCondition(JsonElement min, JsonElement max)
    {
        Operator = SizeRange;
        (_first, _second) = (min.GetRawText(), max.GetRawText());
        (_min, _max) = (ReadSize(min), ReadSize(max));
    }

    /// <summary>Gets the name of the field, or <c>null</c> if the condition limits the size of the file.</summary>
    public string? Field { get; }

    private string Operator { get; }

    /// <summary>Reads a condition, or describes the problem with it.</summary>
    /// <param name="element">The condition: <c>{"acl": "private"}</c>, <c>["starts-with", "$key", "up/"]</c> or <c>["content-length-range", 1, 1000]</c>.</param>
    /// <param name="problem">The end of a sentence that describes the problem, or <c>null</c> if the condition was read.</param>
    public static PolicyCondition? Read(JsonElement element, out string? problem)
    {
        PolicyCondition? condition = null;
        problem = element.ValueKind switch
        {
            JsonValueKind.Object => ReadObject(element, out condition),
            JsonValueKind.Array => ReadArray(element, out condition),
            _ => "is neither an object nor a list.",
        };
        return condition;
    }

    /// <summary>Determines whether a field satisfies the condition.</summary>
    /// <param name="value">The value of the field, or <c>null</c> if the field was not sent.</param>
    /// <remarks>
    /// A missing field does not satisfy any condition. AWS rejects it even for a <c>starts-with</c> with an empty prefix ("Policy Condition failed: ["starts-with", "$utf8", ""]"),
    /// unlike Ceph.
    /// </remarks>
    public bool IsSatisfiedBy(string? value) => value is not null && _condition is not null && _condition.IsSatisfiedBy(value);

    /// <summary>Narrows the range of allowed sizes to the sizes that this condition allows.</summary>
    /// <param name="range">The sizes that the previous conditions allow, or <c>null</c> for any size.</param>
    /// <returns><c>false</c> if no size satisfies all conditions, or if a limit is not a number. AWS treats the latter as a failed condition, not as a malformed policy.</returns>
    public bool TryNarrow(ref ContentLengthRange? range)
    {
        if (_min is not { } min || _max is not { } max)
        {
            return false;
        }

        (min, max) = range is null ? (min, max) : (Math.Max(min, range.Min), Math.Min(max, range.Max));
        if (min > max)
        {
            return false;
        }

        range = new ContentLengthRange(min, max);
        return true;
    }

    /// <summary>Returns the condition as AWS quotes it, with secrets masked.</summary>
    public override string ToString() => $"[\"{Operator}\", {_first}, {_second}]";

    private static string? ReadObject(JsonElement element, out PolicyCondition? condition)
    {
        condition = null;
        JsonProperty[] properties = [.. element.EnumerateObject()];
        if (properties is not [JsonProperty property])
        {
            return "is an object that does not have exactly one property.";
        }

        if (property.Value.ValueKind != JsonValueKind.String)
        {
            return "has a value that is not a string.";
        }

        condition = new PolicyCondition("$" + property.Name, property.Value.GetString()!, isPrefix: false);
        return null;
    }

    private static string? ReadArray(JsonElement element, out PolicyCondition? condition)
    {
        condition = null;
        if (element.GetArrayLength() != 3 || element[0].ValueKind != JsonValueKind.String)
        {
            return "is a list that does not consist of a type and two other elements.";
        }

        string type = element[0].GetString()!;
        if (type == SizeRange)
        {
            condition = new PolicyCondition(element[1], element[2]);
            return null;
        }

        if (type is not ("eq" or "starts-with"))
        {
            return "does not have one of the types 'eq', 'starts-with' and 'content-length-range'.";
        }

        if (element[1].ValueKind != JsonValueKind.String || element[2].ValueKind != JsonValueKind.String)
        {
            return "has a name or a value that is not a string.";
        }

        condition = new PolicyCondition(element[1].GetString()!, element[2].GetString()!, isPrefix: type == "starts-with");
        return null;
    }

    private static long? ReadSize(JsonElement element)
    {
        string? digits = element.ValueKind switch
        {
            JsonValueKind.Number => element.GetRawText(),
            JsonValueKind.String => element.GetString(),
            _ => null,
        };
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long size) ? size : null;
    }

    private static string Quote(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";
}
