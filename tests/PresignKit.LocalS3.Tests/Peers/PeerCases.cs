using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>The requests that boto3 and the AWS SDK for JavaScript presign, whose parameters have the same names.</summary>
internal static class PeerCases
{
    private const string Hello = "hello";

    public static IReadOnlyList<PeerCase> All { get; } =
    [
        new("get", "GetObject", "GET") { Check = HasContentAsync },
        new("get, virtual-hosted", "GetObject", "GET") { IsVirtualHosted = true, Check = HasContentAsync },
        new("get with response headers", "GetObject", "GET")
        {
            Parameters = new Dictionary<string, object>
            {
                ["ResponseContentType"] = "text/html; charset=utf-8", ["ResponseContentDisposition"] = "attachment; filename=\"a+b é.txt\"; filename*=UTF-8''%C3%A9.txt",
                ["ResponseCacheControl"] = "no-store, max-age=0", ["ResponseContentLanguage"] = "de", ["ResponseContentEncoding"] = "x-none",
            },
            Check = HasOverridesAsync,
        },
        new("get a range", "GetObject", "GET")
        {
            Parameters = new Dictionary<string, object> { ["Range"] = "bytes=0-6" },
            Headers = new Dictionary<string, string> { ["range"] = "bytes=0-6" },
            Status = 206,
            Check = async (_, _, response) => (await response.Content.ReadAsStringAsync()).Should().Be(PeerCase.Content[..7]),
        },
        new("get with a condition", "GetObject", "GET")
        {
            Parameters = new Dictionary<string, object> { ["IfMatch"] = PeerCase.ETagOfContent },
            Headers = new Dictionary<string, string> { ["if-match"] = PeerCase.ETagOfContent },
            Check = HasContentAsync,
        },
        new("get with checksum mode", "GetObject", "GET")
        {
            Parameters = new Dictionary<string, object> { ["ChecksumMode"] = "ENABLED" },
            Headers = new Dictionary<string, string> { ["x-amz-checksum-mode"] = "ENABLED" },
            Check = HasContentAsync,
        },
        new("head", "HeadObject", "HEAD") { Check = HasLengthAsync },
        new("delete", "DeleteObject", "DELETE") { Status = 204, Check = IsGoneAsync },
        new("put", "PutObject", "PUT") { Body = Hello, Check = IsStoredAsync },
        new("put, virtual-hosted", "PutObject", "PUT") { IsVirtualHosted = true, Body = Hello, Check = IsStoredAsync },
        new("put an empty file", "PutObject", "PUT") { Body = "", Check = IsStoredAsync },
        new("put with a content type", "PutObject", "PUT")
        {
            Parameters = new Dictionary<string, object> { ["ContentType"] = "text/plain; charset=utf-8" },
            Headers = new Dictionary<string, string> { ["content-type"] = "text/plain; charset=utf-8" },
            Body = Hello,
            Check = IsStoredAsync,
        },
        new("put with metadata", "PutObject", "PUT")
        {
            Parameters = new Dictionary<string, object>
            {
                ["Metadata"] = new Dictionary<string, string> { ["by"] = "Ada Lovelace", ["note-2"] = "a=b&c%2Fd" }, ["StorageClass"] = "STANDARD_IA", ["CacheControl"] = "no-store",
                ["ContentDisposition"] = "inline; filename=\"a b\"", ["ContentLanguage"] = "de",
            },
            Headers = new Dictionary<string, string>
            {
                ["x-amz-meta-by"] = "Ada Lovelace", ["x-amz-meta-note-2"] = "a=b&c%2Fd", ["x-amz-storage-class"] = "STANDARD_IA", ["cache-control"] = "no-store",
                ["content-disposition"] = "inline; filename=\"a b\"", ["content-language"] = "de",
            },
            Body = Hello,
            Check = async (s3, one, response) =>
            {
                await IsStoredAsync(s3, one, response);
                IReadOnlyDictionary<string, string> headers = s3.Photos[one.Key].Headers;
                (headers["x-amz-meta-by"], headers["x-amz-meta-note-2"], headers["x-amz-storage-class"]).Should().Be(("Ada Lovelace", "a=b&c%2Fd", "STANDARD_IA"));
            },
        },
        new("put with encryption", "PutObject", "PUT")
        {
            Parameters = new Dictionary<string, object> { ["ServerSideEncryption"] = "AES256" },
            Headers = new Dictionary<string, string> { ["x-amz-server-side-encryption"] = "AES256" },
            Body = Hello,
            Check = async (s3, one, response) =>
            {
                await IsStoredAsync(s3, one, response);
                s3.Photos[one.Key].Headers["x-amz-server-side-encryption"].Should().Be("AES256");
            },
        },
        new("put with length and MD5", "PutObject", "PUT")
        {
            Parameters = new Dictionary<string, object> { ["ContentLength"] = 5, ["ContentMD5"] = "XUFAKrxLKna5cZ2REBfFkg==" },
            Headers = new Dictionary<string, string> { ["content-length"] = "5", ["content-md5"] = "XUFAKrxLKna5cZ2REBfFkg==" },
            Body = Hello,
            Check = IsStoredAsync,
        },
        new("put with SHA-256", "PutObject", "PUT")
        {
            Parameters = new Dictionary<string, object> { ["ChecksumSHA256"] = Sha256(Hello) },
            Headers = new Dictionary<string, string> { ["x-amz-checksum-sha256"] = Sha256(Hello) },
            Body = Hello,
            Check = IsStoredAsync,
        },
        new("list", "ListObjectsV2", "GET")
        {
            HasKey = false,
            Parameters = new Dictionary<string, object> { ["Prefix"] = "list +é/", ["Delimiter"] = "/", ["MaxKeys"] = 7, ["StartAfter"] = "list +é/0" },
            Check = IsListAsync,
        },
        new("list, virtual-hosted", "ListObjectsV2", "GET")
        {
            HasKey = false, IsVirtualHosted = true,
            Parameters = new Dictionary<string, object> { ["Prefix"] = "list +é/", ["Delimiter"] = "/", ["MaxKeys"] = 7, ["StartAfter"] = "list +é/0" },
            Check = IsListAsync,
        },
        new("head the bucket", "HeadBucket", "HEAD") { HasKey = false },
        new("create an upload", "CreateMultipartUpload", "POST")
        {
            Parameters = new Dictionary<string, object> { ["Metadata"] = new Dictionary<string, string> { ["by"] = "Ada" } },
            Headers = new Dictionary<string, string> { ["x-amz-meta-by"] = "Ada" },
            Check = async (_, _, response) => (await response.Content.ReadAsStringAsync()).Should().Contain("<UploadId>"),
        },
        new("upload a part", "UploadPart", "PUT")
        {
            HasUpload = true, Body = "part two", Parameters = new Dictionary<string, object> { ["PartNumber"] = 2 },
            Check = (_, _, response) =>
            {
                response.Headers.ETag!.Tag.Should().HaveLength(34);
                return Task.CompletedTask;
            },
        },
        new("copy a part", "UploadPartCopy", "PUT")
        {
            HasUpload = true, Parameters = new Dictionary<string, object> { ["PartNumber"] = 3, ["CopySource"] = "photos/source.txt" },
            Headers = new Dictionary<string, string> { ["x-amz-copy-source"] = "photos/source.txt" },
            Check = async (_, _, response) => (await response.Content.ReadAsStringAsync()).Should().Contain(PeerCase.ETagOfContent.Trim('"')),
        },
        new("list the parts", "ListParts", "GET")
        {
            HasUpload = true,
            Check = async (_, _, response) => (await response.Content.ReadAsStringAsync()).Should().Contain("<PartNumber>1</PartNumber>").And.Contain(PeerCase.ETagOfPartOne.Trim('"')),
        },
        new("list the uploads", "ListMultipartUploads", "GET") { HasKey = false },
        new("complete an upload", "CompleteMultipartUpload", "POST")
        {
            HasUpload = true,
            Body = $"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{PeerCase.ETagOfPartOne}</ETag></Part></CompleteMultipartUpload>",
            Check = (s3, one, _) =>
            {
                Encoding.UTF8.GetString(s3.Photos[one.Key].Content.Span).Should().Be(PeerCase.PartOne);
                return Task.CompletedTask;
            },
        },
        new("abort an upload", "AbortMultipartUpload", "DELETE") { HasUpload = true, Status = 204 },
    ];

    public static string Sha256(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static async Task HasContentAsync(PeerServer s3, PeerCase one, HttpResponseMessage response)
    {
        (await response.Content.ReadAsStringAsync()).Should().Be(PeerCase.Content);
        response.Content.Headers.ContentType!.MediaType.Should().Be("image/png");
    }

    public static Task HasLengthAsync(PeerServer s3, PeerCase one, HttpResponseMessage response)
    {
        (response.Content.Headers.ContentLength, response.Headers.ETag!.Tag).Should().Be((PeerCase.Content.Length, PeerCase.ETagOfContent));
        return Task.CompletedTask;
    }

    public static Task IsGoneAsync(PeerServer s3, PeerCase one, HttpResponseMessage response)
    {
        s3.Photos.Contains(one.Key).Should().BeFalse();
        return Task.CompletedTask;
    }

    /// <summary>Checks the body, and the content type if the client sent it.</summary>
    public static Task IsStoredAsync(PeerServer s3, PeerCase one, HttpResponseMessage response)
    {
        LocalS3Object stored = s3.Photos[one.Key];
        Encoding.UTF8.GetString(stored.Content.Span).Should().Be(one.Body);
        if (response.RequestMessage!.Content!.Headers.TryGetValues("content-type", out IEnumerable<string>? types))
        {
            stored.ContentType.Should().Be(types.Single());
        }

        return Task.CompletedTask;
    }

    private static async Task HasOverridesAsync(PeerServer s3, PeerCase one, HttpResponseMessage response)
    {
        (await response.Content.ReadAsStringAsync()).Should().Be(PeerCase.Content);
        Value("Content-Type").Should().Be("text/html; charset=utf-8");
        Value("Content-Disposition").Should().Be("attachment; filename=\"a+b é.txt\"; filename*=UTF-8''%C3%A9.txt", "AWS sends header values in ISO 8859-1");
        Value("Cache-Control").Should().Be("no-store, max-age=0");
        Value("Content-Language").Should().Be("de");
        Value("Content-Encoding").Should().Be("x-none");

        string Value(string name) => response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).Single(header => header.Key == name).Value.ToString();
    }

    private static async Task IsListAsync(PeerServer s3, PeerCase one, HttpResponseMessage response)
    {
        string xml = await response.Content.ReadAsStringAsync();
        xml.Should().Contain("<KeyCount>1</KeyCount>").And.Contain("<MaxKeys>7</MaxKeys>").And.Contain("1.txt</Key>")
            .And.Contain(string.Create(CultureInfo.InvariantCulture, $"<Size>{PeerCase.Content.Length}</Size>"));
    }
}
