using System.CommandLine;
using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Input;
using PresignKit.Tool.Output;
using PresignKit.Tool.Store;

namespace PresignKit.Tool.Verbs;

/// <summary>A verb that presigns one operation and prints its URL.</summary>
internal abstract class PresignVerb : Verb
{
    private readonly StoreFlags _store;
    private readonly LifetimeFlags _lifetime = new();
    private readonly RequestFlags _request = new();
    private readonly OutputFlags _output;

    protected PresignVerb(ToolContext context, StoreFlags store, string name, string description, string addressName, string addressDescription)
        : base(context, name, description)
    {
        _store = store;
        _output = new OutputFlags(name);
        Address = new Argument<string>("address") { HelpName = addressName, Description = addressDescription };
        Arguments.Add(Address);
        Add(_lifetime.Group);
        Add(_request.Group);
        Add(_output.Group);
    }

    /// <summary>Adds the verb's own options. The help page lists them after the lifetime options.</summary>
    protected void AddOperation(params ReadOnlySpan<OptionGroup> groups)
    {
        for (int i = 0; i < groups.Length; i++)
        {
            Insert(1 + i, groups[i]);
        }
    }

    protected Argument<string> Address { get; }

    /// <summary>Gets a note about the URL, or <c>null</c>.</summary>
    protected virtual string? Warning => null;

    /// <summary>Returns the file to use in the printed command line if <c>--curl</c> or <c>--powershell</c> does not specify one, or <c>null</c>.</summary>
    protected virtual string? DefaultFile(ParseResult result) => null;

    /// <summary>Creates the operation. The base class adds the bucket, the lifetime and the signed headers and parameters.</summary>
    protected abstract S3Operation CreateOperation(ParseResult result, ObjectAddress address);

    /// <summary>Adapts the operation to the store.</summary>
    public virtual S3Operation AdaptTo(S3Endpoint endpoint, ParseResult result, S3Operation operation) => operation;

    /// <summary>Adds settings of the presigner that come from options of the verb.</summary>
    protected virtual void Configure(ParseResult result, PresignerOptions options)
    {
    }

    protected virtual ObjectAddress ParseAddress(string address) => ObjectAddress.ParseObject(address);

    /// <summary>Creates the operation with its lifetime, signed headers and signed parameters.</summary>
    public S3Operation ReadOperation(ParseResult result, ObjectAddress address) =>
        _request.Apply(result, CreateOperation(result, address)) with { ExpiresIn = _lifetime.ReadExpiresIn(result, Context.Clock) };

    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        ObjectAddress address = ParseAddress(result.GetRequiredValue(Address));
        OutputFormat format = _output.Read(result) is var read && read.File is null ? read with { File = DefaultFile(result) } : read;
        S3Operation operation = ReadOperation(result, address);
        StoreSettings settings = _store.Read(result) with { RegionOfArn = address.Region };
        if (_store.IsUnsigned(result))
        {
            throw ToolException.Usage($"--no-sign-request: Nothing would be signed. The URL without a signature is {await UnsignedUrlAsync(result, settings, address, operation, cancellationToken)}");
        }

        ResolvedStore store = await new StoreResolver(Context).ResolveAsync(settings, cancellationToken);
        PresignedUrl url = await CreatePresigner(result, store, address).PresignAsync(AdaptTo(store.Endpoint.Value, result, operation), cancellationToken);
        UrlOutput.Write(Context, url, format, settings.IsVerbose);
        UrlOutput.NoteUnusedCdn(Context, settings.CdnUrl, url.Url, settings.IsVerbose);
        if (Warning is { } warning)
        {
            Context.Note(warning, settings.IsVerbose);
        }

        return ExitCode.Success;
    }

    private S3Presigner CreatePresigner(ParseResult result, ResolvedStore store, ObjectAddress address)
    {
        PresignerOptions options = store.ToOptions(address.Bucket);
        options.SigningWindow = _lifetime.ReadWindow(result);
        Configure(result, options);
        return new S3Presigner(options, Context.Clock);
    }

    // The URL is presigned with made-up credentials, so that it has the same host and path as a presigned URL, and then cut at the query.
    private async Task<string> UnsignedUrlAsync(ParseResult result, StoreSettings settings, ObjectAddress address, S3Operation operation, CancellationToken cancellationToken)
    {
        StoreResolver resolver = new(Context);
        ResolvedStore store = resolver.ResolveWith(settings, new S3Credentials("EXAMPLEACCESSKEY", "this-is-not-a-secret"));
        PresignedUrl url = await CreatePresigner(result, store, address).PresignAsync(operation, cancellationToken);
        return url.Url[..url.Url.IndexOf('?', StringComparison.Ordinal)];
    }
}
