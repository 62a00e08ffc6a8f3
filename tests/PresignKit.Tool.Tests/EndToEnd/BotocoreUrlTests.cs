using PresignKit.Tool.Tests.Store;

namespace PresignKit.Tool.Tests.EndToEnd;

/// <summary>Compares whole URLs with those of botocore.</summary>
[Trait("Category", "Load")]
public sealed class BotocoreUrlTests : IDisposable
{
    private const string SessionToken = "FwoGZXIvYXdzEBYaDPzZ/+w9+Q==//a+b=c&d%2Fe";

    private readonly FakeTool _tool = new FakeTool().WithKeys();

    public void Dispose() => _tool.Dispose();

    [BotocoreTheory]
    [InlineData("get", "get_object", "https://nyc3.digitaloceanspaces.com", "nyc3", "virtual", null)]
    [InlineData("put", "put_object", "http://minio.example:9000", "us-east-1", "path", null)]
    [InlineData("head", "head_object", "https://s3.eu-west-1.amazonaws.com", "eu-west-1", "virtual", SessionToken)]
    [InlineData("delete", "delete_object", "https://fra1.digitaloceanspaces.com", "fra1", "path", SessionToken)]
    public async Task Batch_500Keys_EqualsBotocore(string method, string operation, string endpoint, string region, string style, string? sessionToken)
    {
        _tool.WithVariable("AWS_SESSION_TOKEN", sessionToken).Input = string.Concat(KeyCorpus.Keys.Select(key => key + "\0"));

        ToolResult result = await _tool.RunProcessAsync("batch", "s3://my-space", "--null", "--method", method, "--expires-in", "2d", "--endpoint-url", endpoint, "--region", region, "--url-style", style);

        (result.ExitCode, result.Error).Should().Be((0, ""));
        string[] urls = result.Output.Split('\n')[..^1];
        urls.Should().HaveCount(500);
        BotocoreRequest[] requests =
            [.. urls.Zip(KeyCorpus.Keys, (url, key) => new BotocoreRequest(url, operation, new Dictionary<string, object> { ["Bucket"] = "my-space", ["Key"] = key }, 2 * 24 * 3600))];
        IReadOnlyList<string> expected = await SignAsync(endpoint, region, style, sessionToken, requests);
        foreach ((string url, string other) in urls.Zip(expected))
        {
            Comparable(url).Should().Be(Comparable(other));
        }
    }

    [BotocoreFact]
    public async Task Verbs_Options_EqualBotocore()
    {
        List<BotocoreRequest> requests = [];
        await AddAsync("get_object", "get s3://my-space/k");
        await AddAsync("get_object", "s3://my-space/k --expires-in 604800", expiresIn: 604800);
        await AddAsync("get_object", "get|s3://my-space/a b+c%2F?&='\"é😀e\u0301.pdf|--expires-in|90s", "a b+c%2F?&='\"é😀e\u0301.pdf", 90);
        await AddAsync("get_object", "get|s3://my-space/k|--response-content-disposition|attachment; filename=\"a b\"", parameters: ("ResponseContentDisposition", "attachment; filename=\"a b\""));
        await AddAsync("get_object", "get|s3://my-space/k|--response-content-type|text/plain; charset=utf-8", parameters: ("ResponseContentType", "text/plain; charset=utf-8"));
        await AddAsync("get_object", "get s3://my-space/k --response-content-encoding gzip --response-content-language de", parameters: [("ResponseContentEncoding", "gzip"), ("ResponseContentLanguage", "de")]);
        await AddAsync("get_object", "get|s3://my-space/k|--response-cache-control|no-cache, max-age=0", parameters: ("ResponseCacheControl", "no-cache, max-age=0"));
        await AddAsync("get_object", "get s3://my-space/k --version-id 3/L4kq+JlcpX=", parameters: ("VersionId", "3/L4kq+JlcpX="));
        await AddAsync("get_object", "get s3://my-space/k --part-number 7", parameters: ("PartNumber", 7));
        await AddAsync("get_object", "get s3://my-space/k --range bytes=0-1023", parameters: ("Range", "bytes=0-1023"));
        await AddAsync("get_object", "get|s3://my-space/k|--if-match|\"0123\"", parameters: ("IfMatch", "\"0123\""));
        await AddAsync("get_object", "get s3://my-space/k --expected-bucket-owner 123456789012", parameters: ("ExpectedBucketOwner", "123456789012"));
        await AddAsync("head_object", "head s3://my-space/k --version-id null", parameters: ("VersionId", "null"));
        await AddAsync("delete_object", "delete s3://my-space/dir/k");
        await AddAsync("delete_object", "delete s3://my-space/dir/k --version-id 42", parameters: ("VersionId", "42"));
        await AddAsync("put_object", "put s3://my-space/k --content-type image/png", parameters: ("ContentType", "image/png"));
        await AddAsync("put_object", "put s3://my-space/k --content-type image/png --content-length 5242880 --content-md5 XrY7u+Ae7tCTyyK9j1rNww==", parameters: [("ContentType", "image/png"), ("ContentLength", 5242880), ("ContentMD5", "XrY7u+Ae7tCTyyK9j1rNww==")]);
        await AddAsync("put_object", "put|s3://my-space/k|--acl|public-read|--cache-control|no-store,  max-age=0|--content-disposition|inline; filename=\"a b\"", parameters: [("ACL", "public-read"), ("CacheControl", "no-store,  max-age=0"), ("ContentDisposition", "inline; filename=\"a b\"")]);
        await AddAsync("put_object", "put|s3://my-space/k|--content-encoding|gzip|--content-language|de|--storage-class|STANDARD_IA|--tagging|a=b&c=d%20e", parameters: [("ContentEncoding", "gzip"), ("ContentLanguage", "de"), ("StorageClass", "STANDARD_IA"), ("Tagging", "a=b&c=d%20e")]);
        await AddAsync("put_object", "put s3://my-space/k --metadata by=Ada,id=7", parameters: ("Metadata", new Dictionary<string, string> { ["by"] = "Ada", ["id"] = "7" }));
        await AddAsync("put_object", "put s3://my-space/k --sse aws:kms --sse-kms-key-id arn:aws:kms:r1:111122223333:key/k --if-none-match *", parameters: [("ServerSideEncryption", "aws:kms"), ("SSEKMSKeyId", "arn:aws:kms:r1:111122223333:key/k"), ("IfNoneMatch", "*")]);
        await AddAsync("list_objects_v2", "list s3://my-space --encoding-type url", key: null);
        await AddAsync("list_objects_v2", "list|s3://my-space/a b+c/é|--delimiter|/|--encoding-type|url", key: null, parameters: [("Prefix", "a b+c/é"), ("Delimiter", "/")]);

        IReadOnlyList<string> expected = await SignAsync("https://nyc3.digitaloceanspaces.com", "nyc3", "virtual", null, requests);

        foreach ((BotocoreRequest request, string other) in requests.Zip(expected))
        {
            Comparable(request.Url).Should().Be(Comparable(other), $"botocore signs {other}");
        }

        // The arguments are separated by '|', or by spaces if there is no '|'.
        async Task AddAsync(string operation, string arguments, string? key = "", int expiresIn = 3600, params (string Name, object Value)[] parameters)
        {
            string[] args = arguments.Split(arguments.Contains('|', StringComparison.Ordinal) ? '|' : ' ');
            ToolResult result = await _tool.RunProcessAsync([.. args, "--endpoint-url", "https://nyc3.digitaloceanspaces.com"]);
            (result.ExitCode, result.Error).Should().Be((0, ""), arguments);
            Dictionary<string, object> all = parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value);
            all["Bucket"] = "my-space";
            if (key is not null)
            {
                all["Key"] = key.Length > 0 ? key : args.Single(arg => arg.StartsWith("s3://my-space/", StringComparison.Ordinal))["s3://my-space/".Length..];
            }

            requests.Add(new BotocoreRequest(result.Output.TrimEnd('\n'), operation, all, expiresIn));
        }
    }

    // Sorts the parameters: their order in the URL is not significant, because the signature covers them in their canonical order.
    private static string Comparable(string url)
    {
        string[] parts = url.Split('?', 2);
        return parts[0] + "?" + string.Join('&', parts[1].Split('&').Order(StringComparer.Ordinal));
    }

    private static Task<IReadOnlyList<string>> SignAsync(string endpoint, string region, string style, string? sessionToken, IReadOnlyList<BotocoreRequest> requests) =>
        Botocore.SignAsync(new BotocoreJob(endpoint, region, style, SampleUrls.AccessKeyId, SampleUrls.Secret, sessionToken, requests));
}
