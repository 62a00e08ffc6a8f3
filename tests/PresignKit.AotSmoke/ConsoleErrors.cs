using Microsoft.Extensions.Logging;

namespace PresignKit.AotSmoke;

/// <summary>Writes the event and the exception of each error to the console.</summary>
internal sealed class ConsoleErrors : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Console.WriteLine($"{eventId.Name}: {exception?.Message}");

    public void Dispose()
    {
    }
}
