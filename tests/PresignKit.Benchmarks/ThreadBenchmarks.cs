using BenchmarkDotNet.Attributes;

namespace PresignKit.Benchmarks;

/// <summary>A million keys, one after the other and by <see cref="Parallel"/>: as ratios of the same run. What a machine with two cores can do at most says <see cref="TwoThatOnlyHash"/>.</summary>
[BenchmarkCategory("threads")]
public class ThreadBenchmarks
{
    private const int Count = 1_000_000;

    private static readonly ParallelOptions TwoThreads = new() { MaxDegreeOfParallelism = 2 };

    private readonly S3Presigner _presigner = Work.CreatePresigner();
    private readonly Action[] _halves = [HashHalf, HashHalf];

    [Benchmark(Baseline = true, OperationsPerInvoke = Count, Description = "one thread")]
    public void One()
    {
        foreach (int i in Enumerable.Range(0, Count))
        {
            Sign(i);
        }
    }

    [Benchmark(OperationsPerInvoke = Count, Description = "Parallel.ForEach, two threads")]
    public void Two() => Parallel.ForEach(Enumerable.Range(0, Count), TwoThreads, Sign);

    [Benchmark(OperationsPerInvoke = Count, Description = "the floor, one thread")]
    public void OneThatOnlyHashes() => Array.ForEach(_halves, half => half());

    [Benchmark(OperationsPerInvoke = Count, Description = "the floor, two threads, half each")]
    public void TwoThatOnlyHash() => Parallel.Invoke(TwoThreads, _halves);

    private static void HashHalf()
    {
        using Floor floor = new(Work.Medium);
        for (int i = 0; i < Count / 2; i++)
        {
            floor.Sign();
        }
    }

    private void Sign(int i) => _presigner.Presign(new GetObject($"photos/2026/11/23/IMG_{i:D7}.jpg"));
}
