using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using static PresignKit.LocalS3.Tests.Operations.Responses;

namespace PresignKit.LocalS3.Tests.Operations;

public class FormTests(LocalS3Fixture fixture) : IClassFixture<LocalS3Fixture>
{
    private const string Boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW";

    private static readonly byte[] File = Ascii("hello");

    private readonly TestBucket _bucket = fixture.CreateBucket();

    [Fact]
    public async Task PostObject_Form_StoresTheFile()
    {
        PostPolicy policy = new(PostKey.Exact("a.txt"))
        {
            ContentType = "text/plain",
            CacheControl = "no-store",
            ContentDisposition = "inline",
            Metadata = new Dictionary<string, string> { ["user"] = "42" },
            StorageClass = "STANDARD_IA",
        };

        using HttpResponseMessage response = await PostAsync(policy).StatusAsync(204);

        string etag = $"\"{Convert.ToHexStringLower(Sums.Md5(File))}\"";
        (await response.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
        response.Header("ETag").Should().Be(etag);
        response.Header("Location").Should().Be($"{_bucket.Server.Endpoint}/{_bucket.Name}/a.txt");
        _bucket.Store["a.txt"].Content.ToArray().Should().Equal(File);
        _bucket.LastRequest.Should().BeEquivalentTo(new { Method = "POST", Operation = "PostObject", Key = "a.txt", Bucket = _bucket.Name, StatusCode = 204 });
        using HttpResponseMessage read = await _bucket.SendAsync(new GetObject("a.txt")).StatusAsync();
        read.Header("Content-Type").Should().Be("text/plain");
        read.Header("Cache-Control").Should().Be("no-store");
        read.Header("Content-Disposition").Should().Be("inline");
        read.Header("x-amz-meta-user").Should().Be("42");
        read.Header("x-amz-storage-class").Should().Be("STANDARD_IA");
        read.Header("policy").Should().BeNull();
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    public async Task PostObject_SuccessStatus_ReturnsEmptyResponse(int status)
    {
        (await PostAsync(new PostPolicy(PostKey.Exact("a")) { SuccessStatus = status }).BytesAsync(status)).Should().BeEmpty();
    }

    [Fact]
    public async Task PostObject_SuccessStatus201_ReturnsADocument()
    {
        XElement document = await PostAsync(new PostPolicy(PostKey.Exact("folder/ä b+c.txt")) { SuccessStatus = 201 }).XmlAsync(201);

        document.Name.LocalName.Should().Be("PostResponse");
        document.Value("Location").Should().Be($"{_bucket.Server.Endpoint}/{_bucket.Name}/folder%2F%C3%A4%20b%2Bc.txt");
        document.Value("Bucket").Should().Be(_bucket.Name);
        document.Value("Key").Should().Be("folder/ä b+c.txt");
        document.Value("ETag").Should().Be(_bucket.Store["folder/ä b+c.txt"].ETag);
    }

    [Fact]
    public async Task PostObject_OtherSuccessStatus_Returns204()
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")) { Conditions = [PostCondition.StartsWith("success_action_status", "")] });

        await SendAsync(post.Url, Raw([.. post.Fields, new("success_action_status", "302")])).StatusAsync(204);
    }

    [Theory]
    [InlineData("https://app.example/done", "https://app.example/done?")]
    [InlineData("https://app.example/done?id=1", "https://app.example/done?id=1&")]
    public async Task PostObject_SuccessRedirect_RedirectsWithTheResult(string redirect, string start)
    {
        using HttpResponseMessage response = await PostAsync(new PostPolicy(PostKey.Exact("a b&c")) { SuccessRedirect = redirect }).StatusAsync(303);

        response.Header("Location").Should().Be($"{start}bucket={_bucket.Name}&key=a%20b%26c&etag=%22{Convert.ToHexStringLower(Sums.Md5(File))}%22");
        (await response.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("not a url")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/relative")]
    [InlineData("https://app.example/a b")]
    [InlineData("https://app.example/\r\nSet-Cookie: a=b")]
    [InlineData("https://ä.example/")]
    public async Task PostObject_RedirectThatIsNotAUrl_IsIgnored(string redirect)
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")));

        await SendAsync(post.Url, Raw([.. Resign(post, """["starts-with", "$success_action_redirect", ""]"""), new("success_action_redirect", redirect)])).StatusAsync(204);
    }

    [Theory]
    [InlineData("photo.jpg", "photo.jpg")]
    [InlineData("ä b+c%.txt", "ä b+c%.txt")]
    [InlineData("日本語😀.txt", "日本語😀.txt")]
    [InlineData("C:\\Users\\me\\photo.jpg", "photo.jpg")]
    [InlineData("folder/photo.jpg", "photo.jpg")]
    [InlineData("a\"b.txt", "a\"b.txt")]
    public async Task PostObject_FileNameInKey_IsInserted(string fileName, string expected)
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Prefix("user-42/")) { UseFileName = true });

        await SendAsync(post.Url, post.ToMultipartContent(new ByteArrayContent(File), fileName)).StatusAsync(204);

        _bucket.Store.Keys.Should().Equal("user-42/" + expected);
        _bucket.LastRequest.Key.Should().Be("user-42/" + expected);
    }

    // How Chromium and Firefox, curl 7.81 and later, and earlier versions of curl write a quotation mark; and a backslash in the name.
    [Theory]
    [InlineData("filename=\"a%22b.txt\"", "a\"b.txt")]
    [InlineData("filename=\"a\\\"b.txt\"", "a\"b.txt")]
    [InlineData("filename=\"a\\\\b.txt\"", "b.txt")]
    [InlineData("filename=\"ä日.txt\"", "ä日.txt")]
    [InlineData("filename=plain.txt", "plain.txt")]
    [InlineData("filename=\"a;b=c.txt\"", "a;b=c.txt")]
    public async Task PostObject_FileNameOfAClient_IsRead(string parameter, string expected)
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Prefix("f/")) { UseFileName = true });

        await SendAsync(post.Url, Raw(post.Fields, file: $"Content-Disposition: form-data; name=\"file\"; {parameter}\r\n\r\nhello")).StatusAsync(204);

        _bucket.Store.Keys.Should().Equal("f/" + expected);
    }

    [Fact]
    public async Task PostObject_MultipartFormDataContent_IsAccepted()
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Prefix("f/")) { UseFileName = true, ContentType = "text/plain" });
        MultipartFormDataContent form = [];
        foreach (KeyValuePair<string, string> field in post.Fields)
        {
            form.Add(new StringContent(field.Value), field.Key);
        }

        form.Add(new ByteArrayContent(File), "file", "ä日.txt");

        await SendAsync(post.Url, form).StatusAsync(204);

        _bucket.Store.Keys.Should().Equal("f/ä日.txt");
        _bucket.Store["f/ä日.txt"].Content.ToArray().Should().Equal(File);
    }

    [Theory]
    [InlineData(1, "EntityTooSmall", 400)]
    [InlineData(2, null, 204)]
    [InlineData(5, null, 204)]
    [InlineData(6, "EntityTooLarge", 400)]
    public async Task PostObject_SizeRange_IsEnforced(int size, string? code, int status)
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")) { ContentLength = (2, 5) });

        Task<HttpResponseMessage> response = SendAsync(post.Url, post.ToMultipartContent(new ByteArrayContent(new byte[size]), "a"));

        if (code is null)
        {
            await response.StatusAsync(status);
            return;
        }

        XElement error = await response.ErrorAsync(400, code, $"Your proposed upload {(size > 5 ? "exceeds the maximum" : "is smaller than the minimum")} allowed size");
        error.Value("ProposedSize").Should().Be(size.ToString(CultureInfo.InvariantCulture));
        error.Value(size > 5 ? "MaxSizeAllowed" : "MinSizeAllowed").Should().Be(size > 5 ? "5" : "2");
        _bucket.Store.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task PostObject_LargeFileBeyondTheRange_IsAnsweredBeforeItIsSent()
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")) { ContentLength = (0, 1000) });
        string start = await Raw(post.Fields, file: "Content-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n", isComplete: false).ReadAsStringAsync();
        using RawConnection connection = await RawConnection.OpenAsync(_bucket.Server);

        await connection.SendAsync($"POST /{_bucket.Name} HTTP/1.1\r\nHost: {Authority}\r\nContent-Type: multipart/form-data; boundary={Boundary}\r\nContent-Length: 1000000000\r\n\r\n{start}{new string('x', 2000)}");

        (await connection.ReadResponseAsync()).Should().StartWith("HTTP/1.1 400 ").And.Contain("<Code>EntityTooLarge</Code>").And.Contain("<MaxSizeAllowed>1000</MaxSizeAllowed>");
        _bucket.Store.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task PostObject_LargeFile_IsStoredUnchanged()
    {
        byte[] content = new byte[1_500_000];
        new Random(6).NextBytes(content);
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")) { ContentLength = (0, content.Length) });

        await SendAsync(post.Url, post.ToMultipartContent(new ByteArrayContent(content), "a")).StatusAsync(204);

        (await _bucket.SendAsync(new GetObject("a")).BytesAsync()).Should().Equal(content);
    }

    [Fact]
    public async Task PostObject_EmptyFile_IsStored()
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")));

        await SendAsync(post.Url, post.ToMultipartContent(new ByteArrayContent([]), "a")).StatusAsync(204);

        _bucket.Store["a"].Content.Length.Should().Be(0);
    }

    [Fact]
    public async Task PostObject_FieldsAfterTheFile_AreIgnored()
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")));
        string body = await Raw(post.Fields).ReadAsStringAsync();
        body = body[..^$"--{Boundary}--\r\n".Length] + $"--{Boundary}\r\nContent-Disposition: form-data; name=\"x-amz-meta-late\"\r\n\r\n1\r\n--{Boundary}--\r\n";

        await SendAsync(post.Url, Form(body)).StatusAsync(204);

        _bucket.Store["a"].Content.ToArray().Should().Equal(File);
        _bucket.Store["a"].Headers.Should().BeEmpty();
    }

    [Fact]
    public async Task PostObject_FileBeforeTheFields_ReturnsInvalidArgument()
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")));
        string fields = await Raw(post.Fields, file: null).ReadAsStringAsync();

        await SendAsync(post.Url, Form($"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nhello\r\n{fields}")).ErrorAsync(400, "InvalidArgument", "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.");

        _bucket.LastRequest.Error!.Cause.Should().Contain("before the file");
    }

    [Fact]
    public async Task PostObject_WithoutFile_ReturnsInvalidArgument()
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")));

        XElement error = await SendAsync(post.Url, Raw(post.Fields, file: null)).ErrorAsync(400, "InvalidArgument", "POST requires exactly one file upload per request.");

        error.Value("ArgumentName").Should().Be("file");
        error.Value("ArgumentValue").Should().Be("0");
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")]
    public async Task PostObject_BoundaryThatIsMissingOrTooLong_ReturnsMalformedPostRequest(string type)
    {
        ByteArrayContent content = new(File);
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        await SendAsync($"{_bucket.Server.Endpoint}/{_bucket.Name}", content).ErrorAsync(400, "MalformedPOSTRequest");
    }

    [Fact]
    public async Task PostObject_OtherContentType_ReturnsPreconditionFailed()
    {
        foreach (string? type in new[] { "application/json", "application/x-www-form-urlencoded", "multipart/mixed; boundary=x", null })
        {
            ByteArrayContent content = new(File);
            if (type is not null)
            {
                content.Headers.TryAddWithoutValidation("Content-Type", type);
            }

            XElement error = await SendAsync($"{_bucket.Server.Endpoint}/{_bucket.Name}", content).ErrorAsync(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
            error.Value("Condition").Should().Be("Bucket POST must be of the enclosure-type multipart/form-data");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("no form at all")]
    [InlineData("------WebKitFormBoundary7MA4YWxkTrZu0gW\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\na")]
    [InlineData("------WebKitFormBoundary7MA4YWxkTrZu0gW\r\nContent-Disposition: form-data\r\n\r\na\r\n------WebKitFormBoundary7MA4YWxkTrZu0gW--\r\n")]
    [InlineData("------WebKitFormBoundary7MA4YWxkTrZu0gW\r\nno colon\r\n\r\na\r\n------WebKitFormBoundary7MA4YWxkTrZu0gW--\r\n")]
    [InlineData("------WebKitFormBoundary7MA4YWxkTrZu0gW\r\nContent-Disposition: ;;;\r\n\r\na\r\n------WebKitFormBoundary7MA4YWxkTrZu0gW--\r\n")]
    public async Task PostObject_MalformedBody_ReturnsMalformedPostRequest(string body) =>
        await SendAsync($"{_bucket.Server.Endpoint}/{_bucket.Name}", Form(body)).ErrorAsync(400, "MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data.");

    [Fact]
    public async Task PostObject_TruncatedFile_StoresNothing()
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")));

        await SendAsync(post.Url, Raw(post.Fields, isComplete: false)).ErrorAsync(400, "IncompleteBody");

        _bucket.Store.Keys.Should().BeEmpty();
    }

    [Theory]
    [InlineData(1, 20480)]
    [InlineData(200, 150)]
    public async Task PostObject_FieldsOfMoreThan20KB_ReturnsError(int count, int length)
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")));
        IEnumerable<KeyValuePair<string, string>> more = Enumerable.Range(0, count).Select(i => new KeyValuePair<string, string>($"x-ignore-{i}", new string('x', length)));

        await SendAsync(post.Url, Raw([.. post.Fields, .. more])).ErrorAsync(400, "MaxPostPreDataLengthExceededError", "Your POST request fields preceding the upload file were too large.");

        _bucket.Store.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task PostObject_ChunkedBody_ReturnsNotImplemented()
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")));
        using HttpRequestMessage request = new(HttpMethod.Post, post.Url) { Content = Raw(post.Fields) };
        request.Headers.TransferEncodingChunked = true;

        (await _bucket.SendAsync(request).ErrorAsync(501, "NotImplemented")).Value("Header").Should().Be("Transfer-Encoding");
    }

    [Fact]
    public async Task PostObject_Checksum_IsVerified()
    {
        foreach (ChecksumAlgorithm algorithm in Enum.GetValues<ChecksumAlgorithm>())
        {
            string name = "x-amz-checksum-" + Sums.NameOf(algorithm), key = Sums.NameOf(algorithm);
            Checksum right = Sums.Of(algorithm, File);

            using HttpResponseMessage response = await PostAsync(new PostPolicy(PostKey.Exact(key)) { Checksum = right }).StatusAsync(204);
            await PostAsync(new PostPolicy(PostKey.Exact("wrong")) { Checksum = Sums.Of(algorithm, [1]) })
                .ErrorAsync(400, "BadDigest", $"The {algorithm.ToString().ToUpperInvariant()} you specified did not match the calculated checksum.");

            response.Header(name).Should().Be(right.Value);
            using HttpResponseMessage head = await _bucket.SendAsync(new HeadObject(key) { IncludeChecksum = true }).StatusAsync();
            head.Header(name).Should().Be(right.Value);
        }

        _bucket.Store.Contains("wrong").Should().BeFalse();
    }

    [Theory]
    [InlineData("x-amz-checksum-crc32", "!", "InvalidRequest", "Value for x-amz-checksum-crc32 header is invalid.")]
    [InlineData("content-md5", "!", "InvalidDigest", "The Content-MD5 you specified was invalid.")]
    [InlineData("content-md5", "AAAAAAAAAAAAAAAAAAAAAA==", "BadDigest", "The Content-MD5 you specified did not match what we received.")]
    [InlineData("x-amz-storage-class", "OUTPOSTS", "InvalidStorageClass", "The storage class you specified is not valid")]
    public async Task PostObject_InvalidField_ReturnsError(string field, string value, string code, string message)
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")) { Conditions = [PostCondition.StartsWith(field, "")] });

        await SendAsync(post.Url, Raw([.. post.Fields, new(field, value)])).ErrorAsync(400, code, message);

        _bucket.Store.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task PostObject_CorrectContentMD5_IsAccepted()
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")) { Conditions = [PostCondition.StartsWith("content-md5", "")] });

        await SendAsync(post.Url, Raw([.. post.Fields, new("Content-MD5", Convert.ToBase64String(Sums.Md5(File)))])).StatusAsync(204);
    }

    [Theory]
    [InlineData("tagging", "<Tagging><TagSet/></Tagging>")]
    [InlineData("acl", "public-read")]
    [InlineData("x-amz-acl", "public-read")]
    [InlineData("x-amz-server-side-encryption", "aws:kms")]
    [InlineData("x-amz-website-redirect-location", "/b")]
    [InlineData("x-amz-object-lock-mode", "GOVERNANCE")]
    [InlineData("x-amz-unknown", "1")]
    public async Task PostObject_FieldThatIsNotSupported_ReturnsNotImplemented(string field, string value)
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")));

        XElement error = await SendAsync(post.Url, Raw([.. Resign(post, $"""["starts-with", "${field}", ""]"""), new(field, value)])).ErrorAsync(501, "NotImplemented", "A header you provided implies functionality that is not implemented");

        error.Value("Header").Should().Be(field == "acl" ? "x-amz-acl" : field);
        _bucket.LastRequest.Error!.Cause.Should().StartWith("LocalS3 does not support ");
        _bucket.Store.Keys.Should().BeEmpty();
    }

    [Theory]
    [InlineData("x-amz-meta-note", "ä日", "=?UTF-8?B?w6Tml6U=?=")]
    [InlineData("x-amz-meta-note", "a\r\nb: c", "=?UTF-8?B?YQ0KYjogYw==?=")]
    [InlineData("content-disposition", "attachment; filename=\"é\"", "=?UTF-8?B?YXR0YWNobWVudDsgZmlsZW5hbWU9IsOpIg==?=")]
    [InlineData("content-type", "text/plain\r\nSet-Cookie: a=b", "=?UTF-8?B?dGV4dC9wbGFpbg0KU2V0LUNvb2tpZTogYT1i?=")]
    public async Task PostObject_ValueThatIsNotAHeader_IsReturnedEncoded(string field, string value, string expected)
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")) { Conditions = [PostCondition.StartsWith(field, "")] });
        await SendAsync(post.Url, Raw([.. post.Fields, new(field, value)])).StatusAsync(204);

        using HttpResponseMessage response = await _bucket.SendAsync(new GetObject("a")).StatusAsync();

        response.Header(field).Should().Be(expected);
        response.Header("Set-Cookie").Should().BeNull();
    }

    [Fact]
    public async Task PostObject_MetadataNameThatIsNotAHeader_IsCountedAsMissing()
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")));
        KeyValuePair<string, string>[] fields = Resign(post, """["eq", "$x-amz-meta-a b", "1"]""");
        await SendAsync(post.Url, Raw([.. fields, new("x-amz-meta-a b", "1")])).StatusAsync(204);

        using HttpResponseMessage response = await _bucket.SendAsync(new GetObject("a")).StatusAsync();

        response.Header("x-amz-missing-meta").Should().Be("1");
    }

    [Theory]
    [InlineData(2048, 204)]
    [InlineData(2049, 400)]
    public async Task PostObject_Metadata_IsLimitedTo2Kilobytes(int size, int status)
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")) { Conditions = [PostCondition.StartsWith("x-amz-meta-a", "")] });

        Task<HttpResponseMessage> response = SendAsync(post.Url, Raw([.. post.Fields, new("x-amz-meta-a", new string('v', size - 1))]));

        if (status == 204)
        {
            await response.StatusAsync(204);
        }
        else
        {
            await response.ErrorAsync(400, "MetadataTooLarge");
        }
    }

    [Fact]
    public async Task PostObject_FieldWithoutCondition_ReturnsAccessDenied()
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")));

        await SendAsync(post.Url, Raw([.. post.Fields, new("x-amz-meta-a", "1")])).ErrorAsync(403, "AccessDenied", "Invalid according to Policy: Extra input fields: x-amz-meta-a");
    }

    [Fact]
    public async Task PostObject_ChangedKey_ReturnsTheFailedCondition()
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")));

        await SendAsync(post.Url, Raw([.. post.Fields.Select(field => field.Key == "key" ? new("key", "b") : field)]))
            .ErrorAsync(403, "AccessDenied", "Invalid according to Policy: Policy Condition failed: [\"eq\", \"$key\", \"a\"]");
        _bucket.LastRequest.Key.Should().BeNull("the form was rejected before its key was known");
    }

    [Fact]
    public async Task PostObject_ExpiredForm_ReturnsAccessDenied()
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")) { ExpiresIn = TimeSpan.FromSeconds(1) });
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));

        await SendAsync(post.Url, Raw(post.Fields)).ErrorAsync(403, "AccessDenied", "Invalid according to Policy: Policy expired.");
    }

    [Fact]
    public async Task PostObject_MissingBucket_ReturnsNoSuchBucket()
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")) { Bucket = "does-not-exist" });

        await SendAsync(post.Url, Raw(post.Fields)).ErrorAsync(404, "NoSuchBucket");
    }

    [Fact]
    public async Task PostObject_OtherBucket_ReturnsAccessDenied()
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")));
        LocalS3Bucket other = _bucket.Server.Buckets.Add("form-other");

        await SendAsync($"{_bucket.Server.Endpoint}/form-other", Raw(post.Fields)).StatusAsync(403);

        other.Keys.Should().BeEmpty();
    }

    [Fact]
    public async Task PostObject_CrossOrigin_HasCorsHeaders()
    {
        _bucket.Store.AllowCors("https://app.example");
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")));
        using HttpRequestMessage good = new(HttpMethod.Post, post.Url) { Content = Raw(post.Fields) };
        using HttpRequestMessage bad = new(HttpMethod.Post, post.Url) { Content = Raw(post.Fields, file: null) };

        using HttpResponseMessage accepted = await _bucket.SendAsync(good, ("Origin", "https://app.example")).StatusAsync(204);
        using HttpResponseMessage rejected = await _bucket.SendAsync(bad, ("Origin", "https://app.example")).StatusAsync(400);

        accepted.Header("Access-Control-Allow-Origin").Should().Be("https://app.example");
        accepted.Header("Access-Control-Expose-Headers").Should().Be("ETag");
        rejected.Header("Access-Control-Allow-Origin").Should().Be("https://app.example");
    }

    [Fact]
    public async Task PostObject_CutAfter_StoresNothing()
    {
        PresignedPost post = _bucket.Presigner.PresignPost(new PostPolicy(PostKey.Exact("a")));
        _bucket.Server.FailNext(LocalS3Fault.CutAfter(1000));

        await FluentActions.Awaiting(() => SendAsync(post.Url, post.ToMultipartContent(new ByteArrayContent(new byte[500_000]), "a"))).Should().ThrowAsync<HttpRequestException>();

        _bucket.Store.Keys.Should().BeEmpty();
    }

    private string Authority => new Uri(_bucket.Server.Endpoint).Authority;

    private Task<HttpResponseMessage> PostAsync(PostPolicy policy)
    {
        PresignedPost post = _bucket.Presigner.PresignPost(policy);
        return SendAsync(post.Url, post.ToMultipartContent(new ByteArrayContent(File), "file.txt"));
    }

    private Task<HttpResponseMessage> SendAsync(string url, HttpContent content) => _bucket.SendAsync(new HttpRequestMessage(HttpMethod.Post, url) { Content = content });

    /// <summary>Formats a form as browsers do.</summary>
    private static ByteArrayContent Raw(
        IEnumerable<KeyValuePair<string, string>> fields, string? file = "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhello", bool isComplete = true)
    {
        StringBuilder body = new();
        foreach (KeyValuePair<string, string> field in fields)
        {
            body.Append(CultureInfo.InvariantCulture, $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{field.Key}\"\r\n\r\n{field.Value}\r\n");
        }

        if (file is not null)
        {
            body.Append(CultureInfo.InvariantCulture, $"--{Boundary}\r\n{file}{(isComplete ? "\r\n" : "")}");
        }

        return Form(isComplete ? body.Append($"--{Boundary}--\r\n").ToString() : body.ToString());
    }

    private static ByteArrayContent Form(string body)
    {
        ByteArrayContent content = new(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=" + Boundary);
        return content;
    }

    /// <summary>Adds a condition that PresignKit refuses to sign to the policy of a form.</summary>
    private KeyValuePair<string, string>[] Resign(PresignedPost post, string condition)
    {
        string policy = Encoding.UTF8.GetString(Convert.FromBase64String(post.Fields.First(field => field.Key == "policy").Value));
        string changed = Convert.ToBase64String(Encoding.UTF8.GetBytes(policy.Insert(policy.LastIndexOf(']'), "," + condition)));
        byte[] key = Encoding.UTF8.GetBytes("AWS4" + _bucket.Server.SecretAccessKey);
        string[] scope = post.Fields.First(field => field.Key.Equals("x-amz-credential", StringComparison.OrdinalIgnoreCase)).Value.Split('/')[^4..];
        foreach (string step in scope.Append(changed))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(step));
        }

        return [.. post.Fields.Select(field => field.Key switch
        {
            "policy" => new KeyValuePair<string, string>("policy", changed),
            _ when field.Key.Equals("x-amz-signature", StringComparison.OrdinalIgnoreCase) => new(field.Key, Convert.ToHexStringLower(key)),
            _ => field,
        })];
    }
}
