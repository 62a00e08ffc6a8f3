using BenchmarkDotNet.Attributes;

namespace PresignKit.Benchmarks;

/// <summary>Compares verifying and parsing a URL with the cost of the hashes of a verification. Parsing does not require a hash and is included for comparison.</summary>
public class ReadBenchmarks : IDisposable
{
    private readonly HashesAlone _hashes = new(Work.Medium);
    private readonly PresignedUrlVerifier _verifier = Work.CreateVerifier();
    private readonly string _url = Work.CreatePresigner().Presign(Work.Medium).Url;

    [GlobalCleanup]
    public void Dispose()
    {
        _hashes.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, Description = "the hashes alone")]
    public bool HashesOnly() => _hashes.IsSigned();

    [Benchmark]
    public bool Verify() => _verifier.Verify(HttpMethod.Get, _url, []).IsValid;

    [Benchmark]
    public bool TryParse() => PresignedUrlInfo.TryParse(_url, out _);
}
