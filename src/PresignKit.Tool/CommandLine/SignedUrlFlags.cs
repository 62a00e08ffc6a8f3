using System.CommandLine;

namespace PresignKit.Tool.CommandLine;

/// <summary>The options of the commands that check a signature. They specify values that were signed but are not part of the URL.</summary>
internal sealed class SignedUrlFlags(string headerDescription)
{
    private const string SseHeader = "x-amz-server-side-encryption-customer-key";

    private readonly Option<string[]> _header = Flags.List("--header", "'NAME: VALUE'", headerDescription + "; can be repeated");
    private readonly Option<string?> _sseKey = SseKey.Flag();
    private readonly Option<string?> _bucket = Flags.Text("--bucket", "NAME", "Bucket, if the URL does not contain it because of --cdn-url");

    public Option[] Options => [_header, _sseKey, _bucket];

    public string? ReadBucket(ParseResult result) => result.GetValue(_bucket);

    /// <summary>Returns the specified headers, and those of SSE-C.</summary>
    public List<KeyValuePair<string, string>> ReadHeaders(ParseResult result)
    {
        List<KeyValuePair<string, string>> headers = Pairs.Headers(result.GetValue(_header)!, "--header");
        if (SseKey.Read(result.GetValue(_sseKey)) is { } key)
        {
            headers.AddRange(HeadersOf(key));
        }

        return headers;
    }

    /// <summary>Throws an exception if an SSE-C key is specified, but the URL does not sign one.</summary>
    /// <exception cref="ToolException">The URL does not sign an SSE-C key.</exception>
    public void CheckKey(ParseResult result, PresignedUrlInfo info)
    {
        if (result.GetValue(_sseKey) is not null && !info.SignedHeaders.Contains(SseHeader))
        {
            throw ToolException.Usage($"{_sseKey.Name}: The URL does not sign an SSE-C key. Remove the option.");
        }
    }

    /// <summary>Returns whether a signed header is one of those that an SSE-C key determines.</summary>
    public static bool IsOfKey(string header) => header is "x-amz-server-side-encryption-customer-algorithm" or SseHeader or SseHeader + "-md5";

    // Only an operation can determine the headers of a key. The store and the credentials are placeholders.
    private static IReadOnlyDictionary<string, string> HeadersOf(SseCustomerKey key)
    {
        PresignerOptions options = new() { Bucket = "bucket", AccessKeyId = "EXAMPLEACCESSKEY", SecretAccessKey = "this-is-not-a-secret" };
        options.UseEndpoint(S3Endpoint.Aws("us-east-1"));
        return new S3Presigner(options).Presign(new GetObject("key") { SseCustomerKey = key }).RequiredHeaders;
    }
}
