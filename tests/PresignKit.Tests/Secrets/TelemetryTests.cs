using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PresignKit.Tests;

public class TelemetryTests
{
    [Fact]
    public async Task Host_LogsActivitiesAndEvents_ContainNoSecret()
    {
        ConcurrentQueue<string> output = [];
        using Listener events = new(output);
        using ActivityListener activities = new()
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => output.Enqueue($"{activity.Source.Name} {activity.DisplayName} {string.Join(" ", activity.TagObjects)}"),
        };
        ActivitySource.AddActivityListener(activities);
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddProvider(new Logs(output)).SetMinimumLevel(LogLevel.Trace);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Spaces:Bucket"] = "my-space",
            ["Spaces:AccessKeyId"] = "AKPRESIGNKITTEST",
            ["Spaces:SecretAccessKey"] = Markers.SecretAccessKey,
            ["Spaces:SessionToken"] = Markers.SessionToken,
        });
        builder.Services.AddPresigner(builder.Configuration.GetSection("Spaces"), options => options.UseDigitalOceanSpaces("nyc3"));
        using IHost host = builder.Build();
        await host.StartAsync();
        IPresigner presigner = host.Services.GetRequiredService<IPresigner>();
        ILogger logger = host.Services.GetRequiredService<ILogger<TelemetryTests>>();

        PresignedUrl put = await presigner.PresignAsync(SecretSamples.Upload);
        PresignedPost post = await presigner.PresignPostAsync(SecretSamples.Policy);
        Markers.Add("the host's signature", put.Url[^64..]);
        Markers.Add("the host's policy", post.Fields[^2].Value);
        logger.LogInformation("{Presigned} {@Form} {Operation} {Url}", put, post, SecretSamples.Upload, PresignedUrlInfo.Redact(put.Url));
        host.Services.GetRequiredService<IConfiguration>()["Spaces:SecretAccessKey"] = Markers.SecretAccessKey + "\n";
        try
        {
            ((IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>()).Reload();
        }
        catch (AggregateException e)
        {
            // The framework's own options monitor also rejects the reload.
            output.Enqueue(e.ToString());
        }

        await host.StopAsync();

        string[] lines = [.. output];
        lines.Should().Contain(line => line.Contains("PUT https://my-space.nyc3.digitaloceanspaces.com/key (until"), "the log contains the presigned URL without its query");
        lines.Should().Contain(line => line.Contains("Spaces:SecretAccessKey"), "the log of the rejected reload names the setting");
        lines.Where(line => Markers.In(line).Length > 0).Should().BeEmpty();
        lines.Should().NotContain(line => line.StartsWith("PresignKit", StringComparison.Ordinal), "the library has neither activities nor events of its own");
    }

    private sealed class Logs(ConcurrentQueue<string> output) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            output.Enqueue($"{formatter(state, exception)} {exception}");
    }

    // The runtime raises many events, for example for garbage collection and threads. They do not contain strings from the program. The events of xunit contain the arguments of
    // other tests, such as these markers.
    private sealed class Listener(ConcurrentQueue<string> output) : EventListener
    {
        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (!eventSource.Name.Contains("Runtime", StringComparison.Ordinal) && !eventSource.Name.Contains("Tpl", StringComparison.Ordinal)
                && !eventSource.Name.StartsWith("xUnit", StringComparison.Ordinal))
            {
                EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventSource.Name != "System.Buffers.ArrayPoolEventSource")
            {
                output?.Enqueue($"{eventData.EventSource.Name} {eventData.EventName} {string.Join(" ", eventData.Payload ?? new([]))}");
            }
        }
    }
}
