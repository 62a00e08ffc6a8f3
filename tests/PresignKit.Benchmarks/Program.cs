using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using PresignKit.Benchmarks;

if (args is ["check", ..])
{
    return SpeedCheck.Run(filter: args.ElementAtOrDefault(1) ?? "");
}

if (args is ["peers"])
{
    using PeerBenchmarks peers = new();
    peers.PrintRatios();
    return 0;
}

// In one process, so that ratios are of the same run; each is warmed for 6 seconds, which an SDK needs until the compiler is done with it.
Job job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
    .WithIterationTime(TimeInterval.FromMilliseconds(500)).WithWarmupCount(12).WithIterationCount(12);
IConfig config = DefaultConfig.Instance.AddJob(job).AddDiagnoser(new MemoryDiagnoser(new MemoryDiagnoserConfig(displayGenColumns: false)));
BenchmarkSwitcher.FromAssembly(typeof(Work).Assembly).Run(args is [] ? ["--filter", "*"] : args, config);
return 0;
