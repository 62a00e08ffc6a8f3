using System.Xml;

namespace PresignKit;

/// <summary>Makes the object of the parts of an upload.</summary>
/// <remarks>
/// Sent with the XML of <see cref="CreateBody"/>. The answer can begin with 200 and still hold an <c>Error</c>: read its body.
/// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html">CompleteMultipartUpload</see>.
/// </remarks>
public sealed record CompleteMultipartUpload : S3MultipartOperation
{
    /// <summary>Names the upload, in the bucket of the options. For another bucket, set <see cref="S3Operation.Bucket"/>.</summary>
    /// <param name="key">The object's key, not encoded.</param>
    /// <param name="uploadId">The upload's id (<see cref="S3MultipartOperation.UploadId"/>).</param>
    /// <exception cref="ArgumentNullException">An argument is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">An argument is empty, or <paramref name="key"/> is no key that can be presigned (<see cref="S3ObjectOperation.Key"/>).</exception>
    public CompleteMultipartUpload(string key, string uploadId)
        : base(key, uploadId)
    {
    }

    /// <summary>The checksum of the whole object, where the upload's <see cref="ChecksumType"/> is <see cref="ChecksumType.FullObject"/>.</summary>
    public Checksum? Checksum { get; init; }

    /// <summary>How the object's checksum comes from its parts; as <see cref="CreateMultipartUpload.ChecksumType"/> had it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to a value that the enumeration does not define.</exception>
    public ChecksumType? ChecksumType
    {
        get;
        init => field = ValueRules.RequireDefined(value, nameof(ChecksumType));
    }

    /// <summary>The length that the whole object must have, in bytes (<c>x-amz-mp-object-size</c>): AWS refuses another one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to a negative number.</exception>
    public long? ObjectSize
    {
        get;
        init => field = ValueRules.RequireBytes(value, nameof(ObjectSize));
    }

    /// <inheritdoc cref="PutObject.IfMatch"/>
    public string? IfMatch { get; init; }

    /// <inheritdoc cref="PutObject.IfNoneMatch"/>
    public string? IfNoneMatch { get; init; }

    /// <summary>The key of the upload (SSE-C): the one that <see cref="CreateMultipartUpload"/> had.</summary>
    public SseCustomerKey? SseCustomerKey { get; init; }

    /// <summary>Writes the body that the request wants.</summary>
    /// <param name="parts">The parts of the object, in ascending order of their numbers.</param>
    /// <returns>XML in UTF-8.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="parts"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">There are no parts, or their numbers do not ascend.</exception>
    public static byte[] CreateBody(IEnumerable<CompletedPart> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return S3Xml.Write("CompleteMultipartUpload", writer =>
        {
            int last = 0;
            foreach (CompletedPart? part in parts)
            {
                if (part is null)
                {
                    throw new ArgumentException(FormattableString.Invariant($"After part {last} comes a null in place of a part. Leave it out."), nameof(parts));
                }

                last = part.PartNumber > last
                    ? part.PartNumber
                    : throw new ArgumentException(
                        FormattableString.Invariant($"Part {part.PartNumber} comes after part {last}; stores want ascending numbers, each once. Order the parts by PartNumber."),
                        nameof(parts));
                Write(writer, part);
            }

            if (last == 0)
            {
                throw new ArgumentException("There are no parts, and an object has one at least. To give the upload up, use AbortMultipartUpload.", nameof(parts));
            }
        });
    }

    private protected override void DescribeUploadRequest(RequestBuilder request)
    {
        RequestBuilder.RefuseIf(
            IfMatch is not null && IfNoneMatch is not null, "Both IfMatch and IfNoneMatch are set; stores take one of them on a write. Leave one out.");
        request.Method = HttpMethod.Post;
        Checksum?.Describe(request);
        request.AddOptionalHeader("x-amz-checksum-type", Checksum.NameOf(ChecksumType));
        request.AddOptionalHeader("x-amz-mp-object-size", InvariantText.Number(ObjectSize));
        request.AddOptionalHeader("if-match", IfMatch);
        request.AddOptionalHeader("if-none-match", IfNoneMatch);
        SseCustomerKey?.Describe(request);
    }

    private static void Write(XmlWriter writer, CompletedPart part)
    {
        writer.WriteStartElement("Part");
        writer.WriteElementString("PartNumber", InvariantText.Number(part.PartNumber));
        writer.WriteElementString("ETag", part.ETag);
        if (part.Checksum is not null)
        {
            writer.WriteElementString("Checksum" + Checksum.NameOf(part.Checksum.Algorithm), part.Checksum.Value);
        }

        writer.WriteEndElement();
    }
}
