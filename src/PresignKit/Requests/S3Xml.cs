using System.Text;
using System.Xml;

namespace PresignKit;

/// <summary>Writes and reads the XML bodies of S3, which are UTF-8 without a byte order mark and use the S3 namespace.</summary>
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

    /// <summary>Returns the text of the first element with the specified local name in any namespace, or <c>null</c>.</summary>
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
