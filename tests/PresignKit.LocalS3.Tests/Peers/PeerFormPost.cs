using System.Net;
using System.Text;

namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>Sends the form of a case to the server: as it was signed, tampered with, and after it has expired.</summary>
internal static class PeerFormPost
{
    /// <summary>Sends the form that was signed, which must succeed.</summary>
    public static async Task AcceptAsync(PeerServer s3, PeerFormCase one, SignedForm form)
    {
        s3.Photos.Delete(one.StoredKey);

        using HttpResponseMessage response = await SendAsync(s3, form.Url, form.Fields);

        ((int)response.StatusCode).Should().Be(one.Status, $"the form contains {string.Join(", ", form.Fields.Keys)}, but: {s3.Server.Requests[^1]}");
        LocalS3Object stored = s3.Photos[one.StoredKey];
        Encoding.UTF8.GetString(stored.Content.Span).Should().Be(PeerFormCase.File);
        if (one.Fields.TryGetValue("Content-Type", out string? type))
        {
            stored.ContentType.Should().Be(type);
        }

        foreach (string name in one.Fields.Keys.Where(name => name.StartsWith("x-amz-meta-", StringComparison.Ordinal)))
        {
            stored.Headers[name].Should().Be(one.Fields[name]);
        }
    }

    /// <summary>Sends forms that each differ from the one that was signed. All must be rejected with 403, and none may store a file.</summary>
    public static async Task RejectTamperedAsync(PeerServer s3, PeerFormCase one, SignedForm form)
    {
        s3.Photos.Delete(one.StoredKey);
        int before = s3.Photos.Keys.Count;

        List<string> wrong = [];
        foreach ((string what, Dictionary<string, string> fields) in Tamper(form))
        {
            using HttpResponseMessage response = await SendAsync(s3, form.Url, fields);
            if (response.StatusCode != HttpStatusCode.Forbidden)
            {
                wrong.Add($"{what}: {(int)response.StatusCode}, {s3.Server.Requests[^1]}");
            }
        }

        wrong.Should().BeEmpty();
        if (one.MaxLength is { } max)
        {
            using HttpResponseMessage response = await SendAsync(s3, form.Url, form.Fields, new string('x', max + 1));
            (response.StatusCode, s3.Server.Requests[^1].Error!.Code).Should().Be((HttpStatusCode.BadRequest, "EntityTooLarge"));
        }

        s3.Photos.Keys.Should().HaveCount(before);
    }

    /// <summary>Sends the form that was signed after it has expired by the server's clock.</summary>
    public static async Task RejectExpiredAsync(PeerServer s3, PeerFormCase one, SignedForm form)
    {
        s3.Photos.Delete(one.StoredKey);
        s3.Clock.Offset = TimeSpan.FromSeconds(PeerCase.ExpiresIn + 1);
        try
        {
            using HttpResponseMessage response = await SendAsync(s3, form.Url, form.Fields);

            response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
            s3.Server.Requests[^1].Error!.Message.Should().Be("Invalid according to Policy: Policy expired.");
            s3.Photos.Contains(one.StoredKey).Should().BeFalse();
        }
        finally
        {
            s3.Clock.Offset = TimeSpan.Zero;
        }
    }

    private static IEnumerable<(string What, Dictionary<string, string> Fields)> Tamper(SignedForm form)
    {
        foreach ((string name, string value) in form.Fields)
        {
            // A different algorithm is not supported (400). The other fields are covered by the policy, and the policy by the signature.
            switch (name.ToLowerInvariant())
            {
                case "x-amz-algorithm":
                    break;
                case "policy":
                    string policy = Encoding.UTF8.GetString(Convert.FromBase64String(value));
                    yield return ("later expiration", new(form.Fields) { [name] = Convert.ToBase64String(Encoding.UTF8.GetBytes(policy.Replace("\"20", "\"30", StringComparison.Ordinal))) });
                    break;
                case "x-amz-signature":
                    yield return ("one digit of the signature", new(form.Fields) { [name] = value[..^1] + (value[^1] == '0' ? '1' : '0') });
                    break;
                case "x-amz-date":
                    yield return ("one second later", new(form.Fields) { [name] = value[..^2] + (value[^2] == '0' ? '1' : '0') + "Z" });
                    break;
                default:
                    yield return ("different " + name, new(form.Fields) { [name] = "x" + value });
                    break;
            }
        }

        yield return ("one more field", new(form.Fields) { ["x-amz-meta-added"] = "1" });
        yield return ("an ACL", new(form.Fields) { ["acl"] = "public-read" });
        foreach (string name in form.Fields.Keys.Where(name => name is "Content-Type" or "x-amz-meta-by" or "success_action_status"))
        {
            Dictionary<string, string> fields = new(form.Fields);
            fields.Remove(name);
            yield return ("without " + name, fields);
        }
    }

    private static Task<HttpResponseMessage> SendAsync(PeerServer s3, string url, IReadOnlyDictionary<string, string> fields, string file = PeerFormCase.File)
    {
        // Writes the form as a browser does: names in quotation marks, no types for the fields, and UTF-8.
        MultipartFormDataContent form = new() { HeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        foreach ((string name, string value) in fields)
        {
            ByteArrayContent field = new(Encoding.UTF8.GetBytes(value));
            field.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"{name}\"");
            form.Add(field);
        }

        ByteArrayContent content = new(Encoding.UTF8.GetBytes(file));
        content.Headers.TryAddWithoutValidation("Content-Disposition", "form-data; name=\"file\"; filename=\"" + PeerFormCase.FileName + "\"");
        content.Headers.TryAddWithoutValidation("Content-Type", "application/octet-stream");
        form.Add(content);
        return s3.Http.PostAsync(url, form);
    }
}
