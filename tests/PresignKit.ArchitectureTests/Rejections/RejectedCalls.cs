using Microsoft.Extensions.Time.Testing;

namespace PresignKit.ArchitectureTests.Rejections;

/// <summary>A call for each row of docs/rejections.md, with the first column as the key. Each call throws.</summary>
internal static class RejectedCalls
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);

    private static readonly FakeTimeProvider Clock = new(Now);

    public static readonly Dictionary<string, Func<object?>> All = new()
    {
        // Keys and buckets
        ["empty key"] = () => new GetObject(""),
        ["dot segments"] = () => new GetObject("a/../b"),
        ["long key"] = () => new GetObject(new string('k', 1025)),
        ["NUL in a key"] = () => new GetObject("a\0b"),
        ["lone surrogate in a key"] = () => new GetObject("a\ud800"),
        ["bucket that is a URL"] = () => Presign(new GetObject("key") { Bucket = "https://a.example" }),
        ["no bucket"] = () => Presigner(options => options.Bucket = null).Presign(new GetObject("key")),
        ["invalid bucket name"] = () => Presign(new GetObject("key") { Bucket = "a!b" }),
        ["tenant on a hosted store"] = () => Presign(new GetObject("key") { Bucket = "acme:my-bucket" }),
        ["dotted bucket in a TLS host"] = () => Presigner(options => options.UrlStyle = UrlStyle.VirtualHosted).Presign(new GetObject("key") { Bucket = "my.bucket" }),
        ["malformed sub-resource"] = () => new S3Request(HttpMethod.Get, "key") { SubResource = "?acl" },
        // Time and credentials
        ["expiry below 1 s"] = () => Presign(new GetObject("key") { ExpiresIn = TimeSpan.Zero }),
        ["expiry above 7 days"] = () => Presign(new GetObject("key") { ExpiresIn = TimeSpan.FromDays(8) }),
        ["expiry after that of the credentials"] = () => new S3Presigner(WithProvider(new S3Credentials("AK", "secret", "token", Now.AddMinutes(5))), Clock).Presign(new GetObject("key") { ExpiresIn = TimeSpan.FromHours(1) }),
        ["expired credentials"] = () => new S3Presigner(WithProvider(new S3Credentials("AK", "secret", "token", Now.AddMinutes(-5))), Clock).Presign(new GetObject("key")),
        ["credentials that no store issues"] = () => new S3Credentials("AK", "${SECRET}"),
        ["interchanged credentials"] = () => new S3Credentials("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "AKIAIOSFODNN7EXAMPLE"),
        ["temporary credentials without their token"] = () => Presigner(options => { options.UseAws("eu-west-1"); options.AccessKeyId = "ASIAIOSFODNN7EXAMPLE"; }),
        ["credentials that must be fetched"] = () => new S3Presigner(WithProvider(new DelegateCredentialsProvider(async token => { await Task.Delay(Timeout.Infinite, token); return null!; })), Clock).Presign(new GetObject("key")),
        ["invalid signing window"] = () => Presigner(options => options.SigningWindow = TimeSpan.FromDays(2)),
        ["incomplete credentials"] = () => Presigner(options => options.SecretAccessKey = null),
        // Endpoints
        ["endpoint without scheme"] = () => S3Endpoint.Create("nyc3.digitaloceanspaces.com", "nyc3"),
        ["invalid host name"] = () => S3Endpoint.Create("https://-ä.example", "nyc3"),
        ["password in an endpoint"] = () => S3Endpoint.Create("https://key:secret@s3.example", "nyc3"),
        ["query in an endpoint"] = () => S3Endpoint.Create("https://s3.example/?a=b", "nyc3"),
        ["region that contradicts the host"] = () => S3Endpoint.Create("https://nyc3.digitaloceanspaces.com", "ams3"),
        ["CDN's host as endpoint"] = () => S3Endpoint.Parse("https://nyc3.cdn.digitaloceanspaces.com"),
        ["public host as `PublicUrl`"] = () => Presigner(options => { options.UseCloudflareR2(new string('a', 32)); options.PublicUrl = "https://pub-0123456789abcdef0123456789abcdef.r2.dev"; }),
        ["plain HTTP where TLS is required"] = () => S3Endpoint.Create("http://s3.us-west-004.backblazeb2.com", "us-west-004"),
        ["IP address in virtual-hosted style"] = () => Presigner(options => options.UseEndpoint(S3Endpoint.Create("http://127.0.0.1:9000", "us-east-1", UrlStyle.VirtualHosted))).Presign(new GetObject("key")),
        ["`LockUnsignedHeaders` on other stores"] = () => Presigner(options => { options.UseAws("eu-west-1"); options.LockUnsignedHeaders = true; }),
        ["region that is not a code"] = () => Presigner(options => options.Region = "Frankfurt (EU)"),
        ["ambiguous path"] = () => S3Endpoint.Create("https://s3.example/a/../b", "eu"),
        ["bucket that is already in the endpoint"] = () => Presigner(options => (options.Endpoint, options.Region, options.Bucket) = ("http://127.0.0.1:9000/my-bucket", "us-east-1", "my-bucket")).Presign(new GetObject("key")),
        ["host that is not an S3 endpoint"] = () => S3Endpoint.Parse("https://pub-0123456789abcdef0123456789abcdef.r2.dev"),
        ["bucket-bound host of a provider"] = () => S3Endpoint.Create("https://nyc3.digitaloceanspaces.com", "nyc3", UrlStyle.BucketBoundHostname),
        ["CDN of a different bucket or region"] = () => Presigner(options => options.PublicUrl = "https://other-space.nyc3.cdn.digitaloceanspaces.com"),
        // Headers and parameters
        ["signature's own parameters"] = () => Presign(new GetObject("key") { Query = Pair("x-amz-date", "1") }),
        ["parameter given twice"] = () => Presign(new GetObject("key") { Query = [.. Pair("a", "1"), .. Pair("a", "2")] }),
        ["header in the query"] = () => Presign(new PutObject("key") { Query = Pair("x-amz-acl", "private") }),
        ["empty text"] = () => Presign(new PutObject("key") { ContentType = "" }),
        ["hash of the body in the query"] = () => Presign(new PutObject("key") { Query = Pair("X-Amz-Content-Sha256", "abc") }),
        ["header given twice"] = () => Presign(new PutObject("key") { Headers = [.. Pair("x-amz-meta-a", "1"), .. Pair("X-Amz-Meta-A", "2")] }),
        ["header that clients or proxies change"] = () => Presign(new GetObject("key") { Headers = Pair("user-agent", "me") }),
        ["value in a form that no client sends"] = () => Presign(new PutObject("key") { Headers = Pair("expires", "Sunday, 06-Nov-94 08:49:37 GMT") }),
        ["`host` as a header"] = () => Presign(new GetObject("key") { Headers = Pair("host", "a.example") }),
        ["line break in a value"] = () => Presign(new GetObject("key") { Query = Pair("response-content-type", "a\r\nb") }),
        ["value that is not ASCII"] = () => Presign(new PutObject("key") { Headers = Pair("x-amz-meta-a", "é") }),
        ["override that is not ASCII"] = () => Presign(new GetObject("key") { ResponseHeaders = new() { ContentDisposition = "attachment; filename=März.pdf" } }),
        ["contradicting properties"] = () => Presign(new PutObject("key") { Acl = "private", Grants = new AccessGrants { Read = "id=1" } }),
        ["malformed values"] = () => Presign(new PutObject("key") { ContentMD5 = "abc" }),
        ["ETag in a form that no store sends"] = () => new GetObject("key") { IfMatch = "W/\"a\"" },
        ["one checksum for many parts"] = () => Presigner().PresignUploadParts(new UploadPart("key", "id", 1) { ContentMD5 = Convert.ToBase64String(new byte[16]) }, 2),
        ["content of a different length"] = () => Presign(new PutObject("key") { ContentLength = 1 }).ToHttpRequestMessage(new ByteArrayContent(new byte[2])),
        ["request that AWS rejects"] = () => Presigner(options => options.UseAws("eu-west-1")).Presign(new PutObject("key") { ObjectLock = new ObjectLock { LegalHold = true } }),
        ["reserved tag"] = () => Presign(new PutObject("key") { Tagging = new Dictionary<string, string> { ["aws:a"] = "b" } }),
        ["content of unknown length"] = () => Presign(new PutObject("key")).ToHttpRequestMessage(System.Net.Http.Json.JsonContent.Create("a")),
        ["multipart content for a PUT"] = () => Presign(new PutObject("key")).ToHttpRequestMessage(new MultipartFormDataContent { { new StringContent("a"), "file" } }),
        // Forms
        ["forms on R2 and B2"] = () => Presigner(options => options.UseCloudflareR2(new string('a', 32))).PresignPost(new PostPolicy(PostKey.Exact("key"))),
        ["prefix without `/`"] = () => new PostPolicy(PostKey.Prefix("user-4")),
        ["`${filename}` in a whole key"] = () => new PostPolicy(PostKey.Exact("up/${filename}")),
        ["unknown or reserved fields"] = () => Presigner().PresignPost(new PostPolicy(PostKey.Exact("key")) { Fields = Pair("x-amz-other", "1") }),
        ["field given twice"] = () => Presigner().PresignPost(new PostPolicy(PostKey.Exact("key")) { Acl = "private", Fields = Pair("acl", "public-read") }),
        ["redirect that is the start of other hosts"] = () => Presigner().PresignPost(new PostPolicy(PostKey.Exact("key")) { Conditions = [PostCondition.StartsWith("success_action_redirect", "https://good.example")] }),
        ["ACL that the page can choose freely"] = () => Presigner().PresignPost(new PostPolicy(PostKey.Exact("key")) { Conditions = [PostCondition.StartsWith("acl", "")] }),
        ["text that stores or browsers change"] = () => new PostPolicy(PostKey.Prefix("$x/")),
        ["two responses to an upload"] = () => Presigner().PresignPost(new PostPolicy(PostKey.Exact("key")) { SuccessStatus = 201, SuccessRedirect = "https://a.example/" }),
        ["contradictory size limits"] = () => new PostPolicy(PostKey.Exact("key")) { ContentLength = (5, 1) },
        ["field that is not in the policy"] = () => Presigner().PresignPost(new PostPolicy(PostKey.Exact("key"))).ToMultipartContent(Stream.Null, "a.txt", Pair("x-amz-meta-a", "1")),
        ["invalid key composed by a page"] = () => Presigner().PresignPost(new PostPolicy(PostKey.Prefix("up/")) { UseFileName = true }).ToMultipartContent(Stream.Null, "a\0"),
        ["`$` in a form on AWS"] = () => Presigner(options => options.UseAws("eu-west-1")).PresignPost(new PostPolicy(PostKey.Exact("price$"))),
        // URLs that exist already
        ["re-signing an invalid URL"] = () => Presigner().Resign(Presign(new GetObject("key")).Url + "&a=b", HttpMethod.Get),
        ["bucket of a different presigner"] = () => Presigner(options => options.Bucket = "other-space").Resign(Presign(new GetObject("key")).Url, HttpMethod.Get),
        ["scope of a different region"] = () => Presigner().Resign(new SigV4QuerySigner(new S3Credentials("DO00EXAMPLE", "secret"), "ams3", "s3", Clock).Presign(new SigV4QueryRequest(HttpMethod.Get, "my-space.nyc3.digitaloceanspaces.com") { Path = "/key" }).Url, HttpMethod.Get),
        ["missing session token"] = () => new S3Presigner(WithProvider(new S3Credentials("DO00EXAMPLE", "secret", "token")), Clock).Resign(Presign(new GetObject("key")).Url, HttpMethod.Get),
        ["request with a relative address"] = () => SignatureComparison.Of(Presign(new GetObject("key")), new HttpRequestMessage(HttpMethod.Get, new Uri("key", UriKind.Relative))),
        ["SigV2 and SigV4a URLs"] = () => Presigner().Resign("https://my-space.nyc3.digitaloceanspaces.com/key?AWSAccessKeyId=AK&Expires=1800000000&Signature=x", HttpMethod.Get),
        // Requests to other services
        ["two hashes of one body"] = () => Signer.Presign(new SigV4QueryRequest(HttpMethod.Get, "sts.example.com") { PayloadHash = "a", Headers = Pair("x-amz-content-sha256", "b") }),
        ["malformed hash"] = () => Signer.Presign(new SigV4QueryRequest(HttpMethod.Get, "sts.example.com") { PayloadHash = "a\nb" }),
        ["host with a path"] = () => Signer.Presign(new SigV4QueryRequest(HttpMethod.Get, "sts.example.com/path")),
        ["unknown scheme"] = () => Signer.Presign(new SigV4QueryRequest(HttpMethod.Get, "sts.example.com") { Scheme = "ftp" }),
        // Not supported
        ["multi-region access points"] = () => Presigner(Aws).Presign(new GetObject("key") { Bucket = "arn:aws:s3::123456789012:accesspoint/a.mrap" }),
        ["S3 Express"] = () => Presigner(Aws).Presign(new GetObject("key") { Bucket = "my-bucket--use1-az4--x-s3" }),
        ["Outposts"] = () => Presigner(Aws).Presign(new GetObject("key") { Bucket = "arn:aws:s3-outposts:eu-west-1:123456789012:outpost/a/accesspoint/b" }),
        ["Object Lambda"] = () => Presigner(Aws).Presign(new GetObject("key") { Bucket = "arn:aws:s3-object-lambda:eu-west-1:123456789012:accesspoint/a" }),
        ["ARN as a copy source"] = () => new CopySource("arn:aws:s3:eu-west-1:123456789012:accesspoint/a", "key"),
        ["website endpoints"] = () => S3Endpoint.Create("http://my-bucket.s3-website-eu-west-1.amazonaws.com", "eu-west-1"),
        ["headers with `TryPresign`"] = () => Presigner().TryPresign(new PutObject("key") { ContentType = "text/plain" }, new char[2000], out _),
    };

    private static SigV4QuerySigner Signer => new(new S3Credentials("AK", "secret"), "eu-west-1", "sts", Clock);

    private static PresignedUrl Presign(S3Operation operation) => Presigner().Presign(operation);

    private static S3Presigner Presigner(Action<PresignerOptions>? configure = null)
    {
        PresignerOptions options = new() { Bucket = "my-space", AccessKeyId = "DO00EXAMPLE", SecretAccessKey = "secret" };
        options.UseDigitalOceanSpaces("nyc3");
        configure?.Invoke(options);
        return new S3Presigner(options, Clock);
    }

    private static void Aws(PresignerOptions options) => options.UseAws("eu-west-1");

    private static PresignerOptions WithProvider(IS3CredentialsProvider provider)
    {
        PresignerOptions options = new() { Bucket = "my-space" };
        options.UseDigitalOceanSpaces("nyc3");
        options.UseCredentials(provider);
        return options;
    }

    private static KeyValuePair<string, string>[] Pair(string name, string value) => [new(name, value)];
}
