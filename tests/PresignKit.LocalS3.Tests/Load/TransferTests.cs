using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PresignKit.Tests;
using Xunit.Abstractions;

namespace PresignKit.LocalS3.Tests.Load;

/// <summary>Tests that measure memory and time, so no other test can run at the same time.</summary>
[CollectionDefinition("Transfers", DisableParallelization = true)]
public class TransferDefinition;

/// <summary>Large objects: memory, and throughput compared with an endpoint that only writes and sends a file.</summary>
[Collection("Transfers")]
[Trait("Category", "Load")]
public class TransferTests(ITestOutputHelper output)
{
    private const long MiB = 1 << 20;

    // For a longer run: PRESIGNKIT_TRANSFER_MIB=5120 is the largest object that S3 accepts in one request.
    private static readonly long Length = (Number("PRESIGNKIT_TRANSFER_MIB") ?? TestScale.Of(512)) * MiB;

    [Fact]
    public async Task PutAndGet_LargeObject_UseConstantMemory()
    {
        await using LocalS3Server server = await LocalS3Server.StartAsync(o => o.Buckets.Add("photos"));
        using HttpClient http = server.CreateHttpClient();
        http.Timeout = Timeout.InfiniteTimeSpan;
        IPresigner presigner = server.CreatePresigner("photos");
        string put = presigner.Presign(new PutObject("large")).Url;
        string get = presigner.Presign(new GetObject("large")).Url;
        await UploadAsync(http, put, 64 * MiB);
        await DownloadAsync(http, get, 64 * MiB);
        GC.Collect();
        long before = Environment.WorkingSet;
        using PeakMemory peak = new();

        await UploadAsync(http, put, Length);
        await DownloadAsync(http, get, Length);

        long growth = peak.Stop() - before;
        output.WriteLine(FormattableString.Invariant($"{Length / MiB} MiB up and down: working set from {before / MiB} MiB, peak +{growth / (double)MiB:F1} MiB"));
        growth.Should().BeLessThan(50 * MiB);
        server.Buckets["photos"].Keys.Should().Equal("large");
        server.Objects.Budget.Disk.Should().Be(Length, "the first upload was replaced");
    }

    // An endpoint without authentication, hashes and limits is the upper bound of what the same server can do. MD5, which every ETag requires, is slower than the loopback interface.
    [Fact]
    public async Task PutAndGet_Throughput_IsAtLeastHalfOfThatOfAPlainFileEndpoint()
    {
        long length = Math.Min(Length, 512 * MiB);
        await using LocalS3Server server = await LocalS3Server.StartAsync(o => o.Buckets.Add("photos"));
        string file = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        await using WebApplication plain = await StartPlainAsync(file);
        try
        {
            using HttpClient http = server.CreateHttpClient();
            using HttpClient plainHttp = new(new SocketsHttpHandler { UseProxy = false });
            IPresigner presigner = server.CreatePresigner("photos");
            string put = presigner.Presign(new PutObject("large")).Url;
            string get = presigner.Presign(new GetObject("large")).Url;
            string plainUrl = plain.Urls.Single() + "/file";
            await Measure(16 * MiB);

            // The best of several rounds: other processes can only make a round slower.
            (TimeSpan Up, TimeSpan Down, TimeSpan PlainUp, TimeSpan PlainDown) best = await Measure(length);
            for (int i = 0; i < 4; i++)
            {
                (TimeSpan Up, TimeSpan Down, TimeSpan PlainUp, TimeSpan PlainDown) next = await Measure(length);
                best = (Min(best.Up, next.Up), Min(best.Down, next.Down), Min(best.PlainUp, next.PlainUp), Min(best.PlainDown, next.PlainDown));
            }

            double up = best.PlainUp / best.Up;
            double down = best.PlainDown / best.Down;
            output.WriteLine(FormattableString.Invariant(
                $"up {Rate(best.Up):F0} MiB/s of {Rate(best.PlainUp):F0} (ratio {up:F2}), down {Rate(best.Down):F0} MiB/s of {Rate(best.PlainDown):F0} (ratio {down:F2}), {length / MiB} MiB each"));
            up.Should().BeGreaterThan(0.5);
            down.Should().BeGreaterThan(0.5);

            async Task<(TimeSpan Up, TimeSpan Down, TimeSpan PlainUp, TimeSpan PlainDown)> Measure(long size) =>
                (await UploadAsync(http, put, size), await DownloadAsync(http, get, size), await UploadAsync(plainHttp, plainUrl, size), await DownloadAsync(plainHttp, plainUrl, size));

            double Rate(TimeSpan time) => length / MiB / time.TotalSeconds;
        }
        finally
        {
            await plain.StopAsync();
            File.Delete(file);
        }
    }

    private static async Task<WebApplication> StartPlainAsync(string file)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(o => o.Limits.MaxRequestBodySize = null).UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        WebApplication app = builder.Build();
        app.Map("/file", async (HttpContext http) =>
        {
            if (http.Request.Method == HttpMethods.Put)
            {
                await using FileStream stream = new(file, FileMode.Create, FileAccess.Write, FileShare.None, 0, useAsync: true);
                await http.Request.Body.CopyToAsync(stream);
            }
            else
            {
                await http.Response.SendFileAsync(file);
            }
        });
        await app.StartAsync();
        return app;
    }

    private static async Task<TimeSpan> UploadAsync(HttpClient http, string url, long length)
    {
        long start = Stopwatch.GetTimestamp();
        using StreamContent content = new(new PatternStream(length), 128 << 10);
        content.Headers.ContentLength = length;
        using HttpResponseMessage response = await http.PutAsync(url, content);
        response.StatusCode.Should().Be(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task<TimeSpan> DownloadAsync(HttpClient http, string url, long length)
    {
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage response = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] buffer = new byte[128 << 10];
        long position = 0;
        while (await body.ReadAsync(buffer) is > 0 and int count)
        {
            PatternStream.Matches(buffer.AsSpan(0, count), position).Should().BeTrue();
            position += count;
        }

        position.Should().Be(length);
        return Stopwatch.GetElapsedTime(start);
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private sealed class PeakMemory : IDisposable
    {
        private readonly Timer _timer;
        private long _peak;

        public PeakMemory() => _timer = new Timer(_ => Sample(), null, 0, 20);

        public long Stop()
        {
            Sample();
            return Interlocked.Read(ref _peak);
        }

        public void Dispose() => _timer.Dispose();

        private void Sample()
        {
            long current = Environment.WorkingSet;
            long peak = Interlocked.Read(ref _peak);
            while (current > peak && Interlocked.CompareExchange(ref _peak, current, peak) is long seen && seen != peak)
            {
                peak = seen;
            }
        }
    }
}
