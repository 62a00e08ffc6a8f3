using System.Diagnostics;

namespace PresignKit.Benchmarks;

/// <summary>Measures two pieces of work in turns of some hundred microseconds: whatever slows the machine down slows down both, and the ratio stays.</summary>
internal static class Ratio
{
    private const int CallsInTurn = 100;

    /// <summary>The median of how many times as long as <paramref name="floor"/> <paramref name="work"/> takes, after a warm-up.</summary>
    public static double Of(Action work, Action floor, TimeSpan warmUp, TimeSpan time)
    {
        _ = Turns(work, floor, warmUp);
        List<double> ratios = Turns(work, floor, time);
        ratios.Sort();
        return ratios[ratios.Count / 2];
    }

    /// <summary>Bytes that one call allocates on its thread, when warm.</summary>
    public static long BytesOf(Action work)
    {
        const int Calls = 1000;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Calls; i++)
        {
            work();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
    }

    private static List<double> Turns(Action work, Action floor, TimeSpan time)
    {
        List<double> ratios = [];
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            long ticks = Turn(work);
            ratios.Add((double)ticks / Turn(floor));
        }

        return ratios;
    }

    private static long Turn(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < CallsInTurn; i++)
        {
            work();
        }

        return Stopwatch.GetTimestamp() - start;
    }
}
