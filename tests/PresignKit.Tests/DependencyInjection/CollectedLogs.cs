using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PresignKit.Tests;

/// <summary>Collects log entries, as a provider in a container or as a logger.</summary>
internal sealed class CollectedLogs : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<Entry> _entries = [];

    public IReadOnlyList<Entry> Entries => [.. _entries];

    /// <summary>Gets the entries of the library.</summary>
    public IReadOnlyList<Entry> OfPresignKit => [.. _entries.Where(entry => entry.Id.Name is "OptionsReloadRejected" or "CredentialRenewalFailed" or "ReloadedCredentialsMissing")];

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _entries);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        CreateLogger("").Log(logLevel, eventId, state, exception, formatter);

    public void Dispose()
    {
    }

    internal sealed record Entry(string Category, LogLevel Level, EventId Id, string Message, Exception? Exception);

    private sealed class Logger(string category, ConcurrentQueue<Entry> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.Enqueue(new Entry(category, logLevel, eventId, formatter(state, exception), exception));
    }
}
