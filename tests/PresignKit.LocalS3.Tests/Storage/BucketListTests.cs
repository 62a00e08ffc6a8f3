using System.Diagnostics;
using System.Text;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3.Tests.Storage;

public sealed class BucketListTests : IDisposable
{
    private readonly TestStorage _storage = new();
    private readonly StoredContent _empty;

    public BucketListTests() => _empty = StoredContent.InMemory([], new(0, 0), [], null);

    private BucketStore Bucket => _storage.Bucket;

    [Fact]
    public void List_NoArguments_ReturnsTheKeysInUtf8Order()
    {
        Add("b", "\U0001F600", "a/b", "\uFFFD", "a", "B");

        Page(Bucket.List(null, null, null, 1000)).Should().Be("B a a/b b \uFFFD \U0001F600");
    }

    [Fact]
    public void List_Delimiter_ReturnsEachCommonPrefixOnce()
    {
        Add("photos/2025/a", "photos/2026/b", "photos/2026/c", "photos/d", "readme", "videos/e");

        Page(Bucket.List(null, "/", null, 1000)).Should().Be("readme | photos/ videos/");
        Page(Bucket.List("photos/", "/", null, 1000)).Should().Be("photos/d | photos/2025/ photos/2026/");
        Page(Bucket.List("photos", "/", null, 1000)).Should().Be(" | photos/");
        Page(Bucket.List("", "", "", 1000)).Should().StartWith("photos/2025/a photos/2026/b");
    }

    [Fact]
    public void List_KeyEqualToThePrefix_IsAKeyAndNotACommonPrefix()
    {
        Add("photos/", "photos/a/", "photos/b");

        Page(Bucket.List("photos/", "/", null, 1000)).Should().Be("photos/ photos/b | photos/a/");
        Page(Bucket.List("photos/", "/", "photos/", 1000)).Should().Be("photos/b | photos/a/");
    }

    [Fact]
    public void List_DelimiterOfSeveralCharacters_EndsTheCommonPrefixAfterIt()
    {
        Add("a--b", "a-b", "a--c");

        Page(Bucket.List(null, "--", null, 1000)).Should().Be("a-b | a--");
    }

    [Fact]
    public void List_PageEndsWithACommonPrefix_ContinuesAfterAllItsKeys()
    {
        Add("a", "dir/1", "dir/2", "dir0", "e");

        ObjectPage first = Bucket.List(null, "/", null, 2);
        first.IsTruncated.Should().BeTrue();
        first.NextStartAfter.Should().Be("dir/");
        Page(first).Should().Be("a | dir/");

        ObjectPage second = Bucket.List(null, "/", first.NextStartAfter, 2);
        second.IsTruncated.Should().BeFalse();
        second.NextStartAfter.Should().BeNull();
        Page(second).Should().Be("dir0 e");
    }

    [Fact]
    public void List_OnlyTheCommonPrefixRemains_IsNotTruncated()
    {
        Add("a", "dir/1", "dir/2", "dir/3");

        Bucket.List(null, "/", null, 2).IsTruncated.Should().BeFalse();
    }

    [Fact]
    public void List_StartAfterAKeyInACommonPrefix_ReturnsThePrefixIfKeysFollow()
    {
        Add("dir/1", "dir/2", "e");

        Page(Bucket.List(null, "/", "dir/1", 1000)).Should().Be("e | dir/");
        Page(Bucket.List(null, "/", "dir/2", 1000)).Should().Be("e");
    }

    [Fact]
    public void List_StartAfterBeforeOrBehindThePrefix_StartsAtThePrefixOrIsEmpty()
    {
        Add("a", "m/1", "m/2", "z");

        Page(Bucket.List("m/", null, "b", 1000)).Should().Be("m/1 m/2");
        Page(Bucket.List("m/", "/", "m/1", 1000)).Should().Be("m/2");
        Page(Bucket.List("m/", "/", "n", 1000)).Should().BeEmpty();
    }

    [Fact]
    public void List_MaxKeysZero_IsEmptyAndNotTruncated()
    {
        Add("a");

        ObjectPage page = Bucket.List(null, null, null, 0);

        Page(page).Should().BeEmpty();
        page.IsTruncated.Should().BeFalse();
    }

    [Fact]
    public void List_LastKeyOfThePageDeleted_ContinuesWithTheNextKey()
    {
        Add("a", "b", "c", "d/1", "e");
        ObjectPage first = Bucket.List(null, null, null, 2);

        Bucket.Delete("b");
        Page(Bucket.List(null, null, first.NextStartAfter, 1000)).Should().Be("c d/1 e");

        ObjectPage prefixes = Bucket.List(null, "/", "b", 2);
        Page(prefixes).Should().Be("c | d/");
        Bucket.Delete("d/1");
        Page(Bucket.List(null, "/", prefixes.NextStartAfter, 1000)).Should().Be("e");
    }

    [Fact]
    public void List_RandomArguments_EqualsTheReference()
    {
        Random random = new(1);
        HashSet<string> keys = [];
        for (int i = 0; i < 3000; i++)
        {
            keys.Add(KeyMapTests.RandomKey(random));
        }

        Add([.. keys]);
        string[] sorted = [.. keys.OrderBy(key => key, Utf8Order.Comparer)];
        string?[] delimiters = [null, null, "/", "-", "a", "/-", "\U0001F600"];
        for (int round = 0; round < 500; round++)
        {
            string? prefix = random.Next(3) == 0 ? null : KeyMapTests.RandomKey(random) is { Length: > 2 } text && !char.IsSurrogate(text[1]) && !char.IsSurrogate(text[0]) ? text[..2] : "a";
            string? delimiter = delimiters[random.Next(delimiters.Length)];
            int maxKeys = random.Next(1, 200);
            string? startAfter = random.Next(2) == 0 ? null : KeyMapTests.RandomKey(random);

            string[] expected = Reference(sorted, prefix ?? "", delimiter, startAfter);

            Pages(prefix, delimiter, startAfter, maxKeys).Should().Equal(expected, "prefix '{0}', delimiter '{1}', start after '{2}', max keys {3}", prefix, delimiter, startAfter, maxKeys);
        }
    }

    [Fact]
    public void List_HundredThousandKeysInRandomOrder_EqualsTheReferenceAndIsNotQuadratic()
    {
        string[] keys = [.. Enumerable.Range(0, 100_000).Select(i => $"{i % 100:D2}/{i / 100 % 10}/{i:D6}")];
        string[] sorted = [.. keys];
        Array.Sort(sorted, StringComparer.Ordinal);
        new Random(1).Shuffle(keys);

        Stopwatch watch = Stopwatch.StartNew();
        Add(keys);
        List<string> all = Pages(null, null, null, 1000);
        List<string> one = Pages("42/", null, null, 7);
        List<string> directories = Pages(null, "/", null, 9);
        List<string> nested = Pages("42/", "/", null, 3);
        watch.Stop();

        all.SequenceEqual(sorted).Should().BeTrue("all keys are listed once and in order");
        one.Should().Equal(sorted.Where(key => key.StartsWith("42/", StringComparison.Ordinal)));
        directories.Should().Equal(Enumerable.Range(0, 100).Select(i => $"{i:D2}/"));
        nested.Should().Equal(Enumerable.Range(0, 10).Select(i => $"42/{i}/"));

        // A release build takes 0.3 s on an idle machine. An algorithm that is quadratic in the number of keys would take minutes.
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task List_WhileKeysAreAddedAndDeleted_ReturnsEveryKeyThatDoesNotChange()
    {
        string[] stable = [.. Enumerable.Range(0, 3000).Select(i => $"stable/{i:D4}")];
        Add(stable);
        using CancellationTokenSource stop = new();
        Task writer = Task.Run(() =>
        {
            Random random = new(2);
            while (!stop.IsCancellationRequested)
            {
                string key = $"stable/{random.Next(3000):D4}-{random.Next(10)}";
                if (Bucket.Delete(key) == DeleteObjectResult.NotFound)
                {
                    Add(key);
                }
            }
        });

        for (int round = 0; round < 10; round++)
        {
            Pages("stable/", null, null, 100).Where(key => key.Length == 11).SequenceEqual(stable).Should().BeTrue("round {0} must list every key once", round);
        }

        await stop.CancelAsync();
        await writer;
    }

    public void Dispose() => _storage.Dispose();

    private static string[] Reference(string[] sorted, string prefix, string? delimiter, string? startAfter)
    {
        byte[]? start = startAfter is null ? null : Encoding.UTF8.GetBytes(startAfter);
        return
        [
            .. sorted
                .Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
                .Where(key => start is null || Encoding.UTF8.GetBytes(key).AsSpan().SequenceCompareTo(start) > 0)
                .Select(key => delimiter is not null && key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal) is >= 0 and int index ? key[..(index + delimiter.Length)] : key)
                .Distinct()
                .Where(entry => entry != startAfter),
        ];
    }

    private static string Page(ObjectPage page)
    {
        string keys = string.Join(' ', page.Objects.Select(value => value.Key));
        return page.CommonPrefixes.Count == 0 ? keys : $"{keys} | {string.Join(' ', page.CommonPrefixes)}";
    }

    // All pages in order. Keys and common prefixes are merged, as a client sees them.
    private List<string> Pages(string? prefix, string? delimiter, string? startAfter, int maxKeys)
    {
        List<string> entries = [];
        while (true)
        {
            ObjectPage page = Bucket.List(prefix, delimiter, startAfter, maxKeys);
            string[] merged = [.. page.Objects.Select(value => value.Key).Concat(page.CommonPrefixes).OrderBy(key => key, Utf8Order.Comparer)];
            merged.Length.Should().BeLessThanOrEqualTo(maxKeys);
            entries.AddRange(merged);
            if (!page.IsTruncated)
            {
                return entries;
            }

            merged.Should().HaveCount(maxKeys);
            page.NextStartAfter.Should().Be(merged[^1]);
            startAfter = page.NextStartAfter;
        }
    }

    private void Add(params string[] keys)
    {
        foreach (string key in keys)
        {
            Bucket.TryPut(TestStorage.ObjectOf(key, _empty.AddReference(), "\"\"")).Should().BeTrue();
        }
    }
}
