using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.LocalS3.Tests.Load;

/// <summary>Valid requests of all kinds, signed with the secret of the endpoint or with a different one.</summary>
internal sealed class FuzzSeeds
{
    // The requests that have a form in their body are the last ones.
    private const int FirstForm = 17;
    private const int Count = 20;

    private readonly string _authority;
    private readonly S3Presigner _right;
    private readonly S3Presigner _wrong;

    public FuzzSeeds(LocalS3Server server, FakeTimeProvider clock)
    {
        _authority = server.Endpoint["http://".Length..];
        _right = Create(server.SecretAccessKey);
        _wrong = Create(new string('0', 40));

        S3Presigner Create(string secret) => new(
            new PresignerOptions { Endpoint = server.Endpoint, Region = server.Region, Bucket = "scratch", AccessKeyId = server.AccessKeyId, SecretAccessKey = secret, UrlStyle = UrlStyle.Path }, clock);
    }

    /// <summary>Creates a request.</summary>
    public FuzzRequest Next(Random random)
    {
        bool isSigned = random.Next(2) == 0;
        S3Presigner presigner = isSigned ? _right : _wrong;
        int kind = random.Next(Count);
        return kind >= FirstForm ? Form(kind, presigner, isSigned) : Url(kind, presigner, isSigned);
    }

    private FuzzRequest Url(int kind, S3Presigner presigner, bool isSigned)
    {
        (S3Operation operation, string? body) = kind switch
        {
            0 => ((S3Operation)new GetObject("a.txt"), (string?)null),
            1 => (new GetObject("large.bin"), null),
            2 => (new HeadObject("a.txt"), null),
            3 => (new PutObject("b.txt"), "hello"),
            4 => (new PutObject("c d+\u00E9/e.txt") { ContentType = "text/plain" }, new string('x', 300)),
            5 => (new PutObject("sum.txt") { Checksum = new(ChecksumAlgorithm.Sha256, SHA256.HashData("hello"u8)) }, "hello"),
            6 => (new DeleteObject("b.txt"), null),
            7 => (new GetObject("a.txt") { ResponseHeaders = new ResponseHeaderOverrides { ContentType = "text/html", CacheControl = "no-store" } }, null),
            8 => (new ListObjectsV2 { Prefix = "a", MaxKeys = 5, Delimiter = "/" }, null),
            9 => (new S3BucketRequest(HttpMethod.Post) { SubResource = "delete", Headers = [Md5Of(DeleteBody)] }, DeleteBody),
            10 => (new S3BucketRequest(HttpMethod.Put) { SubResource = "cors", Headers = [Md5Of(CorsBody)] }, CorsBody),
            11 => (new S3BucketRequest(HttpMethod.Get) { SubResource = "cors" }, null),
            12 => (new UploadPart("m", "unknown-upload", 1), "part"),
            13 => (new CompleteMultipartUpload("m", "unknown-upload"), "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>\"x\"</ETag></Part></CompleteMultipartUpload>"),
            14 => (new S3Request(HttpMethod.Get, "a.txt") { SubResource = "acl" }, null),
            15 => (new S3BucketRequest(HttpMethod.Get) { SubResource = "uploads" }, null),
            _ => (new GetObject("missing/\u65E5\u672C"), null),
        };
        PresignedUrl url = presigner.Presign(operation);
        FuzzRequest request = new(url.Method.Method, url.Url[url.Url.IndexOf('/', "http://".Length)..], _authority, isSigned);
        foreach ((string name, string value) in url.RequiredHeaders)
        {
            request.Headers.Add((name, value));
        }

        if (body is not null)
        {
            request.Body = body;
            request.SendsLength = true;
        }

        return request;
    }

    private const string DeleteBody = "<Delete><Object><Key>b.txt</Key></Object><Object><Key>c</Key></Object></Delete>";

    private const string CorsBody =
        "<CORSConfiguration><CORSRule><AllowedOrigin>http://*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><AllowedHeader>*</AllowedHeader></CORSRule></CORSConfiguration>";

#pragma warning disable CA5351 // The Content-MD5 header requires MD5.
    private static KeyValuePair<string, string> Md5Of(string body) => new("content-md5", Convert.ToBase64String(MD5.HashData(Encoding.ASCII.GetBytes(body))));
#pragma warning restore CA5351

    private FuzzRequest Form(int kind, S3Presigner presigner, bool isSigned)
    {
        PostPolicy policy = kind switch
        {
            FirstForm => new PostPolicy(PostKey.Exact("form.txt")),
            FirstForm + 1 => new PostPolicy(PostKey.Prefix("forms/")) { ContentType = "text/plain", ContentLength = (1, 1000) },
            _ => new PostPolicy(PostKey.Exact("status.txt")) { Fields = [new("success_action_status", "201")], ContentLength = (0, 100) },
        };
        PresignedPost form = presigner.PresignPost(policy);
        using MultipartContent content = form.ToMultipartContent(new MemoryStream("content of the file"u8.ToArray()), "f.txt", kind == FirstForm + 1 ? [new("key", "forms/${filename}")] : null);
        FuzzRequest request = new("POST", form.Url[form.Url.IndexOf('/', "http://".Length)..], _authority, isSigned)
        {
            Body = Encoding.Latin1.GetString(content.ReadAsByteArrayAsync().GetAwaiter().GetResult()),
            SendsLength = true,
        };
        request.Headers.Add(("Content-Type", content.Headers.GetValues("Content-Type").Single()));
        return request;
    }
}
