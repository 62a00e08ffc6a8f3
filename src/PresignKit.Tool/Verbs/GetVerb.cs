using System.CommandLine;
using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.Verbs;

/// <summary>Presigns a download. It is the default verb, so that <c>presign s3://…</c> works as <c>aws s3 presign s3://…</c>.</summary>
internal sealed class GetVerb : PresignVerb
{
    private readonly ReadFlags _read = new();

    public GetVerb(ToolContext context, StoreFlags store)
        : base(context, store, "get", "Create a URL that downloads an object. 'get' can be omitted: 'presign s3://bucket/key'.", "s3://BUCKET/KEY", "Object") => AddOperation(_read.Response, _read.Object);

    public override IReadOnlyList<(string Line, string Comment)> Examples =>
    [
        ("presign s3://my-space/report.pdf --expires-in 7d --endpoint-url https://nyc3.digitaloceanspaces.com", "A link that is valid for a week"),
        ("presign get s3://my-space/b1946ac9 --download-as 'Invoice 7.pdf'", "A link that saves the object under a different name"),
        ("presign get s3://my-space/page --inline --response-content-type text/html --curl", "A command line that requests the page"),
    ];

    protected override S3Operation CreateOperation(ParseResult result, ObjectAddress address) => _read.Apply(result, new GetObject(address.Key));
}
