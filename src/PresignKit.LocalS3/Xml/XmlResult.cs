using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http;

namespace PresignKit.LocalS3;

/// <summary>Writes the elements that several responses contain.</summary>
internal static class XmlResult
{
    private const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";
    private const string OwnerId = "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a";

    /// <summary>Sends a document as the response. For a HEAD request, only the headers are sent.</summary>
    public static async Task WriteAsync(HttpContext http, int status, Action<XmlWriter> write)
    {
        // A key can contain characters that XML does not allow. As on AWS, such characters are written as references (&#x1;).
        // Parsers normalize a carriage return unless it is a reference as well.
        XmlWriterSettings settings = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CheckCharacters = false, NewLineHandling = NewLineHandling.Entitize };
        using MemoryStream body = new();
        using (XmlWriter xml = XmlWriter.Create(body, settings))
        {
            write(xml);
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = "application/xml";
        http.Response.ContentLength = body.Length;
        if (http.Request.Method != HttpMethods.Head)
        {
            await http.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), http.RequestAborted);
        }
    }

    public static void StartResult(this XmlWriter xml, string name) => xml.WriteStartElement(name, Namespace);

    /// <summary>Writes an element unless its value is <c>null</c>.</summary>
    public static void WriteOptional(this XmlWriter xml, string name, string? value)
    {
        if (value is not null)
        {
            xml.WriteElementString(name, value);
        }
    }

    /// <summary>Writes the storage class that is stored with an object or an upload.</summary>
    public static void WriteStorageClass(this XmlWriter xml, IReadOnlyList<KeyValuePair<string, string>> headers) =>
        xml.WriteElementString("StorageClass", headers.FirstOrDefault(header => header.Key == "x-amz-storage-class").Value ?? "STANDARD");

    /// <summary>Writes the owner of all objects. There is only one account.</summary>
    public static void WriteOwner(this XmlWriter xml, string name)
    {
        xml.WriteStartElement(name);
        xml.WriteElementString("ID", OwnerId);
        xml.WriteElementString("DisplayName", "locals3");
        xml.WriteEndElement();
    }

    /// <summary>Encodes a key for <c>encoding-type=url</c>. As on S3, a space becomes a plus sign and a slash is kept.</summary>
    public static string UrlEncode(string text)
    {
        StringBuilder encoded = new(text.Length);
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            char c = (char)b;
            _ = char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '*' or '/' ? encoded.Append(c)
                : c == ' ' ? encoded.Append('+')
                : encoded.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return encoded.ToString();
    }
}
