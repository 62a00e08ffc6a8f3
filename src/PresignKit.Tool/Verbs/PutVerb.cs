using System.CommandLine;
using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.Verbs;

/// <summary>Presigns an upload.</summary>
internal sealed class PutVerb : PresignVerb
{
    private readonly WriteFlags _write = new();

    public PutVerb(ToolContext context, StoreFlags store)
        : base(context, store, "put", "Create a URL that uploads an object. A header that is signed must be sent with the upload; --curl prints a command line that does so.", "s3://BUCKET/KEY", "Object") => AddOperation(_write.Upload, _write.Object);

    public override IReadOnlyList<(string Line, string Comment)> Examples =>
    [
        ("presign put s3://my-space/photos/1.jpg --content-type image/jpeg --curl 1.jpg", "A command line that uploads 1.jpg"),
        ("presign put s3://my-space/dump.tar --for dump.tar --if-none-match '*'", "A URL that accepts exactly this file, and only once"),
    ];

    protected override S3Operation CreateOperation(ParseResult result, ObjectAddress address)
    {
        PutObject operation = _write.Read(result, address.Key);
        return _write.ReadFile(result) is { } file ? UploadFile.Sign(operation, file) : operation;
    }

    public override S3Operation AdaptTo(S3Endpoint endpoint, ParseResult result, S3Operation operation) =>
        _write.ReadFile(result) is not null && operation is PutObject put ? UploadFile.AdaptTo(endpoint, put) : operation;

    protected override string? DefaultFile(ParseResult result) => _write.ReadFile(result);

    protected override void Configure(ParseResult result, PresignerOptions options) => options.LockUnsignedHeaders = _write.IsLocked(result);
}
