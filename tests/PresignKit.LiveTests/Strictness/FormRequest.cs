using System.Security.Cryptography;
using System.Text;

namespace PresignKit.LiveTests.Strictness;

/// <summary>A POST form, which is sent field by field as it is written.</summary>
/// <param name="Target">The path of the bucket.</param>
/// <param name="Fields">The fields that are sent before the file.</param>
internal sealed record FormRequest(string Target, IReadOnlyList<(string Name, string Value)> Fields)
{
    private const string Boundary = "----presignkit-strictness";

    public byte[] File { get; init; } = Encoding.ASCII.GetBytes("0123456789");

    public string FileName { get; init; } = "photo.txt";

    public string ContentType { get; init; } = "multipart/form-data; boundary=" + Boundary;

    public bool HasFile { get; init; } = true;

    public IReadOnlyList<(string Name, string Value)> FieldsAfterFile { get; init; } = [];

    public static FormRequest Of(PresignedPost post) => new(new Uri(post.Url).AbsolutePath, [.. post.Fields.Select(field => (field.Key, field.Value))]);

    public string Get(string field) => Fields.Single(one => one.Name.Equals(field, StringComparison.OrdinalIgnoreCase)).Value;

    public FormRequest Set(string field, string value)
    {
        Fields.Should().Contain(one => one.Name.Equals(field, StringComparison.OrdinalIgnoreCase));
        return this with { Fields = [.. Fields.Select(one => one.Name.Equals(field, StringComparison.OrdinalIgnoreCase) ? (one.Name, value) : one)] };
    }

    public FormRequest Add(string field, string value) => this with { Fields = [.. Fields, (field, value)] };

    public FormRequest Without(string field)
    {
        Fields.Should().Contain(one => one.Name.Equals(field, StringComparison.OrdinalIgnoreCase));
        return this with { Fields = [.. Fields.Where(one => !one.Name.Equals(field, StringComparison.OrdinalIgnoreCase))] };
    }

    /// <summary>Changes the JSON text of the policy without signing it again.</summary>
    public FormRequest MapPolicy(Func<string, string> map)
    {
        string policy = Encoding.UTF8.GetString(Convert.FromBase64String(Get("policy")));
        string changed = map(policy);
        changed.Should().NotBe(policy, "the policy would not be changed otherwise");
        return Set("policy", Convert.ToBase64String(Encoding.UTF8.GetBytes(changed)));
    }

    /// <summary>Signs the policy as it is now, so that the server cannot reject the form for its signature.</summary>
    public FormRequest Sign(LiveStore store)
    {
        byte[] key = WireRequest.SigningKey(store, Get("x-amz-credential").Split('/')[1..]);
        return Set("x-amz-signature", Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(Get("policy")))));
    }

    public WireRequest ToRequest()
    {
        using MemoryStream body = new();
        foreach ((string name, string value) in Fields)
        {
            Part($"name=\"{name}\"", Encoding.UTF8.GetBytes(value));
        }

        if (HasFile)
        {
            Part($"name=\"file\"; filename=\"{FileName}\"", File);
        }

        foreach ((string name, string value) in FieldsAfterFile)
        {
            Part($"name=\"{name}\"", Encoding.UTF8.GetBytes(value));
        }

        body.Write(Encoding.ASCII.GetBytes($"--{Boundary}--\r\n"));
        return new WireRequest("POST", Target, [("Content-Type", ContentType)], body.ToArray());

        void Part(string disposition, byte[] content)
        {
            body.Write(Encoding.UTF8.GetBytes($"--{Boundary}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n"));
            body.Write(content);
            body.Write("\r\n"u8);
        }
    }
}
