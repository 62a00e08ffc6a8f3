using BenchmarkDotNet.Attributes;

namespace PresignKit.Benchmarks;

/// <summary>Compares presigning a URL with the cost of the hashes alone (<see cref="HashesAlone"/>).</summary>
public class SignBenchmarks : IDisposable
{
    private readonly S3Presigner _presigner = Work.CreatePresigner();
    private readonly char[] _chars = new char[4096];
    private readonly byte[] _utf8 = new byte[4096];
    private GetObject _operation = Work.Medium;
    private HashesAlone? _hashes;

    [Params("medium key", "Unicode key", "overrides")]
    public string Url { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        _operation = Url switch { "medium key" => Work.Medium, "Unicode key" => Work.Unicode, _ => Work.Overrides };
        _hashes = new HashesAlone(_operation);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _hashes?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, Description = "the hashes alone")]
    public string HashesOnly() => _hashes!.Sign();

    [Benchmark]
    public string Presign() => _presigner.Presign(_operation).Url;

    [Benchmark(Description = "TryPresign")]
    public bool TryPresign() => _presigner.TryPresign(_operation, _chars, out _);

    [Benchmark(Description = "TryPresign, UTF-8")]
    public bool TryPresignUtf8() => _presigner.TryPresign(_operation, _utf8, out _);

    [Benchmark(Description = "new GetObject and Presign")]
    public string NewAndPresign() => _presigner.Presign(new GetObject(_operation.Key) { ResponseHeaders = _operation.ResponseHeaders }).Url;
}
