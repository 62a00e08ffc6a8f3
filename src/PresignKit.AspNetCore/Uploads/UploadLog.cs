using Microsoft.Extensions.Logging;

namespace PresignKit.AspNetCore;

/// <summary>The log messages of the upload endpoints. They contain neither URLs nor tickets nor policies.</summary>
internal static partial class UploadLog
{
    public const string Category = "PresignKit.AspNetCore.Uploads";

    [LoggerMessage(1, LogLevel.Information, "An upload of up to {MaxBytes} bytes of type {ContentType} was allowed under the key {Key}.", EventName = "UploadAllowed")]
    public static partial void UploadAllowed(ILogger logger, long maxBytes, string contentType, string key);

    [LoggerMessage(2, LogLevel.Information, "The upload under the key {Key} is complete.", EventName = "UploadCompleted")]
    public static partial void UploadCompleted(ILogger logger, string key);

    [LoggerMessage(3, LogLevel.Information, "The request was rejected with status {Status}: {Reason}", EventName = "UploadRejected")]
    public static partial void UploadRejected(ILogger logger, int status, string reason);

    [LoggerMessage(4, LogLevel.Error, "The request failed with status {Status}: {Reason}", EventName = "UploadFailed")]
    public static partial void UploadFailed(ILogger logger, int status, string reason);
}
