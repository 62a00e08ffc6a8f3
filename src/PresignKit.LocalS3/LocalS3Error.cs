using System.Diagnostics;

namespace PresignKit.LocalS3;

/// <summary>The error in the response to a request.</summary>
/// <remarks>Instances are immutable and thread-safe. Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">Error responses</see>.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class LocalS3Error
{
    internal LocalS3Error(int statusCode, string code, string message, params (string Name, string Value)[] details)
    {
        StatusCode = statusCode;
        Code = code;
        Message = message;
        Details = details;
    }

    /// <summary>Gets the HTTP status code.</summary>
    public int StatusCode { get; }

    /// <summary>Gets the S3 error code, such as <c>SignatureDoesNotMatch</c>.</summary>
    public string Code { get; }

    /// <summary>Gets the message in the response, with AWS's wording if it is known.</summary>
    public string Message { get; }

    /// <summary>Gets a description of the cause and of the remedy, or <c>null</c> if the message is sufficient.</summary>
    /// <value>The description is not sent to the client. It contains no secrets.</value>
    public string? Cause { get; internal init; }

    /// <summary>Gets the additional elements of the response, such as <c>HeadersNotSigned</c>.</summary>
    internal IReadOnlyList<(string Name, string Value)> Details { get; init; }

    /// <summary>Returns the status code, the error code, the message and the cause.</summary>
    /// <remarks>Control characters are replaced with spaces, so that a client cannot forge log entries.</remarks>
    public override string ToString()
    {
        string text = FormattableString.Invariant($"{StatusCode} {Code}: {Message}{(Cause is null ? "" : " " + Cause)}");
        return text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
    }

    internal LocalS3Error Because(string cause) => new(StatusCode, Code, Message) { Details = Details, Cause = cause };
}
