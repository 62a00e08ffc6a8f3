using System.Diagnostics;

namespace PresignKit.LocalS3;

/// <summary>A request that the endpoint received.</summary>
/// <remarks>Instances do not change once the response has been sent, and they are thread-safe. Signatures, session tokens and policies are masked. Values of more than 8,192 characters are
/// shortened and end with an ellipsis.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class LocalS3Request
{
    internal LocalS3Request()
    {
    }

    /// <summary>Gets the method, such as <c>PUT</c>.</summary>
    public string Method { get; internal set; } = "";

    /// <summary>Gets the host followed by the path and the query as they were received, with secrets masked.</summary>
    public string Url { get; internal set; } = "";

    /// <summary>Gets the name of the S3 operation, such as <c>UploadPart</c>, or <c>null</c> if the request does not correspond to an operation.</summary>
    public string? Operation { get; internal set; }

    /// <summary>Gets the bucket, or <c>null</c> if the request does not contain one.</summary>
    public string? Bucket { get; internal set; }

    /// <summary>Gets the decoded key, or <c>null</c> if the request does not contain one.</summary>
    /// <value>For a form, the key is known once its fields have been read.</value>
    public string? Key { get; internal set; }

    /// <summary>Gets the number of the part that the request uploads or reads, or <c>null</c> if the request does not contain one.</summary>
    public int? PartNumber { get; internal set; }

    /// <summary>Gets the <c>Content-Length</c> of the request in bytes, or <c>null</c> if it was not sent.</summary>
    public long? ContentLength { get; internal set; }

    /// <summary>Gets the time at which the request was received, according to <see cref="LocalS3Options.TimeProvider"/>.</summary>
    public DateTimeOffset ReceivedAt { get; internal set; }

    /// <summary>Gets the status code of the response, or <c>null</c> if the connection was closed before a response was sent.</summary>
    public int? StatusCode { get; internal set; }

    /// <summary>Gets the error in the response, or <c>null</c> if the request succeeded or a fault closed the connection.</summary>
    public LocalS3Error? Error { get; internal set; }

    /// <summary>Returns the method, the URL and the outcome.</summary>
    public override string ToString() => $"{Method} {Url} {Error?.ToString() ?? StatusCode?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "(no response)"}";
}
