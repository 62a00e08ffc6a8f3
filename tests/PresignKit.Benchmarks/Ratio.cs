using System.Diagnostics;

namespace PresignKit.Benchmarks;

/// <summary>Measures two pieces of work in alternating turns of a few hundred microseconds, so that a slow machine slows both down and the ratio remains the same.</summary>
internal static class Ratio
{
    private const int CallsInTurn = 100;

    /// <summary>Returns the median ratio of the time of <paramref name="work"/> to the time of <paramref name="baseline"/>, after a warm-up.</summary>
    public static double Of(Action work, Action baseline, TimeSpan warmUp, TimeSpan time)
    {
        _ = Turns(work, baseline, warmUp);
        List<double> ratios = Turns(work, baseline, time);
        ratios.Sort();
        return ratios[ratios.Count / 2];
    }

    /// <summary>Returns the average number of bytes that a call allocates on the current thread. Warm up the work first.</summary>
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

    private static List<double> Turns(Action work, Action baseline, TimeSpan time)
    {
        List<double> ratios = [];
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            long ticks = Turn(work);
            ratios.Add((double)ticks / Turn(baseline));
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
