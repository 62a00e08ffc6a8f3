using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace PresignKit.LocalS3.Tests.Hosting;

/// <summary>Failures of the endpoint itself, which must be visible although its server has no log of its own.</summary>
public class FailureTests
{
    [Fact]
    public async Task Request_ExceptionInTheEndpoint_Is500WithCauseAndLogged()
    {
        ExceptionLog log = new();
        await using LocalS3Server server = await LocalS3Server.StartAsync(o => { o.Buckets.Add("photos"); o.LoggerFactory = log; });
        server.FailNext(LocalS3Fault.SlowDown, when: _ => throw new FormatException("The condition of the test is wrong."));
        using HttpClient http = server.CreateHttpClient();

        using HttpResponseMessage response = await http.GetAsync(server.CreatePresigner("photos").Presign(new GetObject("a")).Url);

        response.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await response.Content.ReadAsStringAsync()).Should().Contain("<Code>InternalError</Code>").And.NotContain("FormatException");
        server.Requests.Single().Error!.Cause.Should().Be("FormatException: The condition of the test is wrong.");
        log.Exceptions.Should().ContainSingle().Which.Should().BeOfType<FormatException>();
    }

    [Fact]
    public async Task Request_DiskFull_Is507AndTheServerGoesOn()
    {
        await using LocalS3Server server = await LocalS3Server.StartAsync(o => { o.Buckets.Add("photos"); o.MaxDiskBytes = 100_000; });
        using HttpClient http = server.CreateHttpClient();
        IPresigner presigner = server.CreatePresigner("photos");

        using HttpResponseMessage tooLarge = await http.PutAsync(presigner.Presign(new PutObject("a")).Url, new ByteArrayContent(new byte[200_000]));
        using HttpResponseMessage fits = await http.PutAsync(presigner.Presign(new PutObject("a")).Url, new ByteArrayContent(new byte[90_000]));

        (tooLarge.StatusCode, fits.StatusCode).Should().Be((HttpStatusCode.InsufficientStorage, HttpStatusCode.OK));
        server.Objects.Budget.Disk.Should().Be(90_000);
        server.Objects.Folder.OpenFiles.Should().Be(1);
    }

    // AWS and Ceph reject a body without a length, and what looks like the end of a chunked form can be the end of the connection.
    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n", "0\r\n\r\n", "501")]
    [InlineData("", "", "411")]
    public async Task PostObject_WithoutLength_IsRejected(string header, string body, string status)
    {
        await using LocalS3Server server = await LocalS3Server.StartAsync(o => o.Buckets.Add("photos"));

        string response = await RawHttp.SendAsync(
            server, $"POST /photos HTTP/1.1\r\nHost: {RawHttp.Authority(server)}\r\nContent-Type: multipart/form-data; boundary=x\r\nConnection: close\r\n{header}\r\n{body}");

        response.Should().StartWith($"HTTP/1.1 {status} ");
    }

    private sealed class ExceptionLog : ILoggerFactory, ILogger
    {
        public List<Exception> Exceptions { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => NullLogger.Instance.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is not null)
            {
                Exceptions.Add(exception);
            }
        }

        public void Dispose()
        {
        }
    }
}
