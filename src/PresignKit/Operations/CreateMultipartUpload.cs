using System.Xml;

namespace PresignKit;

/// <summary>Begins a multipart upload. What the object will be is said here, not with its parts.</summary>
/// <remarks>
/// Sent without a body. The answer's XML has the upload's id: <see cref="ReadUploadId"/>.
/// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html">CreateMultipartUpload</see>.
/// </remarks>
public sealed record CreateMultipartUpload : S3ObjectWriteOperation
{
    /// <summary>Names the object, in the bucket of the options. For another bucket, set <see cref="S3Operation.Bucket"/>.</summary>
    /// <param name="key">The object's key, not encoded.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> is no key that can be presigned (<see cref="S3ObjectOperation.Key"/>).</exception>
    public CreateMultipartUpload(string key)
        : base(key)
    {
    }

    /// <summary>The checksum that the parts will have, and the object (<c>x-amz-checksum-algorithm</c>).</summary>
    public ChecksumAlgorithm? ChecksumAlgorithm { get; init; }

    /// <summary>How the object's checksum comes from those of its parts. With <see cref="ChecksumAlgorithm"/> only.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to a value that the enumeration does not define.</exception>
    public ChecksumType? ChecksumType
    {
        get;
        init => field = ValueRules.RequireDefined(value, nameof(ChecksumType));
    }

    /// <summary>Reads the upload's id out of the answer.</summary>
    /// <param name="responseBody">The XML of the answer.</param>
    /// <returns>The id, for <see cref="S3MultipartOperation.UploadId"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="responseBody"/> is <c>null</c>.</exception>
    /// <exception cref="FormatException">It is no XML, or has no <c>UploadId</c>: it may be an error's.</exception>
    public static string ReadUploadId(string responseBody)
    {
        ArgumentNullException.ThrowIfNull(responseBody);
        try
        {
            return S3Xml.ReadText(responseBody, "UploadId") is { Length: > 0 } id
                ? id
                : throw new FormatException("The answer has no UploadId. Check its status first: an error's body has none.");
        }
        catch (XmlException problem)
        {
            throw new FormatException("The answer is not the XML of a CreateMultipartUpload. Check its status first.", problem);
        }
    }

    private protected override void DescribeObjectRequest(RequestBuilder request)
    {
        RequestBuilder.RefuseIf(
            ChecksumType is not null && ChecksumAlgorithm is null, "ChecksumType is set without ChecksumAlgorithm. Set both, or neither.");
        request.Method = HttpMethod.Post;
        request.AddQuery("uploads", value: null);
        DescribeWrite(request);
        request.AddOptionalHeader("x-amz-checksum-algorithm", Checksum.NameOf(ChecksumAlgorithm));
        request.AddOptionalHeader("x-amz-checksum-type", Checksum.NameOf(ChecksumType));
    }
}
