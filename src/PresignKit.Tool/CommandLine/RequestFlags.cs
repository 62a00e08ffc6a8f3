using System.CommandLine;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.CommandLine;

/// <summary>The options that every presigned request accepts.</summary>
internal sealed class RequestFlags
{
    private readonly Option<string[]> _header = Flags.List("--header", "'NAME: VALUE'", "Header that is signed and must be sent; can be repeated");
    private readonly Option<string[]> _query = Flags.List("--query-param", "NAME=VALUE", "Query parameter that is signed; can be repeated");
    private readonly Option<string?> _payer = Flags.Text("--request-payer", "requester", "The requester pays for the request");
    private readonly Option<string?> _owner = Flags.Text("--expected-bucket-owner", "ACCOUNT", "Account ID that must own the bucket");

    public RequestFlags() => Group = new OptionGroup("Request", [_header, _query, _payer, _owner]);

    public OptionGroup Group { get; }

    public S3Operation Apply(ParseResult result, S3Operation operation)
    {
        List<KeyValuePair<string, string>> headers = Pairs.Headers(result.GetValue(_header)!, "--header");
        if (headers.Exists(header => header.Key.EndsWith("server-side-encryption-customer-key", StringComparison.OrdinalIgnoreCase)))
        {
            throw ToolException.Usage("--header: The value is an encryption key, and every user of this machine can read command lines. Use --sse-customer-key-file, and replace this key.");
        }

        List<KeyValuePair<string, string?>> query = Pairs.Parameters(result.GetValue(_query)!, "--query-param");
        string? payer = result.GetValue(_payer);
        return operation with
        {
            Headers = headers.Count > 0 ? headers : operation.Headers,
            Query = query.Count > 0 ? query! : operation.Query,
            RequesterPays = payer is null or "requester" ? payer is not null : throw ToolException.Usage($"--request-payer: '{Shown.Text(payer)}' is not a valid value. Use 'requester'."),
            ExpectedBucketOwner = result.GetValue(_owner),
        };
    }
}
