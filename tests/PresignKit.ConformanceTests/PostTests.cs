using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PresignKit.ConformanceTests;

/// <summary>Forms are equivalent to botocore's and are signed the same way. Generator/posts.py creates the cases.</summary>
public class PostTests
{
    private static readonly string[] Signed = ["policy", "x-amz-signature"];

    [Theory]
    [MemberData(nameof(PostCase.Ids), MemberType = typeof(PostCase))]
    public void PresignPost_Form_HasBotocoresUrlAndFields(string id)
    {
        PostCase one = PostCase.All[id];

        PresignedPost post = one.Presigner().PresignPost(one.ToPolicy());

        Origin(post.Url).Should().Be(Origin(one.Expected.Url));
        post.Fields.Where(field => !Signed.Contains(field.Key)).Select(field => (Name(field.Key), field.Value))
            .Should().BeEquivalentTo(one.Expected.Fields.Where(field => !Signed.Contains(field[0])).Select(field => (Name(field[0]), field[1])));
    }

    [Theory]
    [MemberData(nameof(PostCase.Ids), MemberType = typeof(PostCase))]
    public void PresignPost_Policy_IsEquivalentToBotocores(string id)
    {
        PostCase one = PostCase.All[id];

        (string expiration, string[] conditions) = Read(PolicyOf(one.Presigner().PresignPost(one.ToPolicy()).Fields));
        (string theirExpiration, string[] theirConditions) = Read(PolicyOf(one.Expected));

        expiration.Should().MatchRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.000Z$");
        expiration.Replace(".000Z", "Z", StringComparison.Ordinal).Should().Be(theirExpiration);
        conditions.Should().BeEquivalentTo(theirConditions).And.OnlyHaveUniqueItems();
    }

    [Theory]
    [MemberData(nameof(PostCase.Ids), MemberType = typeof(PostCase))]
    public void PresignPost_Signature_IsCorrectForBotocoresPolicyAndForOurs(string id)
    {
        PostCase one = PostCase.All[id];
        CredentialScope scope = new(one.SignedAt.UtcDateTime.Date, one.Region, "s3");
        Span<byte> signature = stackalloc byte[32];

        SigningKey.Derive(one.SecretAccessKey, scope).SignText(Encoding.ASCII.GetBytes(PolicyOf(one.Expected)), signature);
        PresignedPost ours = one.Presigner().PresignPost(one.ToPolicy());

        Convert.ToHexString(signature.ToArray()).ToLowerInvariant().Should().Be(one.Expected.Fields.Single(field => field[0] == "x-amz-signature")[1]);
        Value(ours.Fields, "x-amz-signature").Should().Be(IndependentSignature(one, PolicyOf(ours.Fields)));
    }

    [Fact]
    public void Cases_AreAtLeast150() => PostCase.All.Should().HaveCountGreaterThanOrEqualTo(150);

    [Fact]
    public void Cases_SetEachProperty()
    {
        IEnumerable<string> set = PostCase.All.Values.SelectMany(one => one.Properties.EnumerateObject()).Select(property => property.Name).Distinct();
        IEnumerable<string> properties = typeof(PostPolicy).GetProperties().Select(property => property.Name).Except(["Bucket", "ExpiresIn", "Key", "UseFileName", "FileNameSuffix"]);

        set.Should().BeEquivalentTo(properties.Select(name => char.ToLowerInvariant(name[0]) + name[1..]));
    }

    private static string IndependentSignature(PostCase one, string policy)
    {
        byte[] key = new[] { one.SignedAt.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture), one.Region, "s3", "aws4_request" }.Aggregate(
            Encoding.UTF8.GetBytes("AWS4" + one.SecretAccessKey), (current, part) => HMACSHA256.HashData(current, Encoding.UTF8.GetBytes(part)));
        return Convert.ToHexString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(policy))).ToLowerInvariant();
    }

    private static (string Expiration, string[] Conditions) Read(string base64)
    {
        using JsonDocument policy = JsonDocument.Parse(Convert.FromBase64String(base64));
        policy.RootElement.EnumerateObject().Should().HaveCount(2);
        return (policy.RootElement.GetProperty("expiration").GetString()!, [.. policy.RootElement.GetProperty("conditions").EnumerateArray().Select(Meaning)]);
    }

    // {"a": "b"} means ["eq", "$a", "b"]. Conditions are compared as JSON, so that the boundaries between the values are unambiguous.
    private static string Meaning(JsonElement condition)
    {
        if (condition.ValueKind == JsonValueKind.Object)
        {
            JsonProperty only = condition.EnumerateObject().Should().ContainSingle().Subject;
            return JsonSerializer.Serialize(new[] { "eq", "$" + Name(only.Name), only.Value.GetString() });
        }

        JsonElement[] parts = [.. condition.EnumerateArray()];
        return parts[1].ValueKind == JsonValueKind.Number
            ? condition.GetRawText().Replace(" ", "", StringComparison.Ordinal)
            : parts[0].GetString() == "content-length-range"
                ? throw new FormatException("The sizes of content-length-range must be numbers.")
                : JsonSerializer.Serialize(new[] { parts[0].GetString(), Name(parts[1].GetString()!), parts[2].GetString() });
    }

    private static string PolicyOf(IEnumerable<KeyValuePair<string, string>> fields) => Value(fields, "policy");

    private static string PolicyOf(PostCase.Form form) => form.Fields.Single(field => field[0] == "policy")[1];

    private static string Value(IEnumerable<KeyValuePair<string, string>> fields, string name) => fields.Single(field => field.Key == name).Value;

    // Stores ignore the case of field names, because some, such as Content-Type, are also header names.
    private static string Name(string name) => name.ToLowerInvariant();

    // botocore keeps uppercase letters and default ports in the URL.
    private static string Origin(string url)
    {
        int path = url.IndexOf('/', url.IndexOf("://", StringComparison.Ordinal) + 3);
        return new Uri(url[..path]).GetLeftPart(UriPartial.Authority) + url[path..];
    }
}
