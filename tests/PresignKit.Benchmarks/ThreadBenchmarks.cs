using BenchmarkDotNet.Attributes;

namespace PresignKit.Benchmarks;

/// <summary>Presigns a million keys on one thread and with <see cref="Parallel"/>, as ratios of the same run. <see cref="HashOnTwoThreads"/> measures the maximum speedup of a machine with two cores.</summary>
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

    [Benchmark(OperationsPerInvoke = Count, Description = "the hashes alone, one thread")]
    public void HashOnOneThread() => Array.ForEach(_halves, half => half());

    [Benchmark(OperationsPerInvoke = Count, Description = "the hashes alone, two threads, half of the work each")]
    public void HashOnTwoThreads() => Parallel.Invoke(TwoThreads, _halves);

    private static void HashHalf()
    {
        using HashesAlone hashes = new(Work.Medium);
        for (int i = 0; i < Count / 2; i++)
        {
            hashes.Sign();
        }
    }

    private void Sign(int i) => _presigner.Presign(new GetObject($"photos/2026/11/23/IMG_{i:D7}.jpg"));
}
