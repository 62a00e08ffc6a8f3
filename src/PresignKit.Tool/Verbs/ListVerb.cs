using System.CommandLine;
using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.Verbs;

/// <summary>Presigns a list of objects.</summary>
internal sealed class ListVerb : PresignVerb
{
    private readonly Option<string?> _delimiter = Flags.Text("--delimiter", "TEXT", "Groups keys up to this text, for example /");
    private readonly Option<string?> _maxKeys = Flags.Text("--max-keys", "N", "Number of keys, at most 1000");
    private readonly Option<string?> _startAfter = Flags.Text("--start-after", "KEY", "First key is the one after this key");
    private readonly Option<string?> _token = Flags.Text("--continuation-token", "TOKEN", "Next page: NextContinuationToken of the previous response");
    private readonly Option<string?> _encodingType = Flags.Text("--encoding-type", "url", "Percent-encode the keys in the response");

    public ListVerb(ToolContext context, StoreFlags store)
        : base(context, store, "list", "Create a URL that lists the objects of a bucket (ListObjectsV2).", "s3://BUCKET[/PREFIX]", "Bucket, and the prefix of the keys") => AddOperation(new OptionGroup("List", [_delimiter, _maxKeys, _startAfter, _token, _encodingType]));

    public override IReadOnlyList<(string Line, string Comment)> Examples => [("presign list s3://my-space/photos/ --delimiter / --curl", "A command line that lists one folder")];

    protected override ObjectAddress ParseAddress(string address) => ObjectAddress.Parse(address);

    protected override S3Operation CreateOperation(ParseResult result, ObjectAddress address) => new ListObjectsV2
    {
        Prefix = address.Key.Length > 0 ? address.Key : null,
        Delimiter = result.GetValue(_delimiter),
        MaxKeys = result.GetValue(_maxKeys) is { } max ? Numbers.Parse(max, "--max-keys") : null,
        StartAfter = result.GetValue(_startAfter),
        ContinuationToken = result.GetValue(_token),
        UrlEncodeKeys = result.GetValue(_encodingType) switch
        {
            null => false,
            "url" => true,
            string other => throw ToolException.Usage($"--encoding-type: '{Shown.Text(other)}' is not a valid value. Use 'url'."),
        },
    };
}
