using System.Xml.Linq;

namespace PresignKit.LocalS3;

/// <summary>The body of DeleteObjects.</summary>
internal sealed record DeleteRequest(IReadOnlyList<DeleteRequest.Entry> Entries, bool IsQuiet)
{
    private const int MaxEntries = 1000;

    /// <exception cref="S3Exception">The body is not valid.</exception>
    public static DeleteRequest Read(byte[] body)
    {
        XElement root = XmlBody.Read(body, "Delete");
        List<Entry> entries = [];
        foreach (XElement element in root.All("Object"))
        {
            string key = element.Text("Key") is { Length: > 0 } text ? text : throw new S3Exception(S3Errors.MalformedXml);
            if (element.Text("VersionId") is { } version && version != "null")
            {
                throw new S3Exception(S3Errors.NotImplemented("versioning (the element 'VersionId')"));
            }

            if (element.Text("Size") is not null || element.Text("LastModifiedTime") is not null)
            {
                throw new S3Exception(S3Errors.NotImplemented("conditions on the size or the time in DeleteObjects"));
            }

            entries.Add(new Entry(key, element.Text("ETag")));
        }

        return entries.Count is 0 or > MaxEntries ? throw new S3Exception(S3Errors.MalformedXml) : new DeleteRequest(entries, root.Text("Quiet") is "true");
    }

    internal sealed record Entry(string Key, string? ETag);
}
