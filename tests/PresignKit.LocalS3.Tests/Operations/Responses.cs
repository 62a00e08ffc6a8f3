using System.Text;
using System.Xml.Linq;

namespace PresignKit.LocalS3.Tests.Operations;

/// <summary>Reads responses, and shows the whole response if it is not the expected one.</summary>
internal static class Responses
{
    public static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    public static string? Header(this HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out System.Net.Http.Headers.HeaderStringValues values)
        || response.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? values.ToString()
            : null;

    public static async Task<byte[]> BytesAsync(this Task<HttpResponseMessage> pending, int status = 200)
    {
        using HttpResponseMessage response = await pending;
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        ((int)response.StatusCode).Should().Be(status, "the response is {0}", Encoding.UTF8.GetString(body[..Math.Min(body.Length, 2000)]));
        return body;
    }

    public static async Task<string> TextAsync(this Task<HttpResponseMessage> pending, int status = 200) => Encoding.UTF8.GetString(await pending.BytesAsync(status));

    /// <summary>Returns a response that has the expected status.</summary>
    public static async Task<HttpResponseMessage> StatusAsync(this Task<HttpResponseMessage> pending, int status = 200)
    {
        HttpResponseMessage response = await pending;
        ((int)response.StatusCode).Should().Be(status, "the response is {0}", await response.Content.ReadAsStringAsync());
        return response;
    }

    public static async Task<XElement> XmlAsync(this Task<HttpResponseMessage> pending, int status = 200)
    {
        using HttpResponseMessage response = await pending.StatusAsync(status);
        response.Header("Content-Type").Should().Be("application/xml");
        return WithoutNamespaces(XElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Returns the document of an error response that has the expected status, code and, unless it is <c>null</c>, message.</summary>
    public static async Task<XElement> ErrorAsync(this Task<HttpResponseMessage> pending, int status, string code, string? message = null)
    {
        XElement error = await pending.XmlAsync(status);
        error.Name.LocalName.Should().Be("Error");
        error.Value("Code").Should().Be(code, "the response is {0}", error);
        if (message is not null)
        {
            error.Value("Message").Should().Be(message);
        }

        error.Value("RequestId").Should().NotBeNullOrEmpty();
        error.Value("HostId").Should().NotBeNullOrEmpty();
        return error;
    }

    public static string? Value(this XElement parent, string name) => parent.Element(name)?.Value;

    public static string[] Values(this XElement parent, string name, string child) => [.. parent.Elements(name).Select(element => element.Value(child)!)];

    private static XElement WithoutNamespaces(XElement element) =>
        new(element.Name.LocalName, element.HasElements ? element.Elements().Select(WithoutNamespaces) : element.Value);
}
