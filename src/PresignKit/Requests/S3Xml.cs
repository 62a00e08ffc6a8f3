using System.Text;
using System.Xml;

namespace PresignKit;

/// <summary>Reads and writes the XML bodies of S3 requests and responses.</summary>
/// <remarks>Bodies are written as UTF-8 without a byte order mark, in the S3 namespace.</remarks>
internal static class S3Xml
{
    private const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    // XML readers convert a literal carriage return to a line feed, so it is written as a character reference.
    private static readonly XmlWriterSettings WriterSettings =
        new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineHandling = NewLineHandling.Entitize };

    private static readonly XmlReaderSettings ReaderSettings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    public static byte[] Write(string root, Action<XmlWriter> writeContent)
    {
        using MemoryStream stream = new();
        using (XmlWriter writer = XmlWriter.Create(stream, WriterSettings))
        {
            writer.WriteStartElement(root, Namespace);
            writeContent(writer);
            writer.WriteEndElement();
        }

        return stream.ToArray();
    }

    /// <summary>Returns the local name of the root element.</summary>
    /// <exception cref="XmlException"><paramref name="xml"/> is not XML.</exception>
    public static string ReadRoot(string xml)
    {
        using XmlReader reader = XmlReader.Create(new StringReader(xml), ReaderSettings);
        _ = reader.MoveToContent();
        return reader.LocalName;
    }

    /// <summary>Returns the content of the first element with the specified local name in any namespace, or <c>null</c> if there is none.</summary>
    /// <exception cref="XmlException"><paramref name="xml"/> is not XML.</exception>
    public static string? ReadText(string xml, string element)
    {
        using XmlReader reader = XmlReader.Create(new StringReader(xml), ReaderSettings);
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == element)
            {
                return reader.ReadElementContentAsString();
            }
        }

        return null;
    }
}
