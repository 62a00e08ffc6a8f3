using System.CommandLine;
using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.Verbs;

/// <summary>Presigns the deletion of an object.</summary>
internal sealed class DeleteVerb : PresignVerb
{
    private readonly Option<string?> _versionId = Flags.Text("--version-id", "ID", "Version to delete");

    public DeleteVerb(ToolContext context, StoreFlags store)
        : base(context, store, "delete", "Create a URL that deletes an object.", "s3://BUCKET/KEY", "Object") => AddOperation(new OptionGroup("Object", [_versionId]));

    public override IReadOnlyList<(string Line, string Comment)> Examples => [("presign delete s3://my-space/old.pdf --expires-in 10m", "A URL that deletes the object within ten minutes")];

    protected override string? Warning => "anyone who has this URL can delete the object";

    protected override S3Operation CreateOperation(ParseResult result, ObjectAddress address) => new DeleteObject(address.Key) { VersionId = result.GetValue(_versionId) };
}
