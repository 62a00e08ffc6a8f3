using BenchmarkDotNet.Attributes;

namespace PresignKit.Benchmarks;

/// <summary>A form against its floor: <see cref="PostFloor"/>.</summary>
public class PostBenchmarks : IDisposable
{
    private readonly S3Presigner _presigner = Work.CreatePresigner();
    private readonly PostFloor _floor = new(Work.CreatePresigner().PresignPost(Work.Form));

    [GlobalCleanup]
    public void Dispose()
    {
        _floor.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, Description = "the floor")]
    public string Least() => _floor.Sign().Signature;

    [Benchmark]
    public PresignedPost PresignPost() => _presigner.PresignPost(Work.Form);
}
