using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using PresignKit.Tests;
using Xunit.Abstractions;

namespace PresignKit.LocalS3.Tests.Load;

/// <summary>Requests that were changed at random, over real connections. Every request is determined by its number, so a failure can be repeated.</summary>
[Trait("Category", "Load")]
public class FuzzTests(ITestOutputHelper output)
{
    private const int Requests = 20_000;
    private const int Connections = 64;
    private const int Batch = 1000;

    // For a longer run: PRESIGNKIT_FUZZ_REQUESTS=1000000, and PRESIGNKIT_FUZZ_FIRST to start with a different number.
    private static readonly int Count = Number("PRESIGNKIT_FUZZ_REQUESTS") ?? TestScale.Of(Requests);
    private static readonly int First = Number("PRESIGNKIT_FUZZ_FIRST") ?? 0;

    [Fact]
    public async Task Request_ChangedAtRandom_IsRejectedOrServed()
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 14, 15, 9, 26, TimeSpan.Zero));
        await using LocalS3Server server = await LocalS3Server.StartAsync(o =>
        {
            o.Buckets.Add("scratch");
            o.Buckets.Add("photos");
            o.TimeProvider = clock;
            o.SecretAccessKey = "fuzz0123456789012345678901234567890123456";
        });
        server.Buckets["scratch"].Put("a.txt", "text"u8, "text/plain");
        server.Buckets["scratch"].Put("large.bin", new byte[100_000]);
        server.Buckets["photos"].Put("good", "good"u8);
        int port = new Uri(server.Endpoint).Port;
        string good = server.CreatePresigner("photos").Presign(new GetObject("good") { ExpiresIn = TimeSpan.FromDays(7) }).Url;
        using HttpClient http = server.CreateHttpClient();
        FuzzSeeds seeds = new(server, clock);
        ConcurrentDictionary<int, int> statuses = new();
        ConcurrentBag<string> failures = [];
        ConcurrentBag<(int Number, bool MaySucceed, int Status)> successes = [];
        List<long> memory = [];

        for (int start = First; start < First + Count && failures.Count < 20; start += Batch)
        {
            await Parallel.ForEachAsync(Enumerable.Range(start, Math.Min(Batch, First + Count - start)), new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (number, _) =>
            {
                (byte[] bytes, FuzzRequest request) = Create(seeds, number);
                try
                {
                    List<int> received = await FuzzClient.SendAsync(port, bytes);
                    foreach (int status in received)
                    {
                        statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
                        bool isUnexpected = (status >= 500 && status is not (501 or 505)) || (status < 300 && !request.MaySucceed);
                        if (isUnexpected)
                        {
                            failures.Add(Describe(number, bytes, request, $"{status}. {server.Requests.LastOrDefault(logged => logged.StatusCode == status)}"));
                        }

                        if (status < 300)
                        {
                            successes.Add((number, request.MaySucceed, status));
                        }
                    }

                    if (received.Count == 0)
                    {
                        statuses.AddOrUpdate(0, 1, (_, count) => count + 1);
                    }
                }
                catch (Exception e)
                {
                    failures.Add(Describe(number, bytes, request, e.ToString()));
                }
            });

            (await http.GetStringAsync(good)).Should().Be("good");
            if ((start - First) % (10 * Batch) == 0)
            {
                memory.Add(GC.GetTotalMemory(forceFullCollection: true));
            }
        }

        long growth = GC.GetTotalMemory(forceFullCollection: true) - memory[0];
        output.WriteLine(FormattableString.Invariant(
            $"{Count} requests from {First}; statuses {string.Join(", ", statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}"))}"));
        output.WriteLine(FormattableString.Invariant($"{server.Buckets["scratch"].Keys.Count} objects; managed memory in MiB after every 10,000 requests: {string.Join(", ", memory.Select(bytes => bytes >> 20))}"));
        string.Join("\n", failures).Should().BeEmpty();
        successes.Should().HaveCountGreaterThan(Count / 50, "otherwise the seeds are not valid");
        statuses.Keys.Should().Contain([400, 403, 200]);

        // The last 1,000 requests are recorded, with up to 8 KiB for each value.
        growth.Should().BeLessThan(64 << 20);
        server.Objects.Folder.OpenFiles.Should().BeLessThan(20, "the files of rejected uploads must be deleted");
    }

    // Without this, the test above would not notice that its seeds are rejected for a reason that has nothing to do with the changes.
    [Fact]
    public async Task Request_Unchanged_IsServed()
    {
        FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
        await using LocalS3Server server = await LocalS3Server.StartAsync(o => { o.Buckets.Add("scratch"); o.TimeProvider = clock; });
        server.Buckets["scratch"].Put("a.txt", "text"u8, "text/plain");
        server.Buckets["scratch"].Put("large.bin", new byte[100_000]);
        FuzzSeeds seeds = new(server, clock);
        Random random = new(1);
        Dictionary<string, HashSet<bool>> outcomes = [];

        for (int i = 0; i < 400; i++)
        {
            FuzzRequest request = seeds.Next(random);
            int status = (await FuzzClient.SendAsync(new Uri(server.Endpoint).Port, request.ToBytes())).Single();
            string kind = server.Requests[^1].Operation!;
            if (!request.MaySucceed)
            {
                status.Should().Be((int)HttpStatusCode.Forbidden, kind);
            }
            else
            {
                _ = outcomes.TryGetValue(kind, out HashSet<bool>? set) ? set.Add(status < 300) : outcomes.TryAdd(kind, [status < 300]);
            }
        }

        outcomes.Where(pair => pair.Value.Contains(true)).Select(pair => pair.Key).Should().Contain(
            ["GetObject", "HeadObject", "PutObject", "DeleteObject", "ListObjectsV2", "DeleteObjects", "PutBucketCors", "GetBucketCors", "ListMultipartUploads", "PostObject"]);
    }

    private static (byte[] Bytes, FuzzRequest Request) Create(FuzzSeeds seeds, int number)
    {
        Random random = new(number);
        FuzzRequest request = seeds.Next(random);
        bool isSigned = request.MaySucceed;
        if (isSigned && random.Next(2) == 0)
        {
            // A second change could undo the first one.
            FuzzChanges.Break(request, random);
            return (request.ToBytes(), request);
        }

        for (int i = random.Next(3); i > 0; i--)
        {
            FuzzChanges.ChangeParts(request, random);
        }

        byte[] bytes = request.ToBytes();
        for (int i = random.Next(3); i > 0 && bytes.Length > 0; i--)
        {
            bytes = FuzzChanges.ChangeBytes(bytes, random, request.Changes);
        }

        if (random.Next(20) == 0)
        {
            FuzzRequest second = seeds.Next(random);
            request.Changes.Add("second request");
            request.MaySucceed |= second.MaySucceed;
            bytes = [.. bytes, .. second.ToBytes()];
        }

        return (bytes, request);
    }

    private static string Describe(int number, byte[] bytes, FuzzRequest request, string problem)
    {
        string text = Encoding.Latin1.GetString(bytes, 0, Math.Min(bytes.Length, 3000));
        return FormattableString.Invariant($"Request {number} ({string.Join(", ", request.Changes)}): {problem}\n{text.Replace("\0", "\\0", StringComparison.Ordinal)}\n\n");
    }

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
