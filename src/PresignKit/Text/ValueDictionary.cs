using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace PresignKit;

/// <summary>An immutable copy of a dictionary for use in record properties, with value equality that ignores the order of the entries.</summary>
/// <remarks>Names are compared ordinally and enumerated in the order of the original dictionary.</remarks>
internal sealed class ValueDictionary : IReadOnlyDictionary<string, string>, IEquatable<ValueDictionary>
{
    private readonly KeyValuePair<string, string>[] _entries;
    private readonly Dictionary<string, string> _values;

    private ValueDictionary(IReadOnlyDictionary<string, string> entries, string paramName)
    {
        _entries = [.. entries];
        _values = new Dictionary<string, string>(_entries.Length, StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> entry in _entries)
        {
            // A dictionary type that the caller implements can contain a null name.
            if (entry.Key is null)
            {
                throw new ArgumentException($"A name in {paramName} is null. Specify a name, or remove the entry.", paramName);
            }

            _values[entry.Key] = entry.Value;
        }
    }

    public int Count => _entries.Length;

    public IEnumerable<string> Keys => _entries.Select(entry => entry.Key);

    public IEnumerable<string> Values => _entries.Select(entry => entry.Value);

    public string this[string key] => _values[key];

    /// <summary>Returns a copy of the entries, or <c>null</c> if <paramref name="entries"/> is <c>null</c>.</summary>
    /// <exception cref="ArgumentException">A name is <c>null</c>.</exception>
    [return: NotNullIfNotNull(nameof(entries))]
    public static ValueDictionary? CopyOf(IReadOnlyDictionary<string, string>? entries, string paramName) => entries switch
    {
        null => null,
        ValueDictionary copy => copy,
        _ => new ValueDictionary(entries, paramName),
    };

    public ReadOnlySpan<KeyValuePair<string, string>> AsSpan() => _entries;

    public bool ContainsKey(string key) => _values.ContainsKey(key);

    public bool TryGetValue(string key, out string value) => _values.TryGetValue(key, out value!);

    public bool Equals(ValueDictionary? other) => other is not null && Count == other.Count
        && _values.All(entry => other._values.TryGetValue(entry.Key, out string? value) && value == entry.Value);

    public override bool Equals(object? obj) => Equals(obj as ValueDictionary);

    public override int GetHashCode()
    {
        int hash = Count;
        foreach (KeyValuePair<string, string> entry in _entries)
        {
            hash ^= StringComparer.Ordinal.GetHashCode(entry.Key) * 31 + (entry.Value?.GetHashCode() ?? 0);
        }

        return hash;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, string>>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
