using System.Globalization;
using System.Xml.Linq;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3;

/// <summary>The body of CompleteMultipartUpload.</summary>
internal sealed record CompleteRequest(IReadOnlyList<RequestedPart> Parts)
{
    /// <exception cref="S3Exception">The body is not valid.</exception>
    public static CompleteRequest Read(byte[] body, MultipartUpload upload)
    {
        // AWS sends this message for an empty body, and MalformedXML for anything else that is not a list of parts.
        if (body.Length == 0)
        {
            throw new S3Exception(S3Errors.InvalidRequest("You must specify at least one part"));
        }

        List<RequestedPart> parts = [];
        foreach (XElement element in XmlBody.Read(body, "CompleteMultipartUpload").All("Part"))
        {
            if (!int.TryParse(element.Text("PartNumber"), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int number) || element.Text("ETag") is not { } etag)
            {
                throw new S3Exception(S3Errors.MalformedXml);
            }

            parts.Add(new RequestedPart(number, etag.Trim(), ReadChecksum(element, number, upload)));
        }

        return parts.Count > 0 ? new CompleteRequest(parts) : throw new S3Exception(S3Errors.MalformedXml);
    }

    private static byte[]? ReadChecksum(XElement part, int number, MultipartUpload upload)
    {
        if (upload.ChecksumAlgorithm is not { } algorithm)
        {
            return null;
        }

        string name = RequestBody.NameOf(algorithm);
        if (part.Text("Checksum" + name.ToUpperInvariant()) is not { } text)
        {
            return upload.ChecksumType == ChecksumType.FullObject
                ? null
                : throw new S3Exception(S3Errors.InvalidRequest(FormattableString.Invariant(
                    $"The upload was created using a {name} checksum. The complete request must include the checksum for each part. It was missing for part {number} in the request.")));
        }

        return RequestBody.TryDecode(text, Checksums.Size(algorithm), out byte[]? checksum) ? checksum : throw new S3Exception(S3Errors.BadChecksumOfPart(name, number));
    }
}
