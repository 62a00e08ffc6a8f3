using System.Text;

namespace PresignKit.LocalS3.Tests.Load;

/// <summary>A request that can be changed in its parts before it becomes bytes. All text is ISO 8859-1: one character is one byte.</summary>
internal sealed class FuzzRequest(string method, string target, string host, bool isSigned)
{
    public string Method { get; set; } = method;

    public string Target { get; set; } = target;

    public string Version { get; set; } = "HTTP/1.1";

    public List<(string Name, string Value)> Headers { get; } = [("Host", host), ("Connection", "close")];

    public string Body { get; set; } = "";

    public bool SendsLength { get; set; }

    /// <summary>Gets or sets a value that indicates whether a status of 2xx is possible.</summary>
    public bool MaySucceed { get; set; } = isSigned;

    /// <summary>Gets the names of the changes that were made.</summary>
    public List<string> Changes { get; } = [];

    public void SetHeader(string name, string value)
    {
        int index = Headers.FindIndex(header => header.Name == name);
        if (index < 0)
        {
            Headers.Add((name, value));
        }
        else
        {
            Headers[index] = (name, value);
        }
    }

    public byte[] ToBytes()
    {
        StringBuilder text = new();
        text.Append(Method).Append(' ').Append(Target).Append(' ').Append(Version).Append("\r\n");
        foreach ((string name, string value) in Headers)
        {
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        if (SendsLength)
        {
            text.Append("Content-Length: ").Append(Body.Length).Append("\r\n");
        }

        return Encoding.Latin1.GetBytes(text.Append("\r\n").Append(Body).ToString());
    }
}
