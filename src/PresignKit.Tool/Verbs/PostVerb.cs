using System.CommandLine;
using PresignKit.Tool.CommandLine;
using PresignKit.Tool.Input;
using PresignKit.Tool.Output;
using PresignKit.Tool.Store;

namespace PresignKit.Tool.Verbs;

/// <summary>Presigns a form for uploads from a browser.</summary>
internal sealed class PostVerb : Verb
{
    private readonly StoreFlags _store;
    private readonly LifetimeFlags _lifetime = new();
    private readonly OutputFlags _output = new("post");
    private readonly Argument<string> _address = new("address") { HelpName = "s3://BUCKET/KEY", Description = "Object, or a folder that ends with '/'" };
    private readonly Option<string?> _size = Flags.Text("--size", "MIN..MAX", "Size of the file, for example 5MiB or 1..5MiB (default: no limit)");
    private readonly Option<string?> _contentType = Flags.Text("--content-type", "TYPE", "Type of the file, for example image/png or image/*");
    private readonly Option<bool> _fileName = Flags.Switch("--file-name", "Append the name of the uploaded file to the folder");
    private readonly Option<string?> _acl = Flags.Text("--acl", "NAME", "Access control list, for example public-read");
    private readonly Option<string?> _successStatus = Flags.Text("--success-status", "CODE", "Status of the response: 200, 201 or 204 (default)");
    private readonly Option<string?> _successRedirect = Flags.Text("--success-redirect", "URL", "Page to which the browser is redirected after the upload");
    private readonly Option<string[]> _field = Flags.List("--field", "NAME=VALUE", "Other field with a fixed value; can be repeated");

    public PostVerb(ToolContext context, StoreFlags store)
        : base(context, "post", "Create a form that uploads an object from a browser, as JSON, as HTML or as a command line. Unlike a URL for 'put', it can limit the size of the file.")
    {
        _store = store;
        Arguments.Add(_address);
        Add(_lifetime.ForForms);
        Add("Upload", _size, _contentType, _fileName, _acl, _successStatus, _successRedirect, _field);
        Add(_output.Group);
    }

    public override IReadOnlyList<(string Line, string Comment)> Examples =>
    [
        ("presign post s3://my-space/uploads/ --file-name --content-type 'image/*' --size 1..5MiB --html", "A form for images up to 5 MiB"),
        ("presign post s3://my-space/avatars/42.png --content-type image/png --size 1MiB", "JSON for a script in the browser"),
    ];

    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        ObjectAddress address = ObjectAddress.ParseObject(result.GetRequiredValue(_address));
        OutputFormat format = _output.Read(result);
        PostPolicy policy = ReadPolicy(result, address);
        StoreSettings settings = _store.Read(result) with { RegionOfArn = address.Region };
        ResolvedStore store = await new StoreResolver(Context).ResolveAsync(settings, cancellationToken);
        PresignedPost post = await new S3Presigner(store.ToOptions(address.Bucket), Context.Clock).PresignPostAsync(policy, cancellationToken);
        switch (format.Kind)
        {
            case OutputKind.Html:
                Context.Write(post.ToHtmlForm());
                break;
            case OutputKind.Curl:
                Context.WriteLine(post.ToCurl(format.File!, FieldsFor(post, format.File!)));
                break;
            case OutputKind.PowerShell:
                Context.WriteLine(post.ToPowerShell(format.File!, FieldsFor(post, format.File!)));
                break;
            default:
                ResultJson.WriteLine(Context, json => ResultJson.Write(json, post));
                break;
        }

        UrlOutput.NoteUnusedCdn(Context, settings.CdnUrl, post.Url, settings.IsVerbose);
        if (policy.ContentLength is null)
        {
            Context.Note("the form does not limit the size of the file; --size does", settings.IsVerbose);
        }

        Context.Note($"valid until {Shown.Time(post.ExpiresAt)} ({Shown.Duration(post.ExpiresAt - Context.Clock.GetUtcNow())})", settings.IsVerbose);
        return ExitCode.Success;
    }

    private PostPolicy ReadPolicy(ParseResult result, ObjectAddress address)
    {
        bool isFolder = address.Key.EndsWith('/');
        bool usesFileName = result.GetValue(_fileName);
        if (usesFileName && !isFolder)
        {
            throw ToolException.Usage($"--file-name requires a folder, but '{Shown.Text(address.Key)}' does not end with '/'. Add a '/', or remove the option.");
        }

        string? type = result.GetValue(_contentType);
        bool isAnySubtype = type is not null && type.EndsWith("/*", StringComparison.Ordinal);
        return new PostPolicy(isFolder ? PostKey.Prefix(address.Key) : PostKey.Exact(address.Key))
        {
            UseFileName = usesFileName,
            ExpiresIn = _lifetime.ReadExpiresIn(result, Context.Clock),
            ContentLength = result.GetValue(_size) is { } size ? Numbers.ParseSizes(size, "--size") : null,
            ContentType = isAnySubtype ? null : type,
            ContentTypePrefix = isAnySubtype ? (type == "*/*" ? "" : type![..^1]) : null,
            Acl = result.GetValue(_acl),
            SuccessStatus = result.GetValue(_successStatus) is { } status ? Numbers.Parse(status, "--success-status") : null,
            SuccessRedirect = result.GetValue(_successRedirect),
            Fields = [.. Pairs.Parameters(result.GetValue(_field)!, "--field").Select(field => new KeyValuePair<string, string>(field.Key, field.Value ?? ""))],
        };
    }

    // A command line names the file, so it can contain the fields that a page would add for the file.
    private static List<KeyValuePair<string, string>> FieldsFor(PresignedPost post, string file)
    {
        List<KeyValuePair<string, string>> fields = [];
        foreach (PostCondition condition in post.FieldsToAdd)
        {
            string? value = condition.Field.ToUpperInvariant() switch
            {
                "KEY" when condition.IsPrefix => condition.Value + Path.GetFileName(file),
                "CONTENT-TYPE" => MediaType.OfFile(file),
                _ => null,
            };
            if (value is not null && !fields.Exists(field => field.Key == condition.Field))
            {
                fields.Add(new KeyValuePair<string, string>(condition.Field, value));
            }
        }

        return fields;
    }
}
