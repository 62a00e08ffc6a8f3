using System.Collections;

namespace PresignKit;

/// <summary>An immutable copy of a collection for use in record properties, with value equality that depends on the order of the items.</summary>
/// <remarks>The library iterates over <see cref="AsSpan"/>, because enumerating through an interface allocates. All empty lists share one instance.</remarks>
internal sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    public static readonly ValueList<T> Empty = new([]);

    private readonly T[] _items;

    private ValueList(T[] items) => _items = items;

    public int Count => _items.Length;

    public T this[int index] => _items[index];

    public static ValueList<T> CopyOf(IEnumerable<T> items, string paramName)
    {
        if (items is null)
        {
            throw new ArgumentNullException(paramName, $"{paramName} is null. Use an empty collection instead, such as [].");
        }

        if (items is ValueList<T> list)
        {
            return list;
        }

        T[] copy = [.. items];
        return copy.Length == 0 ? Empty : new ValueList<T>(copy);
    }

    public ReadOnlySpan<T> AsSpan() => _items;

    public bool Equals(ValueList<T>? other) => other is not null && (ReferenceEquals(this, other) || _items.SequenceEqual(other._items));

    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    public override int GetHashCode()
    {
        int hash = _items.Length;
        foreach (T item in _items)
        {
            hash = hash * 31 + (item?.GetHashCode() ?? 0);
        }

        return hash;
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
