using System.Xml;

namespace PresignKit;

/// <summary>Starts a multipart upload and sets the properties of the object.</summary>
/// <remarks>
/// The request does not have a body. The response body contains the upload ID. Use <see cref="ReadUploadId"/> to read it.
/// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html">CreateMultipartUpload</see>.
/// </remarks>
public sealed record CreateMultipartUpload : S3ObjectWriteOperation
{
    /// <inheritdoc cref="S3ObjectOperation(string)"/>
    public CreateMultipartUpload(string key)
        : base(key)
    {
    }

    /// <summary>Gets the checksum algorithm for the object and its parts (<c>x-amz-checksum-algorithm</c>).</summary>
    /// <value>The default is <c>null</c>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The property is set to an undefined enumeration value.</exception>
    public ChecksumAlgorithm? ChecksumAlgorithm
    {
        get;
        init => field = ValueRules.RequireDefined(value, nameof(ChecksumAlgorithm));
    }

    /// <summary>Gets a value that specifies how the checksum of the object is computed (<c>x-amz-checksum-type</c>).</summary>
    /// <value>The default is <c>null</c>. Any other value requires <see cref="ChecksumAlgorithm"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The property is set to an undefined enumeration value.</exception>
    public ChecksumType? ChecksumType
    {
        get;
        init => field = ValueRules.RequireDefined(value, nameof(ChecksumType));
    }

    /// <summary>Reads the upload ID from the response.</summary>
    /// <param name="responseBody">The XML body of the response.</param>
    /// <returns>The upload ID, which is the <see cref="S3MultipartOperation.UploadId"/> for all subsequent operations on this upload.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="responseBody"/> is <c>null</c>.</exception>
    /// <exception cref="FormatException"><paramref name="responseBody"/> is an error response, is not XML, or does not contain an <c>UploadId</c> element.</exception>
    public static string ReadUploadId(string responseBody)
    {
        ArgumentNullException.ThrowIfNull(responseBody);

        // The caller may have decoded the body without removing its byte order mark.
        string xml = responseBody.TrimStart('\uFEFF');
        try
        {
            // An error response can also contain an UploadId element, which identifies the upload that was not found.
            if (S3Xml.ReadRoot(xml) == "Error")
            {
                throw new FormatException($"The store returned the error '{Printable.Text(S3Xml.ReadText(xml, "Code") ?? "")}'{(S3Xml.ReadText(xml, "Message") is { } message ? ": " + Printable.Text(message).TrimEnd('.') : " (no message)")}. Fix the cause, and create the upload again.");
            }

            return S3Xml.ReadText(xml, "UploadId") is { Length: > 0 } id
                ? id
                : throw new FormatException("The response does not contain an UploadId. Check its status code before reading the body, because the response may be an error.");
        }
        catch (XmlException e)
        {
            throw new FormatException("The response is not a valid CreateMultipartUpload response. Check its status code before reading the body.", e);
        }
    }

    private protected override void BuildCore(RequestBuilder request)
    {
        base.BuildCore(request);
        request.ThrowIf(ChecksumType is not null && ChecksumAlgorithm is null, "ChecksumType is set without ChecksumAlgorithm. Set both, or neither.");
        request.Method = HttpMethod.Post;
        request.AddQuery("uploads", value: null);
        request.AddOptionalHeader("x-amz-checksum-algorithm", Checksum.NameOf(ChecksumAlgorithm));
        request.AddOptionalHeader("x-amz-checksum-type", Checksum.NameOf(ChecksumType));
    }
}
