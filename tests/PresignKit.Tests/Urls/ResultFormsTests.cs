using System.Text.Json;

namespace PresignKit.Tests;

/// <summary>The forms of a result: a request, a command line for curl or PowerShell, and JSON.</summary>
public class ResultFormsTests
{
    private const string Url = "https://b.example.com//a%2Fb/..%20?X-Amz-Date=20261123T205340Z&X-Amz-Signature=ab";
    private static readonly DateTimeOffset ExpiresAt = new(2026, 11, 23, 21, 53, 40, TimeSpan.Zero);

    [Fact]
    public void ToHttpRequestMessage_Upload_HasMethodExactUriAndEveryHeader()
    {
        PresignedUrl url = Put(("content-type", "text/plain; charset=utf-8"), ("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg=="), ("x-amz-acl", "private"));

        using HttpRequestMessage request = url.ToHttpRequestMessage(new StringContent("x"));

        request.Method.Should().Be(HttpMethod.Put);
        request.RequestUri!.OriginalString.Should().Be(Url);
        request.Content!.Headers.NonValidated["Content-Type"].ToString().Should().Be("text/plain; charset=utf-8");
        request.Content.Headers.NonValidated["Content-MD5"].ToString().Should().Be("1B2M2Y8AsgTpgAmY7PhCfg==");
        request.Headers.NonValidated["x-amz-acl"].ToString().Should().Be("private");
    }

    [Fact]
    public void ToHttpRequestMessage_ContentHeaderWithoutContent_SendsAnEmptyBody()
    {
        using HttpRequestMessage request = Put(("content-type", "text/plain")).ToHttpRequestMessage();

        request.Content!.Headers.ContentLength.Should().Be(0);
        request.Content.Headers.ContentType!.ToString().Should().Be("text/plain");
    }

    [Fact]
    public void ToHttpRequestMessage_DifferentLengthThanSigned_IsRejectedWithBothLengths()
    {
        Action act = () => Put(("Content-Length", "4")).ToHttpRequestMessage(new ByteArrayContent(new byte[5]));

        act.Should().Throw<ArgumentException>().WithMessage("*exactly 4 bytes, but the content has 5 bytes. Presign the URL with ContentLength = 5.*");
    }

    [Fact]
    public void ToHttpRequestMessage_StreamOfUnknownLength_SendsTheSignedLength()
    {
        using HttpRequestMessage request = Put(("content-length", "4")).ToHttpRequestMessage(new UnknownLength());

        request.Content!.Headers.ContentLength.Should().Be(4);
    }

    public static TheoryData<string, Func<HttpContent>, string> WrongBodies => new()
    {
        { "form", () => new MultipartFormDataContent { { new StringContent("x"), "file", "a.txt" } }, "*multipart form*boundaries included. Use the content of the file itself*PresignPost*" },
        { "mixed", () => new MultipartContent("mixed") { new StringContent("x") }, "*multipart message*boundaries included. Use the content of the file itself*ContentType*" },
        { "JSON", () => System.Net.Http.Json.JsonContent.Create(new[] { 1 }), "The content has an unknown length, so HttpClient would send it in chunks, which stores reject with 411 (Length Required). Call LoadIntoBufferAsync*Headers.ContentLength*" },
        { "stream", () => new StreamContent(new CannotSeek()), "The content has an unknown length, so HttpClient would send it in chunks, which stores reject with 411 (Length Required). Call LoadIntoBufferAsync*" },
    };

    [Theory]
    [MemberData(nameof(WrongBodies))]
    public void ToHttpRequestMessage_UnsuitableBody_IsRejectedWithTheRemedy(string kind, Func<HttpContent> create, string message)
    {
        foreach (S3Operation operation in new S3Operation[] { new PutObject("k"), new PutObject("k") { ContentType = "multipart/form-data; boundary=a" }, new UploadPart("k", "id", 1) })
        {
            if (kind != "mixed" || operation is not PutObject { ContentType: not null })
            {
                Presigned.Of(operation).Invoking(url => url.ToHttpRequestMessage(create())).Should().Throw<ArgumentException>().WithParameterName("content").WithMessage(message);
            }
        }
    }

    [Fact]
    public async Task ToHttpRequestMessage_BodyAfterTheRemedy_IsAccepted()
    {
        System.Net.Http.Json.JsonContent json = System.Net.Http.Json.JsonContent.Create(new[] { 1 });
        await json.LoadIntoBufferAsync();
        StreamContent stream = new(new CannotSeek());
        stream.Headers.ContentLength = 3;
        PresignedUrl mime = Presigned.Of(new PutObject("k") { ContentType = "multipart/mixed; boundary=a" });

        Presigned.Of(new PutObject("k")).ToHttpRequestMessage(json).Content!.Headers.ContentLength.Should().Be(3);
        Presigned.Of(new PutObject("k")).ToHttpRequestMessage(stream).Content!.Headers.ContentLength.Should().Be(3);
        mime.ToHttpRequestMessage(new MultipartContent("mixed", "a") { new StringContent("x") }).Content!.Headers.ContentType!.MediaType.Should().Be("multipart/mixed");
    }

    [Fact]
    public void ToHttpRequestMessage_RequestThatIsNotAnUpload_AcceptsForms()
    {
        SigV4QuerySigner signer = new(new S3Credentials("AK", "secret"), "eu-west-1", "execute-api");

        Presigned.Of(new S3BucketRequest(HttpMethod.Post)).ToHttpRequestMessage(new MultipartFormDataContent { { new StringContent("x"), "a" } }).Content.Should().NotBeNull();
        signer.Presign(new SigV4QueryRequest(HttpMethod.Put, "a.example")).ToHttpRequestMessage(System.Net.Http.Json.JsonContent.Create(1)).Content.Should().NotBeNull();
    }

    [Fact]
    public void ToCurl_Get_IsOneLine() =>
        Result(HttpMethod.Get).ToCurl().Should().Be($"curl --fail-with-body '{Url}'");

    [Fact]
    public void ToCurl_GetIntoFile_WritesTheFile() =>
        Result(HttpMethod.Get).ToCurl("it's here.txt").Should().Be($@"curl --fail-with-body --output 'it'\''s here.txt' '{Url}'");

    [Fact]
    public void ToCurl_Head_DoesNotWaitForABody() => Result(HttpMethod.Head).ToCurl().Should().Be($"curl --fail-with-body --head '{Url}'");

    [Fact]
    public void ToCurl_UploadOfFile_SendsHeadersButLeavesTheLengthToCurl() =>
        Put(("content-type", "text/plain"), ("content-length", "3"), ("x-amz-meta-a", "it's $HOME")).ToCurl("-up").Should().Be(
            $@"curl --fail-with-body --request PUT --header 'content-type: text/plain' --header 'x-amz-meta-a: it'\''s $HOME' --upload-file ./-up '{Url}'");

    [Fact]
    public void ToCurl_UploadWithoutFile_SendsAnEmptyBodyWithoutCurlsDefaultContentType() =>
        Put().ToCurl().Should().Be($"curl --fail-with-body --request PUT --header Content-Type: --data-binary '' '{Url}'");

    [Fact]
    public void ToCurl_IPv6Host_DisablesGlobbing() =>
        new PresignedUrl("http://[::1]:9000/b/k?a=b", HttpMethod.Get, ExpiresAt, ExpiresAt).ToCurl()
            .Should().Be("curl --fail-with-body --globoff 'http://[::1]:9000/b/k?a=b'");

    [Theory]
    [InlineData("https://b.example.com/a/../b?x=1", true)]
    [InlineData("https://b.example.com/a/.?x=1", true)]
    [InlineData("https://b.example.com/..", true)]
    [InlineData("https://b.example.com/a/.../.b/b..?x=/../", false)]
    public void ToCurl_DotSegmentInThePath_IsSentUnchanged(string url, bool needsPathAsIs) =>
        new PresignedUrl(url, HttpMethod.Get, ExpiresAt, ExpiresAt).ToCurl()
            .Should().Be($"curl --fail-with-body{(needsPathAsIs ? " --path-as-is" : "")} '{url}'".Replace("'https://b.example.com/..'", "https://b.example.com/..", StringComparison.Ordinal));

    [Fact]
    public void ToPowerShell_Download_SendsUrlAndHeadersByStandardInput() =>
        Result(HttpMethod.Get, ("if-none-match", "\"1\"")).ToPowerShell("it's here.png").Should().Be(
            $@"'header = ""if-none-match: \""1\""""', 'url = ""{Url}""' | curl.exe --fail-with-body --output 'it''s here.png' --config -");

    [Fact]
    public void ToPowerShell_UploadOfFile_LeavesTheLengthToCurl() =>
        Put(("content-type", "text/plain"), ("content-length", "3"), ("x-amz-meta-a", "")).ToPowerShell("-up[1]").Should().Be(
            $@"'header = ""content-type: text/plain""', 'header = ""x-amz-meta-a;""', 'url = ""{Url}""' | curl.exe --fail-with-body --globoff --request 'PUT' --upload-file './-up[1]' --config -");

    [Fact]
    public void ToPowerShell_UploadWithoutFile_SendsAnEmptyBodyWithoutCurlsDefaultContentType() =>
        Put().ToPowerShell().Should().Be($@"'header = ""Content-Type:""', 'data-binary = """"', 'url = ""{Url}""' | curl.exe --fail-with-body --request 'PUT' --config -");

    [Fact]
    public void ToPowerShell_Head_DoesNotWaitForABody() => Result(HttpMethod.Head).ToPowerShell().Should().Be($@"'url = ""{Url}""' | curl.exe --fail-with-body --head --config -");

    // Windows PowerShell and PowerShell end a single-quoted string at any of these single quotation marks.
    [Theory]
    [InlineData("'; Remove-Item x; '")]
    [InlineData("\u2018; Remove-Item x; \u2018")]
    [InlineData("\u2019; Remove-Item x; \u2019")]
    [InlineData("\u201A; Remove-Item x; \u201B")]
    [InlineData("'\u2019; Remove-Item x; \u2018'")]
    [InlineData("\"; Remove-Item x; \"")]
    [InlineData("$(Remove-Item x) `; | & @{} \u201C\u201D %PATH%")]
    [InlineData("\"\nurl = \"file:///etc/passwd\"\r\n\\\"output = \\")]
    public void ToPowerShell_HostileText_IsOneValue(string text)
    {
        string file = text.Replace('"', '_') + "f";
        string line = new PresignedUrl("https://a.example/" + text, HttpMethod.Put, ExpiresAt, ExpiresAt, [new("x-amz-meta-a", text + "b")]).ToPowerShell(file);

        (List<string> input, List<string> arguments) = PowerShellLine.Parse(line);

        input.ConvertAll(CurlConfig.Parse).Should().Equal(("header", "x-amz-meta-a: " + text + "b"), ("url", "https://a.example/" + text));
        arguments.Should().Equal([.. (string[])["curl.exe", "--fail-with-body", .. text.Contains('{') ? (string[])["--globoff"] : [], "--request", "PUT", "--upload-file", file, "--config", "-"]]);
    }

    // Windows PowerShell 5.1 does not escape an inner quotation mark, so curl would receive additional options.
    [Theory]
    [InlineData("x\" --config \"evil")]
    [InlineData("my folder\\")]
    public void ToPowerShell_FileNameThatPowerShellCannotPass_IsRejected(string file) => FluentActions
        .Invoking(() => new PresignedUrl("https://a.example/k", HttpMethod.Get, ExpiresAt, ExpiresAt).ToPowerShell(file))
        .Should().Throw<ArgumentException>().WithParameterName(nameof(file)).WithMessage("*contains a quotation mark or ends with a backslash*");

    [Fact]
    public void Serialize_Result_HasThePropertiesThatABrowserNeeds() =>
        JsonSerializer.Serialize(Put(("content-type", "image/jpeg")), (JsonSerializerOptions?)null).Should().Be(
            "{\"url\":\"" + Url.Replace("&", "\\u0026", StringComparison.Ordinal) +
            "\",\"method\":\"PUT\",\"headers\":{\"content-type\":\"image/jpeg\"},\"expiresAt\":\"2026-11-23T21:53:40+00:00\"}");

    [Fact]
    public void Deserialize_SerializedResult_IsTheSameResult()
    {
        PresignedUrl original = Put(("content-type", "image/jpeg"));

        PresignedUrl copy = JsonSerializer.Deserialize<PresignedUrl>(JsonSerializer.Serialize(original))!;

        copy.Should().BeEquivalentTo(original);
        copy.RequiredHeaders["Content-Type"].Should().Be("image/jpeg");
    }

    [Theory]
    [InlineData("[]", "object")]
    [InlineData("""{"method":"GET","expiresAt":"2026-11-23T21:53:40Z"}""", "'url'")]
    [InlineData("""{"url":"https://a/","expiresAt":"2026-11-23T21:53:40Z"}""", "'method'. A presigned URL requires url, method and expiresAt.")]
    [InlineData("""{"url":"https://a/","method":"GET","headers":[],"expiresAt":"2026-11-23T21:53:40Z"}""", "headers")]
    public void Deserialize_InvalidJson_NamesTheProblem(string json, string named)
    {
        Action act = () => JsonSerializer.Deserialize<PresignedUrl>(json);

        act.Should().Throw<JsonException>().WithMessage($"*{named}*");
    }

    private static PresignedUrl Put(params (string Name, string Value)[] headers) => Result(HttpMethod.Put, headers);

    private static PresignedUrl Result(HttpMethod method, params (string Name, string Value)[] headers) => new(
        Url,
        method,
        ExpiresAt.AddHours(-1),
        ExpiresAt,
        headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase));

    private sealed class UnknownLength : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => Task.CompletedTask;

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private sealed class CannotSeek : MemoryStream
    {
        public override bool CanSeek => false;
    }

    /// <summary>Parses the few PowerShell tokens that a command line contains, like the PowerShell tokenizer: single-quoted strings, commas, a pipe and bare words.</summary>
    private static class PowerShellLine
    {
        public static (List<string> Input, List<string> Arguments) Parse(string line)
        {
            List<string> input = [], arguments = [];
            bool isPiped = false;
            for (int i = 0; i < line.Length;)
            {
                if (line[i] is ' ' or ',')
                {
                    i++;
                }
                else if (line[i] == '|')
                {
                    isPiped = true;
                    i++;
                }
                else
                {
                    (isPiped ? arguments : input).Add(IsQuote(line[i]) ? Text(line, ref i) : Word(line, ref i));
                }
            }

            return (input, arguments);
        }

        private static string Text(string line, ref int i)
        {
            System.Text.StringBuilder text = new();
            for (i++; !IsQuote(line[i]) || (i + 1 < line.Length && IsQuote(line[++i])); i++)
            {
                text.Append(line[i]);
            }

            i++;
            return text.ToString();
        }

        private static string Word(string line, ref int i)
        {
            int start = i;
            for (; i < line.Length && line[i] != ' '; i++)
            {
                (char.IsAsciiLetterOrDigit(line[i]) || line[i] is '-' or '.').Should().BeTrue("{0} is not safe in a bare word", line[i]);
            }

            return line[start..i];
        }

        private static bool IsQuote(char c) => c is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B';
    }

    /// <summary>Parses a line of a curl configuration file, as described in the curl manual.</summary>
    private static class CurlConfig
    {
        public static (string Name, string Value) Parse(string line)
        {
            line.Should().NotContainAny("\n", "\r").And.Contain(" = \"").And.EndWith("\"");
            string name = line[..line.IndexOf(' ', StringComparison.Ordinal)];
            System.Text.StringBuilder value = new();
            for (int i = name.Length + 4; i < line.Length - 1; i++)
            {
                line[i].Should().NotBe('"', "it would end the value");
                value.Append(line[i] != '\\' ? line[i] : line[++i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', char c => c });
            }

            return (name, value.ToString());
        }
    }
}
