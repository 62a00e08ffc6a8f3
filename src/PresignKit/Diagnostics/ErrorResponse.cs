using System.Xml;

namespace PresignKit;

/// <summary>The content of a store's error response, which is XML. All properties are <c>null</c> if the response is not XML.</summary>
internal sealed class ErrorResponse
{
    private const int MaxLength = 1 << 20;

    public string? Code { get; private set; }

    public string? CanonicalRequest { get; private set; }

    public string? StringToSign { get; private set; }

    /// <summary>Reads as much of a response as is valid XML.</summary>
    public static ErrorResponse Read(string xml)
    {
        ErrorResponse response = new();
        XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxLength };
        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(xml.Trim()), settings);
            while (!reader.EOF)
            {
                // ReadElementContentAsString advances the reader itself.
                if (reader.NodeType != XmlNodeType.Element || !response.TryReadElement(reader))
                {
                    reader.Read();
                }
            }
        }
        catch (XmlException)
        {
            // The elements before the error are still useful.
        }

        return response;
    }

    /// <summary>Describes an error other than a wrong signature, or returns <c>null</c>.</summary>
    public string? FindOtherError() => Code is null or "SignatureDoesNotMatch" ? null :
        $"The store responded with '{Printable.Text(Code)}', so the signed text is not the cause. " + Code switch
        {
            "AccessDenied" => "The URL may have expired, or the access key may lack the permission. See the response's Message.",
            "RequestTimeTooSkewed" => "The signer's clock differs from the store's by more than 15 minutes. Correct the clock.",
            "InvalidAccessKeyId" => "The store does not know the access key ID. Check the access key ID and the endpoint.",
            "ExpiredToken" or "InvalidToken" or "TokenRefreshRequired" => "The session token has expired or belongs to different credentials. Renew the credentials.",
            "AuthorizationQueryParametersError" or "AuthorizationHeaderMalformed" =>
                "The store rejected a parameter of the signature, usually because of a wrong region. See the response's Message.",
            _ => "See the response's Message.",
        };

    private bool TryReadElement(XmlReader reader)
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
