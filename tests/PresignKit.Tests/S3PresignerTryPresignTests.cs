using System.Text;

namespace PresignKit.Tests;

public class S3PresignerTryPresignTests
{
    public static TheoryData<string> Stores => new("Spaces", "Spaces, path", "custom host", "host that looks doubled", "IPv6", "base path", "session token");

    [Theory]
    [MemberData(nameof(Stores))]
    public void TryPresign_AnyStore_WritesTheUrlOfPresign(string store)
    {
        S3Presigner presigner = PresignerOf(store);
        GetObject operation = new("photos/2026/März 1+2.jpg") { VersionId = "1", ResponseHeaders = new() { ContentType = "text/plain" } };
        char[] destination = new char[2048];

        bool written = presigner.TryPresign(operation, destination, out int charsWritten);

        written.Should().BeTrue();
        new string(destination, 0, charsWritten).Should().Be(presigner.Presign(operation).Url);
    }

    [Fact]
    public void TryPresign_RoomForExactlyTheUrl_WritesIt()
    {
        S3Presigner presigner = TestPresigner.Create();
        char[] destination = new char[presigner.Presign(new GetObject("key")).Url.Length];

        presigner.TryPresign(new GetObject("key"), destination, out int charsWritten).Should().BeTrue();

        charsWritten.Should().Be(destination.Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TryPresign_TooSmall_WritesNothing(bool empty)
    {
        S3Presigner presigner = TestPresigner.Create();
        char[] destination = new char[empty ? 0 : presigner.Presign(new GetObject("key")).Url.Length - 1];

        presigner.TryPresign(new GetObject("key"), destination, out int charsWritten).Should().BeFalse();

        charsWritten.Should().Be(0);
        destination.Should().AllBeEquivalentTo('\0');
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public void TryPresign_ToUtf8_WritesTheUrlOfPresign(string store)
    {
        S3Presigner presigner = PresignerOf(store);
        GetObject operation = new("photos/2026/März 1+2.jpg") { VersionId = "1" };
        string url = presigner.Presign(operation).Url;
        byte[] exact = new byte[url.Length];
        byte[] tooSmall = new byte[url.Length - 1];

        presigner.TryPresign(operation, exact, out int bytesWritten).Should().BeTrue();
        presigner.TryPresign(operation, tooSmall, out int nothing).Should().BeFalse();

        bytesWritten.Should().Be(url.Length);
        Encoding.UTF8.GetString(exact).Should().Be(url);
        nothing.Should().Be(0);
        tooSmall.Should().AllBeEquivalentTo((byte)0);
    }

    [Fact]
    public void TryPresign_ToUtf8_RejectsTheSameOperations()
    {
        S3Presigner presigner = TestPresigner.Create();

        FluentActions.Invoking(() => presigner.TryPresign(null!, new byte[1], out _)).Should().Throw<ArgumentNullException>().WithParameterName("operation");
        FluentActions.Invoking(() => presigner.TryPresign(new PutObject("key") { ContentType = "image/png" }, new byte[2048], out _))
            .Should().Throw<ArgumentException>().WithMessage("The operation signs the header 'content-type'*Use Presign*");
    }

    [Fact]
    public void TryPresign_SignedHeader_NamesItAndPresign() => FluentActions
        .Invoking(() => TestPresigner.Create().TryPresign(new PutObject("key") { ContentType = "image/png" }, new char[2048], out _))
        .Should().Throw<ArgumentException>().WithParameterName("operation")
        .WithMessage("The operation signs the header 'content-type', which must be sent with the URL. Use Presign, whose result contains it.*");

    [Fact]
    public void TryPresign_Null_Throws() => FluentActions.Invoking(() => TestPresigner.Create().TryPresign(null!, new char[1], out _))
        .Should().Throw<ArgumentNullException>().WithParameterName("operation");

    [Fact]
    public void TryPresign_InvalidLifetimeAndNoRoom_Throws() => FluentActions
        .Invoking(() => TestPresigner.Create().TryPresign(new GetObject("key") { ExpiresIn = TimeSpan.Zero }, Span<char>.Empty, out _))
        .Should().Throw<ArgumentOutOfRangeException>();

#if !NETSTANDARD_ASSET
    [Theory]
    [MemberData(nameof(Stores))]
    public void TryPresign_Warm_AllocatesNothing(string store)
    {
        S3Presigner presigner = PresignerOf(store);
        GetObject operation = new("photos/2026/März 1+2.jpg")
        {
            Bucket = "other-space",
            VersionId = "1",
            ResponseHeaders = new() { ContentType = "text/plain" },
            Query = TestPresigner.Pairs(("x-tag", "1"), ("a", "2")),
        };

        AllocatedBy(presigner, operation).Should().Be(0);
    }

    [Fact]
    public void TryPresign_LongKeyAndQuery_AllocatesNothing() => AllocatedBy(
        TestPresigner.Create(), new GetObject(new string('€', 341)) { Query = TestPresigner.Pairs(("long", new string('€', 500))) }).Should().Be(0);

    private static long AllocatedBy(S3Presigner presigner, S3Operation operation)
    {
        char[] destination = new char[16_384];
        byte[] utf8Destination = new byte[16_384];
        for (int i = 0; i < 100; i++)
        {
            presigner.TryPresign(operation, destination, out _).Should().BeTrue();
            presigner.TryPresign(operation, utf8Destination, out _).Should().BeTrue();
        }

        // The minimum of several runs counts. A garbage collection that other tests cause also empties this thread's array pool, and the runtime's vectorized code
        // allocates until it is recompiled. The recompilation waits while other methods are compiled for the first time, which has taken ten seconds with other tests running.
        long least = long.MaxValue;
        for (long start = Environment.TickCount64; least > 0 && Environment.TickCount64 - start < 120_000;)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                presigner.TryPresign(operation, destination, out _);
                presigner.TryPresign(operation, utf8Destination, out _);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
#endif

    private static S3Presigner PresignerOf(string store) => store switch
    {
        "Spaces" => TestPresigner.Create(),
        "Spaces, path" => TestPresigner.Create(options => options.UrlStyle = UrlStyle.Path),
        "custom host" => TestPresigner.At(S3Endpoint.Create("https://store.example:8443", "us-east-1")),
        "host that looks doubled" => TestPresigner.At(S3Endpoint.Create("https://my-space2.example", "us-east-1")),
        "IPv6" => TestPresigner.At(S3Endpoint.Create("http://[::1]:9000", "us-east-1")),
        "base path" => TestPresigner.At(S3Endpoint.Create("https://store.example/storage/v1", "us-east-1")),
        _ => TestPresigner.With(new FakeProvider(FakeProvider.ExpiringIn(TimeSpan.FromMinutes(5)))),
    };
}
