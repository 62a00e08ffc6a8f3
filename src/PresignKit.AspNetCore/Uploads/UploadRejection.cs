namespace PresignKit.AspNetCore;

/// <summary>An exception that ends the handling of a request with a status, a machine-readable code and a message for the user.</summary>
internal sealed class UploadRejection(int status, string code, string detail, string? reason = null) : Exception(detail)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>Gets the reason for the log, if it differs from the sentence for the user.</summary>
    public string Reason { get; } = reason ?? detail;
}
