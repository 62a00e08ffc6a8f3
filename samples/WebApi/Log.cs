namespace WebApi;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "The new options of {Store} are not valid; its presigner keeps the last valid ones.")]
    public static partial void InvalidReload(this ILogger logger, string store, Exception exception);
}
