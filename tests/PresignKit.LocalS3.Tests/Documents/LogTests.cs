using System.Net;
using Microsoft.Extensions.Logging;

namespace PresignKit.LocalS3.Tests.Documents;

/// <summary>The log message in docs/local-s3.md.</summary>
public class LogTests
{
    [Fact]
    public async Task Log_RejectedRequest_IsOneWarningWithoutSecrets()
    {
        List<string> warnings = [];
        using ILoggerFactory logging = LoggerFactory.Create(logging => logging.AddProvider(new ListProvider(warnings)));
        await using LocalS3Server s3 = await LocalS3Server.StartAsync(o =>
        {
            o.Buckets.Add("photos");
            o.LoggerFactory = logging;
        });
        using HttpClient http = s3.CreateHttpClient();

        PresignedUrl link = s3.CreatePresigner("photos").Presign(new GetObject("missing.png"));
        (await http.GetAsync(link.Url)).StatusCode.Should().Be(HttpStatusCode.NotFound);

        warnings.Should().ContainSingle().Which.Should().StartWith("Rejected GET 127.0.0.1:").And.EndWith(": 404 NoSuchKey: The specified key does not exist.")
            .And.NotContain(link.Url[^64..]);
    }

    private sealed class ListProvider(List<string> warnings) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (warnings)
            {
                warnings.Add(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
