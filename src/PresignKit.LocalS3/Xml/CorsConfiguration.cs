using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace PresignKit.LocalS3;

/// <summary>Reads and writes a CORS configuration.</summary>
internal static class CorsConfiguration
{
    private const int MaxRules = 100;

    private static readonly string[] Methods = ["GET", "PUT", "HEAD", "POST", "DELETE"];

    /// <exception cref="S3Exception">The configuration is not valid.</exception>
    public static IReadOnlyList<CorsRule> Read(byte[] body)
    {
        List<CorsRule> rules = [];
        foreach (XElement element in XmlBody.Read(body, "CORSConfiguration").All("CORSRule"))
        {
            CorsRule rule = new()
            {
                Id = element.Text("ID"),
                AllowedOrigins = Values(element, "AllowedOrigin"),
                AllowedMethods = Values(element, "AllowedMethod"),
                AllowedHeaders = Values(element, "AllowedHeader"),
                ExposeHeaders = Values(element, "ExposeHeader"),
                MaxAgeSeconds = element.Text("MaxAgeSeconds") is not { } age ? null
                    : int.TryParse(age, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) ? seconds
                    : throw new S3Exception(S3Errors.MalformedXml),
            };
            if (rule.AllowedMethods.FirstOrDefault(method => !Methods.Contains(method)) is { } unsupported)
            {
                throw new S3Exception(S3Errors.InvalidRequest($"Found unsupported HTTP method in CORS config. Unsupported method is {unsupported}"));
            }

            if (rule.AllowedOrigins.Count == 0 || rule.AllowedMethods.Count == 0)
            {
                throw new S3Exception(S3Errors.MalformedXml);
            }

            CheckWildcards(rule.AllowedOrigins, "AllowedOrigin");
            CheckWildcards(rule.AllowedHeaders, "AllowedHeader");
            if (rule.ExposeHeaders.FirstOrDefault(header => header.Contains('*')) is { } wildcard)
            {
                throw new S3Exception(S3Errors.InvalidRequest($"ExposeHeader \"{wildcard}\" contains wildcard. We currently do not support wildcard for ExposeHeader."));
            }

            if (rule.ExposeHeaders.FirstOrDefault(header => !StoredHeader.IsName(header)) is { } invalid)
            {
                throw new S3Exception(S3Errors.InvalidRequest($"ExposeHeader \"{invalid}\" is not a valid header name."));
            }

            rules.Add(rule);
        }

        return rules.Count is >= 1 and <= MaxRules ? rules : throw new S3Exception(S3Errors.MalformedXml);
    }

    public static void Write(XmlWriter xml, IReadOnlyList<CorsRule> rules)
    {
        xml.StartResult("CORSConfiguration");
        foreach (CorsRule rule in rules)
        {
            xml.WriteStartElement("CORSRule");
            WriteAll("ID", rule.Id is null ? [] : [rule.Id]);
            WriteAll("AllowedHeader", rule.AllowedHeaders);
            WriteAll("AllowedMethod", rule.AllowedMethods);
            WriteAll("AllowedOrigin", rule.AllowedOrigins);
            WriteAll("ExposeHeader", rule.ExposeHeaders);
            WriteAll("MaxAgeSeconds", rule.MaxAgeSeconds is { } age ? [S3Call.Text(age)] : []);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();

        void WriteAll(string name, IReadOnlyList<string> values)
        {
            foreach (string value in values)
            {
                xml.WriteElementString(name, value);
            }
        }
    }

    private static string[] Values(XElement rule, string name) => [.. rule.All(name).Select(element => element.Value.Trim())];

    private static void CheckWildcards(IReadOnlyList<string> values, string name)
    {
        if (values.FirstOrDefault(value => value.Count(c => c == '*') > 1) is { } invalid)
        {
            throw new S3Exception(S3Errors.InvalidRequest($"{name} \"{invalid}\" can not have more than one wildcard."));
        }
    }
}
