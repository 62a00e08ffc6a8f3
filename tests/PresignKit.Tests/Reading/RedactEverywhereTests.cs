using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PresignKit.Tests;

/// <summary>Each secret, in every form that occurs in logs and other text.</summary>
public class RedactEverywhereTests
{
    // Letters and digits only, so that no encoding changes it.
    private const string Placeholder = "QQQ";
    private const string Before = "Customer 4711 wrote on 2026-03-14 at 15:09: ";
    private const string After = " Kind regards, Ada (policy: exponential, signature: invalid, token expired).";

    private static readonly (string Name, string Secret, string Scope)[] Secrets =
    [
        ("X-Amz-Signature", "0f3c5a7b9d1e2f4a6b8c0d2e4f6a8b0c1d3e5f7a9b1c3d5e7f9a1b3c5d7e9f0a", ""),
        ("x-amz-signature", "b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184", ""),
        ("Signature", "vjbyPxybdZaNmGa+yT272YEAiv4=", ""),
        ("X-Amz-Credential", "AKIAIOSFODNN7EXAMPLE", "/20260314/nyc3/s3/aws4_request"),
        ("AWSAccessKeyId", "AKIAIOSFODNN7EXAMPLE", ""),
        ("X-Amz-Security-Token", Token, ""),
        ("X-Amz-S3session-Token", Token, ""),
        ("policy", Policy, ""),
        ("x-amz-server-side-encryption-customer-key", "bWluZSBhbG9uZSwgMzIgYnl0ZXMgb2Yga2V5IQ+/A=", ""),
        ("X-Goog-Signature", "8f3c5a7b9d1e2f4a6b8c0d2e4f6a8b0c1d3e5f7a9b1c3d5e7f9a1b3c5d7e9f0a8f3c5a7b9d1e2f4a6b8c0d2e4f6a8b0c", ""),
        ("X-Goog-Credential", "GOOG1EXAMPLE7KEY8ID9ABCDEF", "/20260314/auto/storage/goog4_request"),
        ("x-oss-signature", "77Dv0yMqHdJpoQ0NTB1mE3Ac2x8=", ""),
        ("x-oss-security-token", Token, ""),
        ("OSSAccessKeyId", "LTAI5tQ7w8e9r0t1y2u3i4o5", ""),
        ("q-signature", "5a7b9d1e2f4a6b8c0d2e4f6a8b0c1d3e5f7a9b1c", ""),
    ];

    private const string Token =
        "IQoJb3JpZ2luX2VjEPz//////////wEaCXVzLWVhc3QtMSJHMEUCIQDx+Vf1m4sWTBqyTq2zqBqWk/0dQxwJm4n8aQf0oGxJ3AIgYk7z1xq0eR+9p5mVtq7uA2b3c4d5e6f7g8h9i0j1k2l"
        + "3MqqzAghKEAEaDDEyMzQ1Njc4OTAxMiIMu7v8w9x0y1z2A3B4KpACq5r6s7t8u9v0w1x2y3z4A5B6C7D8E9F0G1H2I3J4K5L6M7N8==";

    private const string Policy =
        "eyJleHBpcmF0aW9uIjoiMjAyNi0wMy0xNFQxNjowOToyNi4wMDBaIiwiY29uZGl0aW9ucyI6W3siYnVja2V0IjoibXktc3BhY2UifSxbInN0YXJ0cy13aXRoIiwiJGtleSIsInVzZXItNDIvIl1dfQ==";

    // How a value is written: a template with {0} for the name and {1} for the value, an encoding of the whole text, and an encoding of the value.
    private static readonly Dictionary<string, (string Template, Func<string, string> Encode, Func<string, string> EncodeValue)> Forms = new()
    {
        ["query"] = ("https://s.example/k?a=1&{0}={1}&b=2", Same, Uri.EscapeDataString),
        ["query, not encoded"] = ("https://s.example/k?a=1&{0}={1}&b=2", Same, Same),
        ["form body"] = ("a=1&{0}={1}&b=2", Same, value => WebUtility.UrlEncode(value)),
        ["percent-encoded twice"] = ("/login?next=https://s.example/k?{0}={1}&b=2", Uri.EscapeDataString, Uri.EscapeDataString),
        ["percent-encoded three times"] = ("next=https://s.example/k?{0}={1}&b=2", text => Uri.EscapeDataString(Uri.EscapeDataString(text)), Uri.EscapeDataString),
        ["header"] = ("{0}: {1}\r\nx-amz-date: 20260314T150926Z\r\n", Same, Same),
        ["folded header"] = ("{0}:\r\n {1}\r\nx-amz-date: 20260314T150926Z\r\n", Same, Same),
        ["curl"] = ("curl -H \"{0}: {1}\" 'https://s.example/k?a=1'", Same, Same),
        ["JSON"] = ("{{\"{0}\":\"{1}\",\"b\":\"2\"}}", Same, value => JsonEncodedText.Encode(value).ToString()),
        ["JSON with spaces"] = ("{{ \"{0}\" : \"{1}\" , \"b\" : 2 }}", Same, Same),
        ["JSON in JSON"] = ("{{\"{0}\":\"{1}\",\"b\":\"2\"}}", text => JsonSerializer.Serialize(new { log = text }), Same),
        ["JSON in JSON in JSON"] = ("{{\"{0}\":\"{1}\",\"b\":\"2\"}}", text => JsonSerializer.Serialize(new { log = JsonSerializer.Serialize(new { line = text }) }), Same),
        ["JSON in relaxed JSON"] = ("{{\"{0}\":\"{1}\",\"b\":\"2\"}}", text => JsonSerializer.Serialize(new { log = text }, Relaxed), Same),
        ["URL in JSON in JSON"] = ("https://s.example/k?a=1&{0}={1}&b=2", text => JsonSerializer.Serialize(new { log = JsonSerializer.Serialize(new { line = text }) }), Uri.EscapeDataString),
        ["JSON array"] = ("{{\"{0}\":[\"{1}\"]}}", Same, Same),
        ["JSON in a form"] = ("{{\"{0}\": \"{1}\", \"b\": 2}}", text => "payload=" + WebUtility.UrlEncode(text), Same),
        ["JSON in CSV"] = ("{{\"{0}\":\"{1}\",\"b\":2}}", text => "4711,\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\",ok", Same),
        ["HAR"] = ("{{\"name\":\"{0}\",\"value\":\"{1}\"}},{{\"name\":\"b\",\"value\":\"2\"}}", Same, Same),
        ["HAR, indented"] = ("{{\r\n  \"name\": \"{0}\",\r\n  \"value\": \"{1}\"\r\n}}", Same, Same),
        ["HAR with a comment"] = ("{{\"name\":\"{0}\",\"comment\":\"\",\"value\":\"{1}\"}}", Same, Same),
        ["pairs in JSON"] = ("[{{\"Key\":\"{0}\",\"Value\":\"{1}\"}},{{\"Key\":\"b\",\"Value\":\"2\"}}]", Same, value => JsonEncodedText.Encode(value).ToString()),
        [".NET pair"] = ("[[{0}, {1}], [b, 2]]", Same, Same),
        [".NET record"] = ("Pair {{ Key = {0}, Value = {1} }}", Same, Same),
        ["Python tuples"] = ("[('{0}', '{1}'), ('b', '2')]", Same, Same),
        ["Python dictionary"] = ("{{'{0}': '{1}', 'b': '2'}}", Same, Same),
        ["Go map"] = ("map[a:1 {0}:[{1}] b:2]", Same, Same),
        ["Java map"] = ("{{{0}={1}, b=2}}", Same, Same),
        ["JavaScript map"] = ("URLSearchParams {{ '{0}' => '{1}', 'b' => '2' }}", Same, Same),
        ["PHP array"] = ("Array\n(\n    [{0}] => {1}\n    [b] => 2\n)", Same, Same),
        ["XML element"] = ("<Error><{0}>{1}</{0}><HostId>2</HostId></Error>", Same, Same),
        ["XML element in HTML"] = ("<Error><{0}>{1}</{0}><HostId>2</HostId></Error>", HtmlEncoder.Default.Encode, Same),
        ["HTML input"] = ("<input type=\"hidden\" name=\"{0}\" value=\"{1}\"><input name=\"b\" value=\"2\">", Same, HtmlEncoder.Default.Encode),
        ["HTML input with the type in between"] = ("<input name='{0}' type='hidden' id='x' value='{1}'/>", Same, HtmlEncoder.Default.Encode),
        ["HTML input in HTML"] = ("<input name=\"{0}\" value=\"{1}\">", HtmlEncoder.Default.Encode, HtmlEncoder.Default.Encode),
        ["HTML link"] = ("<a href=\"https://s.example/k?{0}={1}&amp;b=2\">k</a>", Same, Uri.EscapeDataString),
        ["HTML link in JSON"] = ("<a href=\"https://s.example/k?{0}={1}&amp;b=2\">k</a>", text => JsonSerializer.Serialize(text), value => HtmlEncoder.Default.Encode(Uri.EscapeDataString(value))),
        ["HTML attribute in JSON"] = ("\"{0}\":\"{1}\"", text => "<div data-form=\"" + HtmlEncoder.Default.Encode("{" + text + "}") + "\">", value => JsonEncodedText.Encode(value).ToString()),
        ["HTML table cell"] = ("<tr><td>{0}</td><td>{1}</td></tr>", Same, Same),
        ["Markdown table"] = ("| {0} | {1} |\n| b | 2 |", Same, Same),
        ["Markdown with bold"] = ("**{0}:** `{1}`\n", Same, Same),
        ["part of a multipart form"] = ("--x\r\nContent-Disposition: form-data; name=\"{0}\"\r\n\r\n{1}\r\n--x--\r\n", Same, Same),
        ["part of a multipart form with a content type"] = ("--x\r\nContent-Disposition: form-data; name={0}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{1}\r\n--x1234567890abcdef--\r\n", Same, Same),
        ["tab-separated"] = ("b\t2\t{0}\t{1}\tc\t3", Same, Same),
        ["value on the next line"] = ("{0}:\n{1}\nx-amz-date:\n20260314T150926Z\n", Same, Same),
        ["environment variable"] = ("export {0}='{1}'; ./run", Same, Same),
        ["YAML"] = ("env:\n  - name: {0}\n    value: {1}\n  - name: B\n    value: 2\n", Same, Same),
        ["shell"] = ("https://s.example/k\\?a\\=1\\&{0}\\={1}\\&b\\=2", Same, Uri.EscapeDataString),
        ["HTML input with the name at the end"] = ("<input type=\"hidden\" value=\"{1}\" name=\"{0}\"><input value=\"2\" name=\"b\">", Same, HtmlEncoder.Default.Encode),
        ["JSON with the name at the end"] = ("[{{\"value\":\"{1}\",\"name\":\"{0}\"}},{{\"value\":\"2\",\"name\":\"b\"}}]", Same, value => JsonEncodedText.Encode(value).ToString()),
        ["JSON in JSON with the name at the end"] = ("{{\"value\": \"{1}\", \"key\": \"{0}\"}}", text => JsonSerializer.Serialize(text), Same),
        ["parameter in XML"] = ("<param name=\"{0}\">{1}</param><param name=\"b\">2</param>", Same, Same),
        ["property list"] = ("<key>{0}</key><string>{1}</string><key>b</key><string>2</string>", Same, Same),
        ["folded YAML"] = ("{0}: >-\n  {1}\nb: 2\n", Same, Same),
        ["Python bytes"] = ("[(b'{0}', b'{1}'), (b'b', b'2')]", Same, Same),
        ["Python 2 unicode strings"] = ("{{u'{0}': u'{1}', u'b': u'2'}}", Same, Same),
        ["Rust option"] = ("Fields {{ \"{0}\": Some(\"{1}\"), b: None }}", Same, Same),
        ["Elixir tuple"] = ("[{{\"{0}\", \"{1}\"}}, {{\"b\", \"2\"}}]", Same, Same),
        ["Ruby hash"] = ("{{:\"{0}\"=>\"{1}\", :b=>2}}", Same, Same),
        ["fetch headers"] = ("headers: [[\"{0}\",\"{1}\"],[\"b\",\"2\"]]", Same, Same),
        ["colored"] = ("\u001b[36m{0}\u001b[39;49m: \u001b[33m{1}\u001b[0m", Same, Same),
        ["colored in JSON"] = ("\u001b[36m{0}\u001b[39;49m: \u001b[33m{1}\u001b[0m", text => JsonSerializer.Serialize(text), Same),
        ["nginx log"] = ("\\x22{0}\\x22:\\x22{1}\\x22,\\x22b\\x22:2", Same, Same),
        ["JavaScript escape"] = ("https%3A//s.example/k%3F{0}%u003D{1}%26b%u003D2", Same, Same),
        ["quoted-printable"] = ("https://s.example/k?a=3D1&{0}=3D{1}&b=3D2", Same, value => Uri.EscapeDataString(value)),
        ["quoted-printable HTML"] = ("<input name=3D\"{0}\" value=3D\"{1}\">", Same, HtmlEncoder.Default.Encode),
    };

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> FormNames => [.. Forms.Keys];

    public static TheoryData<int, string> Wraps
    {
        get
        {
            TheoryData<int, string> wraps = [];
            foreach (int column in (int[])[20, 33, 40, 64, 72, 76, 78, 998])
            {
                foreach (string lineBreak in (string[])["\n", "\r\n", "\r\n> ", "\n    ", "=\r\n", "=\n", "\\\n", "\\n", "\\r\\n", "%0A", "&#10;"])
                {
                    wraps.Add(column, lineBreak);
                }
            }

            return wraps;
        }
    }

    [Theory]
    [MemberData(nameof(FormNames))]
    public void Redact_EachSecret_IsMaskedAndTheTextAroundItIsKept(string form)
    {
        (string template, Func<string, string> encode, Func<string, string> encodeValue) = Forms[form];
        foreach ((string name, string secret, string scope) in Secrets)
        {
            // The sentences before and after the value are not encoded.
            string Text(string value) => Before + encode(string.Format(null, template, name, encodeValue(value) + encodeValue(scope))) + After;
            string text = Text(secret);

            string redacted = PresignedUrlInfo.Redact(text);

            // '3D' could be the start of a value that is not quoted-printable.
            redacted.Should().Be(Text(Placeholder).Replace("=3D" + Placeholder, "=***", StringComparison.Ordinal).Replace(Placeholder, "***", StringComparison.Ordinal), "of {0}", text);
            PresignedUrlInfo.Redact(redacted).Should().Be(redacted);
        }
    }

    [Theory]
    [MemberData(nameof(Wraps))]
    public void Redact_WrappedLines_LeavesNoLongPartOfASecret(int column, string lineBreak)
    {
        foreach ((string name, string secret, string scope) in Secrets)
        {
            for (int shift = 0; shift < Math.Min(column, 40); shift += 7)
            {
                string url = new string('k', shift) + $"?X-Amz-Date=20260314T150926Z&{name}={Uri.EscapeDataString(secret)}{Uri.EscapeDataString(scope)}&b=2";
                string text = Before + "\n" + Wrap(lineBreak.StartsWith('=') ? url.Replace("=", "=3D", StringComparison.Ordinal) : url, column, lineBreak) + "\n" + After;

                string redacted = PresignedUrlInfo.Redact(text);

                string bare = LettersAndDigits(redacted.Replace(lineBreak, "", StringComparison.Ordinal));
                string secretChars = LettersAndDigits(Uri.EscapeDataString(secret));
                Enumerable.Range(0, secretChars.Length - 19).Any(i => bare.Contains(secretChars.Substring(i, 20), StringComparison.Ordinal))
                    .Should().BeFalse("of {0}\nwhich was redacted to: {1}", text, redacted);
                redacted.Should().StartWith(Before).And.EndWith(After).And.Contain("***", "of {0}", text);
                redacted.Replace(lineBreak, "", StringComparison.Ordinal).Should().Contain("&b=", "of {0}\nwhich was redacted to: {1}", text, redacted);
                PresignedUrlInfo.Redact(redacted).Should().Be(redacted);
            }
        }
    }

    [Fact]
    public async Task Redact_OutputOfThisLibrary_ContainsNoSecret()
    {
        PresignedPost post = TestPresigner.Create(options => options.SessionToken = Token).PresignPost(new PostPolicy(PostKey.Exact("k")));
        string[] forms =
        [
            post.ToHtmlForm(),
            await post.ToMultipartContent(new MemoryStream([1]), "k").ReadAsStringAsync(),
            JsonSerializer.Serialize(post),
            string.Join(", ", post.Fields),
            JsonSerializer.Serialize(post.Fields),
            JsonSerializer.Serialize(JsonSerializer.Serialize(post)),
        ];

        foreach (string form in forms)
        {
            string redacted = PresignedUrlInfo.Redact(form);

            foreach (string name in (string[])["policy", "x-amz-signature", "x-amz-security-token"])
            {
                string secret = post.Fields.Single(field => field.Key == name).Value;
                redacted.Should().NotContain(secret[^24..^4]).And.NotContain(secret[..20]).And.NotContain(secret[20..40]);
            }

            redacted.Should().NotContain(TestPresigner.AccessKeyId).And.Contain("20260314").And.Contain("AWS4-HMAC-SHA256");
            PresignedUrlInfo.Redact(redacted).Should().Be(redacted);
        }
    }

    [Theory]
    [InlineData("Retry policy: exponential")]
    [InlineData("Retry policy=exponential, 5 attempts")]
    [InlineData("retry-policy: exponential-backoff-with-jitter-2")]
    [InlineData("cache policy: private, max-age=31536000, immutable")]
    [InlineData("Referrer-Policy: strict-origin-when-cross-origin")]
    [InlineData("Content-Security-Policy: default-src 'self'; img-src https://cdn.example")]
    [InlineData("The policy is: delete after 30 days")]
    [InlineData("{\"retryPolicy\":\"exponential\",\"policyName\":\"p\"}")]
    [InlineData("{\"Policy\":{\"Version\":\"2012-10-17\"}}")]
    [InlineData("signature: invalid")]
    [InlineData("Signature: SignatureDoesNotMatch")]
    [InlineData("The signature is AWS4-HMAC-SHA256, not AWS4-ECDSA-P256-SHA256.")]
    [InlineData("unsupported signature: AWS4-ECDSA-P256-SHA256")]
    [InlineData("token expired")]
    [InlineData("token: expired")]
    [InlineData("token => token.Length")]
    [InlineData("token_type=bearer&signature_version=4")]
    [InlineData("The access key ID: missing. Credentials: none. accesskey=\"s\"")]
    [InlineData("Query-string authentication requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.")]
    [InlineData("[\"X-Amz-Algorithm\",\"X-Amz-Credential\",\"X-Amz-Signature\",\"X-Amz-Security-Token\",\"X-Amz-SignedHeaders\"]")]
    [InlineData("host;x-amz-content-sha256;x-amz-security-token\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("X-Amz-SignedHeaders=host%3Bx-amz-security-token&b=2")]
    [InlineData("There are no credentials with this access key ID.\nSystem.InvalidOperationException at 2026-03-14T15:09:26Z")]
    [InlineData("x-amz-server-side-encryption-customer-key-MD5: 4ViVIzhT2WLHWfLZw+4f7g==")]
    [InlineData("significant figures, design=modern, configs=1, signal: 3")]
    [InlineData("C:\\temp\\policy\\new")]
    public void Redact_Prose_IsKept(string text) => PresignedUrlInfo.Redact(text).Should().Be(text);

    [Theory]
    [InlineData("expected signature 0f3c5a7b9d1e2f4a6b8c0d2e4f6a8b0c1d3e5f7a9b1c3d5e7f9a1b3c5d7e9f0a but", "expected signature *** but")]
    [InlineData("the policy eyJleHBpcmF0aW9uIjoiMjAyNi0wMy0xNFQ, which", "the policy ***, which")]
    [InlineData("Access key ID: AKIAIOSFODNN7EXAMPLE.", "Access key ID: ***")]
    [InlineData("upload-token: 3f2504e0-4f89-11d3-9a0c-0305e82c3301", "upload-token: ***")]
    [InlineData("?sv=2026&sig=a%2Bb%3D&se=2", "?sv=2026&sig=***&se=2")]
    [InlineData("?q-ak=AKID&q-signature=0f&a=1", "?q-ak=***&q-signature=***&a=1")]
    [InlineData("<SignatureProvided>S</SignatureProvided><StringToSign>T</StringToSign>", "<SignatureProvided>***</SignatureProvided><StringToSign>T</StringToSign>")]
    [InlineData("<CanonicalRequestBytes>47 45 54 0a 2f</CanonicalRequestBytes>", "<CanonicalRequestBytes>***</CanonicalRequestBytes>")]
    [InlineData("&lt;SessionToken&gt;S&lt;/SessionToken&gt;", "&lt;SessionToken&gt;***&lt;/SessionToken&gt;")]
    [InlineData("CloudFront-Policy=eyJTdGF0ZW1lbnQiOlt7IlJl; CloudFront-Key-Pair-Id=K1", "CloudFront-Policy=***; CloudFront-Key-Pair-Id=K1")]
    [InlineData("AWS_SESSION_TOKEN=abc\nAWS_REGION=eu-west-1\naws_secret_access_key = s/S+", "AWS_SESSION_TOKEN=***\nAWS_REGION=eu-west-1\naws_secret_access_key = ***")]
    [InlineData("Authorization: AWS AKIAIOSFODNN7EXAMPLE:frJIUN8DYpKDtOLCwo//yllqDzg=\r\nHost: a", "Authorization: AWS ***\r\nHost: a")]
    [InlineData("\"Authorization\": \"Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln\", \"b\"", "\"Authorization\": \"Bearer ***\", \"b\"")]
    [InlineData("Authorization: none. Authorization failed: AccessDenied", "Authorization: none. Authorization failed: AccessDenied")]
    [InlineData("value=\"a\" name=\"token=b\"", "value=\"a\" name=\"token=***\"")]
    [InlineData("X%2DAmz%2DSignature%3D0f%26b", "X%2DAmz%2DSignature%3D***%26b")]
    [InlineData("X-Amz-Sig\r\nnature=0f&b", "X-Amz-Sig\r\nnature=***&b")]
    [InlineData("X-Amz-Signature%25253D0f%252526b", "X-Amz-Signature%25253D***%252526b")]
    [InlineData("Signature=a\"\" \"Signature\": \"\", \"b\": \"2\" Signature=\"\" c", "Signature=***\"\" \"Signature\": \"\", \"b\": \"2\" Signature=\"\" c")]
    [InlineData("X-Amz-Signature=3Dabc&b=3D2", "X-Amz-Signature=***&b=3D2")]
    [InlineData("X-Amz-Signature “0f3c5a7b9d1e2f4a6b8c0d2e4f6a8b0c”, b", "X-Amz-Signature “***”, b")]
    [InlineData("X-Amz-Signature=0f3c\n0a1b2c3d is another line", "X-Amz-Signature=***\n0a1b2c3d is another line")]
    [InlineData("X-Amz-Signature=0f3c5a7b9d1e2f4a6b8c0d2e4f6a8b0c1d3e5f7a9b1c3d5e7f9a1b3c5d7e9f0a\n0f3c5a7b9d1e2f4a6b8c0d2e4f6a8b0c", "X-Amz-Signature=***\n0f3c5a7b9d1e2f4a6b8c0d2e4f6a8b0c")]
    public void Redact_OtherForms_MasksOnlyTheValue(string text, string expected)
    {
        PresignedUrlInfo.Redact(text).Should().Be(expected);
        PresignedUrlInfo.Redact(expected).Should().Be(expected);
    }

    [Fact]
    public void Redact_AnyText_IsIdempotent()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        string[] pieces =
        [
            "X-Amz-Signature", "policy", "token", "sig", "x-amz-credential", "AKIAIOSFODNN7EXAMPLE", "0f3c5a7b9d1e2f4a6b8c0d2e4f6a8b0c", "eyJleHBpcmF0aW9uIjoi", "/20260314/", "=", ":", "=>", "\"", "'", "\\\"", "\\u0022", "&quot;", "&", "&amp;",
            "%26", "%3D", "%253D", "=3D", "=\r\n", "\r\n", "\n", "\\n", "[", "]", "(", ", ", " ", "\t", "<", ">", "</", "<td>", "***", "**", "*", "value", "name=", "form-data; name=", "\"name\":\"", "type=\"hidden\"", "\\", "+", "--", ";", "\u000B", "3D", "%0B", "u'", "b\"", "Some(\"", "\u001b[33m", ">-\n", "Authorization: AWS ", "%u003D", "value=\"", "\" name=\"", "%2", "a", "Thanks",
        ];
        for (int i = 0; i < TestScale.Of(200_000); i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => pieces[random.Next(pieces.Length)]));
            string redacted = PresignedUrlInfo.Redact(text);

            (PresignedUrlInfo.Redact(redacted) == redacted).Should().BeTrue("seed {0}: '{1}' became '{2}', and then '{3}'", seed, text, redacted, PresignedUrlInfo.Redact(redacted));
        }
    }

    public static TheoryData<string> Repeated =>
    [
        "a", "X-Amz-Signature=a&", "X-Amz-Signature", "X-Amz-Signature=a\n", "sig=a1b2c3d4\n", "sig=\"", "sig ", "sig                ", "\"sig\"\"\"\"", "sig=\r\n", "token-", "x-x-token-token", "%25", "\\", "\\\\u003d", "&amp;",
        "&", "&#", "=3D", "=\n", "\n", "\n> ", "<a ", "<a>", "sig<a>", "name=\"sig\" a=\"b\" ", "form-data; name=sig\ncontent-a\n", "credential=/", "/2026031", "policy eyJ", "0f3c", "credential 0f3c", "'sig' 'sig' ", "é", "value", "****", "sig=***", "\u001b[3", "sig: Some(", "Authorization: a ", "\" name=\"sig\"", "value=\"", " name=sig", "value= name=sig ", "a=b name=sig ", "a=\"b\" name=sig ", "\u001b[;",
    ];

    [Theory]
    [MemberData(nameof(Repeated))]
    public void Redact_TextAThousandTimesAsLong_TakesNoMoreThanLinearTime(string piece)
    {
        const int Short = 1_000, Factor = 1_000, MaxRounds = 100;
        string shortText = string.Concat(Enumerable.Repeat(piece, Short / piece.Length));
        string longText = string.Concat(Enumerable.Repeat(piece, Short * Factor / piece.Length));
        double shortest = double.MaxValue, longest = double.MaxValue;
        for (int round = 1; round <= MaxRounds; round++)
        {
            shortest = Math.Min(shortest, MillisecondsOf(shortText, times: 100) / 100);
            longest = Math.Min(longest, MillisecondsOf(longText, times: 1));

            // Quadratic time would be a million times as long. The first rounds are slower, because the code is not yet optimized.
            if (longest < shortest * Factor * 8)
            {
                return;
            }
        }

        Assert.Fail($"{Short} characters took {shortest} ms, and {Factor} times as many took {longest} ms.");
    }

    private static double MillisecondsOf(string text, int times)
    {
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i < times; i++)
        {
            _ = PresignedUrlInfo.Redact(text);
        }

        return watch.Elapsed.TotalMilliseconds;
    }

    private static string Same(string text) => text;

    private static string Wrap(string text, int column, string lineBreak)
    {
        StringBuilder wrapped = new();
        for (int i = 0; i < text.Length; i += column)
        {
            wrapped.Append(i == 0 ? "" : lineBreak).Append(text, i, Math.Min(column, text.Length - i));
        }

        return wrapped.ToString();
    }

    private static string LettersAndDigits(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit));
}
