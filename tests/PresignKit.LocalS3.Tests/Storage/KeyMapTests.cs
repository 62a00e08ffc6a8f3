using System.Text;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3.Tests.Storage;

public class KeyMapTests
{
    // Letters, separators, and characters around the surrogates, whose order differs between UTF-16 and UTF-8.
    private static readonly string[] Alphabet = ["a", "b", "/", "-", "é", "\uD7FF", "\uE000", "\uFFFD", "\U00010000", "\U0001F600", "\U0010FFFF"];

    [Theory]
    [InlineData("", "a")]
    [InlineData("a", "aa")]
    [InlineData("a", "b")]
    [InlineData("\uD7FF", "\uE000")]
    [InlineData("\uFFFD", "\U0001F600")]
    [InlineData("x\uE000", "x\U00010000")]
    [InlineData("\U0001F600", "\U0001F601")]
    public void Compare_Utf8Order_OrdersTheFirstBeforeTheSecond(string first, string second)
    {
        Utf8Order.Compare(first, second).Should().BeNegative();
        Utf8Order.Compare(second, first).Should().BePositive();
        Utf8Order.Compare(first, first).Should().Be(0);
    }

    [Fact]
    public void Compare_RandomTexts_EqualsTheOrderOfTheUtf8Bytes()
    {
        Random random = new(1);
        for (int round = 0; round < 20_000; round++)
        {
            string left = RandomKey(random);
            string right = RandomKey(random);

            int expected = Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));

            Math.Sign(Utf8Order.Compare(left, right)).Should().Be(Math.Sign(expected), "'{0}' and '{1}' are compared", left, right);
        }
    }

    [Fact]
    public void SetAndRemove_RandomOperations_EqualSortedDictionary()
    {
        Random random = new(2);
        KeyMap<int> map = new();
        SortedDictionary<string, int> reference = new(Utf8Order.Comparer);
        for (int i = 0; i < 60_000; i++)
        {
            string key = RandomKey(random);

            // The map grows to thousands of keys, then shrinks, so that blocks are split, merged and removed.
            if (random.Next(10) < (i < 30_000 ? 8 : 1))
            {
                bool replaced = map.Set(key, i, out int previous);
                replaced.Should().Be(reference.TryGetValue(key, out int expected));
                previous.Should().Be(expected);
                reference[key] = i;
            }
            else
            {
                map.Remove(key, out int removed).Should().Be(reference.Remove(key, out int expected));
                removed.Should().Be(expected);
            }

            if (i % 5000 == 0)
            {
                Entries(map).Should().Equal(reference.Select(pair => (pair.Key, pair.Value)));
            }
        }

        map.Count.Should().Be(reference.Count);
        Entries(map).Should().Equal(reference.Select(pair => (pair.Key, pair.Value)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Set_SortedKeys_KeepsTheOrder(bool descending)
    {
        string[] keys = [.. Enumerable.Range(0, 5000).Select(i => $"{i:D5}")];
        KeyMap<int> map = new();

        foreach (string key in descending ? keys.Reverse() : keys)
        {
            map.Set(key, 0, out _);
        }

        Entries(map).Select(entry => entry.Key).Should().Equal(keys);
        Array.TrueForAll(keys, key => map.TryGetValue(key, out _)).Should().BeTrue();
    }

    [Fact]
    public void Remove_AllKeys_LeavesAnEmptyMap()
    {
        KeyMap<int> map = new();
        string[] keys = [.. Enumerable.Range(0, 3000).Select(i => $"{i:D5}")];
        foreach (string key in keys)
        {
            map.Set(key, 1, out _);
        }

        Random random = new(3);
        random.Shuffle(keys);

        Array.TrueForAll(keys, key => map.Remove(key, out _)).Should().BeTrue();
        map.Count.Should().Be(0);
        map.TryGet(map.Seek(""), out _, out _).Should().BeFalse();
        map.TryGetValue("00001", out _).Should().BeFalse();
    }

    [Fact]
    public void Seek_RandomKeys_FindsTheFirstKeyThatFollows()
    {
        Random random = new(4);
        KeyMap<int> map = new();
        for (int i = 0; i < 4000; i++)
        {
            map.Set(RandomKey(random), i, out _);
        }

        string[] keys = [.. Entries(map).Select(entry => entry.Key)];
        for (int i = 0; i < 1000; i++)
        {
            string key = RandomKey(random);

            KeyAt(map, map.Seek(key)).Should().Be(Array.Find(keys, candidate => Utf8Order.Compare(candidate, key) >= 0));
            KeyAt(map, map.SeekAfter(key)).Should().Be(Array.Find(keys, candidate => Utf8Order.Compare(candidate, key) > 0));
            KeyAt(map, map.SeekAfterPrefix(key)).Should()
                .Be(Array.Find(keys, candidate => Utf8Order.Compare(candidate, key) > 0 && !candidate.StartsWith(key, StringComparison.Ordinal)));
        }
    }

    internal static string RandomKey(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));

    private static string? KeyAt(KeyMap<int> map, KeyMap<int>.Position position) => map.TryGet(position, out string? key, out _) ? key : null;

    private static List<(string Key, int Value)> Entries(KeyMap<int> map)
    {
        List<(string, int)> entries = [];
        KeyMap<int>.Position position = default;
        while (map.TryGet(position, out string? key, out int value))
        {
            entries.Add((key, value));
            position = map.Next(position);
        }

        return entries;
    }
}
