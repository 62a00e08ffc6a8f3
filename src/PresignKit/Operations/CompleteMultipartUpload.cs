using System.Runtime.Serialization;
using System.Text.Json.Serialization;
using System.Xml;

namespace PresignKit;

/// <summary>Completes a multipart upload by assembling the uploaded parts into an object.</summary>
/// <remarks>
/// The request body is the XML that <see cref="CreateBody"/> returns. Check the response body even if the status is 200, because it might contain an <c>Error</c> element.
/// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html">CompleteMultipartUpload</see>.
/// </remarks>
public sealed record CompleteMultipartUpload : S3MultipartOperation
{
    /// <inheritdoc cref="S3MultipartOperation(string, string)"/>
    public CompleteMultipartUpload(string key, string uploadId)
        : base(key, uploadId)
    {
    }

    /// <summary>Gets the checksum of the whole object.</summary>
    /// <value>The default is <c>null</c>. Set this property only for uploads with the checksum type <see cref="ChecksumType.FullObject"/>.</value>
    public Checksum? Checksum { get; init; }

    /// <summary>Gets the checksum type, which specifies how the checksum of the object is computed (see <see cref="CreateMultipartUpload.ChecksumType"/>).</summary>
    /// <value>The default is <c>null</c>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The property is set to an undefined enumeration value.</exception>
    public ChecksumType? ChecksumType
    {
        get;
        init => field = ValueRules.RequireDefined(value, nameof(ChecksumType));
    }

    /// <summary>Gets the length that the assembled object must have, in bytes (<c>x-amz-mp-object-size</c>).</summary>
    /// <value>0 or greater. AWS rejects the request if the actual length is different. The default is <c>null</c>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The property is set to a negative number.</exception>
    public long? ObjectSize
    {
        get;
        init => field = ValueRules.RequireBytes(value, nameof(ObjectSize));
    }

    /// <inheritdoc cref="PutObject.IfMatch"/>
    /// <exception cref="ArgumentException">
    /// The property is set to a string that is not a valid ETag. Weak (<c>W/"…"</c>) and escaped (<c>&amp;quot;…&amp;quot;</c>) ETags are not accepted.
    /// </exception>
    public string? IfMatch
    {
        get;
        init => field = ETagRules.Require(value, nameof(IfMatch));
    }

    /// <inheritdoc cref="PutObject.IfNoneMatch"/>
    /// <exception cref="ArgumentException">
    /// The property is set to a string that is not a valid ETag. Weak (<c>W/"…"</c>) and escaped (<c>&amp;quot;…&amp;quot;</c>) ETags are not accepted.
    /// </exception>
    public string? IfNoneMatch
    {
        get;
        init => field = ETagRules.Require(value, nameof(IfNoneMatch));
    }

    /// <inheritdoc cref="UploadPart.SseCustomerKey"/>
    [JsonIgnore]
    [IgnoreDataMember]
    public SseCustomerKey? SseCustomerKey { get; init; }

    /// <summary>Creates the request body.</summary>
    /// <param name="parts">The parts of the object, in ascending order by part number.</param>
    /// <returns>The request body, which is XML encoded as UTF-8.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="parts"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="parts"/> is empty, contains <c>null</c>, or is not in ascending order by part number.</exception>
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
                    throw new ArgumentException(FormattableString.Invariant($"The part after part {last} is null. Remove it."), nameof(parts));
                }

                last = part.PartNumber > last
                    ? part.PartNumber
                    : throw new ArgumentException(
                        FormattableString.Invariant($"Part {part.PartNumber} follows part {last}, but stores require ascending part numbers without duplicates. Order the parts by PartNumber."),
                        nameof(parts));
                Write(writer, part);
            }

            if (last == 0)
            {
                throw new ArgumentException("The list of parts is empty, but an upload needs at least one part. Use AbortMultipartUpload to cancel the upload.", nameof(parts));
            }
        });
    }

    private protected override void BuildCore(RequestBuilder request)
    {
        base.BuildCore(request);
        request.Method = HttpMethod.Post;
        Checksum?.AddTo(request);
        request.AddOptionalHeader("x-amz-checksum-type", Checksum.NameOf(ChecksumType));
        request.AddOptionalHeader("x-amz-mp-object-size", InvariantText.Number(ObjectSize));
        AddWriteConditions(request, IfMatch, IfNoneMatch);
        SseCustomerKey?.AddTo(request);
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
