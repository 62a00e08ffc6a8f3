using System.Text.Json;
using System.Xml.Linq;
using PresignKit.ArchitectureTests;

namespace PresignKit.DocsTests;

/// <summary>The rules of docs/cors.md: the JSON is equivalent to the XML, which the live tests send to a store.</summary>
public class CorsRulesTests
{
    private const string Json = """
        [
          {
            "AllowedOrigins": ["https://app.example.com"],
            "AllowedMethods": ["GET", "PUT", "POST"],
            "AllowedHeaders": ["*"],
            "ExposeHeaders": ["ETag"],
            "MaxAgeSeconds": 3600
          }
        ]
        """;

    [Fact]
    public void Rules_InJson_AreEquivalentToThoseInXml()
    {
        string xml = Repository.Read("docs/cors.md").Split("```xml")[1].Split("```")[0];
        ILookup<string, string> inXml = XDocument.Parse(xml).Descendants("CORSRule").Single().Elements().ToLookup(one => one.Name.LocalName, one => one.Value);
        using JsonDocument json = JsonDocument.Parse(Json);
        JsonElement rule = json.RootElement.EnumerateArray().Single();

        foreach (JsonProperty property in rule.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.Array))
        {
            inXml[property.Name.TrimEnd('s')].Should().Equal(property.Value.EnumerateArray().Select(one => one.GetString()), "{0} is the same in both formats", property.Name);
        }

        inXml["MaxAgeSeconds"].Should().Equal(rule.GetProperty("MaxAgeSeconds").GetRawText());
        rule.EnumerateObject().Should().HaveCount(inXml.Count);
    }
}
