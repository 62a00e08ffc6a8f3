using System.Buffers;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace PresignKit.LocalS3;

/// <summary>Reads the XML body of a request.</summary>
internal static class XmlBody
{
    /// <summary>Reads a document and returns its root element.</summary>
    /// <exception cref="S3Exception">The document is not well-formed or has a different root element.</exception>
    public static XElement Read(byte[] body, string root)
    {
        // A key can be a space, or contain characters that XML 1.0 does not allow even as references (&#x1;). A client that lists such a key must be able to delete it.
        XmlReaderSettings settings = new() { CheckCharacters = false, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };
        try
        {
            using XmlReader reader = XmlReader.Create(new MemoryStream(body), settings);
            XElement element = XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
            bool isValid = element.Name.LocalName == root && element.DescendantNodes().OfType<XText>().All(text => IsUnicode(text.Value));
            return isValid ? element : throw new S3Exception(S3Errors.MalformedXml);
        }
        catch (Exception e) when (e is XmlException or InvalidOperationException)
        {
            throw new S3Exception(S3Errors.MalformedXml);
        }
    }

    // A reference such as &#xD800; is a lone surrogate, which a response could not contain.
    private static bool IsUnicode(string text)
    {
        ReadOnlySpan<char> rest = text;
        while (Rune.DecodeFromUtf16(rest, out _, out int length) == OperationStatus.Done)
        {
            rest = rest[length..];
        }

        return rest.IsEmpty;
    }

    /// <summary>Returns the child elements with the specified name, in any namespace.</summary>
    public static IEnumerable<XElement> All(this XElement parent, string name) => parent.Elements().Where(element => element.Name.LocalName == name);

    /// <summary>Returns the text of the only child element with the specified name, or <c>null</c> if there is none.</summary>
    public static string? Text(this XElement parent, string name)
    {
        string? text = null;
        foreach (XElement element in parent.All(name))
        {
            text = text is null && !element.HasElements ? element.Value : throw new S3Exception(S3Errors.MalformedXml);
        }

        return text;
    }
}
