using System.Xml;

namespace PresignKit;

/// <summary>What the XML of a store's refusal holds. Text that is no XML holds nothing.</summary>
internal sealed class ErrorResponse
{
    private const int MaxLength = 1 << 20;

    public string? Code { get; private set; }

    public string? CanonicalRequest { get; private set; }

    public string? StringToSign { get; private set; }

    public static ErrorResponse Read(string xml)
    {
        ErrorResponse answer = new();
        XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxLength };
        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(xml.Trim()), settings);
            while (!reader.EOF)
            {
                // ReadElementContentAsString moves on by itself.
                if (reader.NodeType != XmlNodeType.Element || !answer.Take(reader))
                {
                    reader.Read();
                }
            }
        }
        catch (XmlException)
        {
            // What was read before it broke off is as good as it was.
        }

        return answer;
    }

    /// <summary>What is to be said of an answer that is none to a wrong signature.</summary>
    public string? FindOtherError() => Code is null or "SignatureDoesNotMatch" ? null :
        $"The store's answer is '{Printable.Text(Code)}', which is no question of what was signed" + Code switch
        {
            "AccessDenied" => ": the signature may be right, and the URL has expired or the access key may not do this. Look at its Message.",
            "RequestTimeTooSkewed" => ": the signer's clock differs from the store's by more than 15 minutes. Set it.",
            "InvalidAccessKeyId" => ": the store does not know the access key. Compare it, and the endpoint.",
            "ExpiredToken" or "InvalidToken" or "TokenRefreshRequired" => ": the session token has expired or belongs to other credentials. Renew them.",
            "AuthorizationQueryParametersError" or "AuthorizationHeaderMalformed" => ": a parameter of the signature is refused, the region mostly. Look at its Message.",
            _ => ". Look at its Message.",
        };

    private bool Take(XmlReader reader)
    {
        switch (reader.LocalName)
        {
            case "Code":
                Code = reader.ReadElementContentAsString().Trim();
                return true;
            case "CanonicalRequest":
                CanonicalRequest = reader.ReadElementContentAsString();
                return true;
            case "StringToSign":
                StringToSign = reader.ReadElementContentAsString();
                return true;
            default:
                return false;
        }
    }
}
