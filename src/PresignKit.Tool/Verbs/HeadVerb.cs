using System.CommandLine;
using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.Verbs;

/// <summary>Presigns a request for an object's headers.</summary>
internal sealed class HeadVerb : PresignVerb
{
    private readonly ReadFlags _read = new();

    public HeadVerb(ToolContext context, StoreFlags store)
        : base(context, store, "head", "Create a URL that returns the headers of an object (method HEAD). Such a URL cannot download the object.", "s3://BUCKET/KEY", "Object") => AddOperation(_read.Response, _read.Object);

    public override IReadOnlyList<(string Line, string Comment)> Examples => [("presign head s3://my-space/report.pdf --curl", "A command line that prints the headers")];

    protected override S3Operation CreateOperation(ParseResult result, ObjectAddress address) => _read.Apply(result, new HeadObject(address.Key));
}
