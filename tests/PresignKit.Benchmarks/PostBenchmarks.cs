using BenchmarkDotNet.Attributes;

namespace PresignKit.Benchmarks;

/// <summary>Compares presigning a form with the cost of the hashes alone (<see cref="PostHashesAlone"/>).</summary>
public class PostBenchmarks : IDisposable
{
    private readonly S3Presigner _presigner = Work.CreatePresigner();
    private readonly PostHashesAlone _hashes = new(Work.CreatePresigner().PresignPost(Work.Form));

    [GlobalCleanup]
    public void Dispose()
    {
        _hashes.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, Description = "the hashes alone")]
    public string HashesOnly() => _hashes.Sign().Signature;

    [Benchmark]
    public PresignedPost PresignPost() => _presigner.PresignPost(Work.Form);
}
