using BenchmarkDotNet.Attributes;

namespace PresignKit.Benchmarks;

/// <summary>What is done with a URL that is there, against the floor of verifying it. (To read one needs no hash: it stands beside for comparison.)</summary>
public class ReadBenchmarks : IDisposable
{
    private readonly Floor _floor = new(Work.Medium);
    private readonly PresignedUrlVerifier _verifier = Work.CreateVerifier();
    private readonly string _url = Work.CreatePresigner().Presign(Work.Medium).Url;

    [GlobalCleanup]
    public void Dispose()
    {
        _floor.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, Description = "the floor")]
    public bool Least() => _floor.IsSigned();

    [Benchmark]
    public bool Verify() => _verifier.Verify(HttpMethod.Get, _url, []).IsValid;

    [Benchmark]
    public bool TryParse() => PresignedUrlInfo.TryParse(_url, out _);
}
