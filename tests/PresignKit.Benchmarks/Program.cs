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

// All benchmarks run in one process, so that their ratios come from the same run. Each one is warmed up for 6 seconds, because the JIT compiler needs that long to optimize an SDK.
Job job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
    .WithIterationTime(TimeInterval.FromMilliseconds(500)).WithWarmupCount(12).WithIterationCount(12);
IConfig config = DefaultConfig.Instance.AddJob(job).AddDiagnoser(new MemoryDiagnoser(new MemoryDiagnoserConfig(displayGenColumns: false)));
BenchmarkSwitcher.FromAssembly(typeof(Work).Assembly).Run(args is [] ? ["--filter", "*"] : args, config);
return 0;
