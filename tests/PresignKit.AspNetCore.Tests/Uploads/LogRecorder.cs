using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PresignKit.AspNetCore.Tests.Uploads;

/// <summary>Records the messages of all categories.</summary>
internal sealed class LogRecorder : ILoggerProvider
{
    private readonly ConcurrentQueue<(string Category, string Message)> _entries = [];

    public IReadOnlyList<string> MessagesOf(string category) => [.. _entries.Where(entry => entry.Category == category).Select(entry => entry.Message)];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(LogRecorder recorder, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            recorder._entries.Enqueue((category, formatter(state, exception) + exception));
    }
}
