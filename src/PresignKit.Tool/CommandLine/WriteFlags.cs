using System.CommandLine;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.CommandLine;

/// <summary>The options of <c>put</c>, with the names of <c>aws s3api put-object</c>.</summary>
internal sealed class WriteFlags
{
    private readonly Option<string?> _for = Flags.Text("--for", "FILE", "Accept exactly this file: sign its length, its type and a checksum");
    private readonly Option<string?> _contentType = Flags.Text("--content-type", "TYPE", "Content-Type that the client must send");
    private readonly Option<string?> _contentLength = Flags.Text("--content-length", "BYTES", "Length of the upload");
    private readonly Option<string?> _contentMd5 = Flags.Text("--content-md5", "BASE64", "MD5 hash of the upload");
    private readonly Option<string?> _contentEncoding = Flags.Text("--content-encoding", "VALUE", "Content-Encoding that the object gets");
    private readonly Option<string?> _contentLanguage = Flags.Text("--content-language", "VALUE", "Content-Language that the object gets");
    private readonly Option<string?> _contentDisposition = Flags.Text("--content-disposition", "VALUE", "Content-Disposition that the object gets");
    private readonly Option<string?> _cacheControl = Flags.Text("--cache-control", "VALUE", "Cache-Control that the object gets");
    private readonly (Option<string?> Option, ChecksumAlgorithm Algorithm)[] _checksums =
    [
        (Flags.Text("--checksum-sha256", "BASE64", "SHA-256 checksum of the upload"), ChecksumAlgorithm.Sha256),
        (Flags.Text("--checksum-sha1", "BASE64", "SHA-1 checksum of the upload"), ChecksumAlgorithm.Sha1),
        (Flags.Text("--checksum-crc32", "BASE64", "CRC-32 checksum of the upload"), ChecksumAlgorithm.Crc32),
        (Flags.Text("--checksum-crc32c", "BASE64", "CRC-32C checksum of the upload"), ChecksumAlgorithm.Crc32C),
        (Flags.Text("--checksum-crc64nvme", "BASE64", "CRC-64/NVME checksum of the upload"), ChecksumAlgorithm.Crc64Nvme),
    ];

    private readonly Option<string?> _acl = Flags.Text("--acl", "NAME", "Access control list, for example public-read");
    private readonly Option<string?> _metadata = Flags.Text("--metadata", "NAME=VALUE,…", "Metadata of the object");
    private readonly Option<string?> _tagging = Flags.Text("--tagging", "'NAME=VALUE&…'", "Tags of the object");
    private readonly Option<string?> _storageClass = Flags.Text("--storage-class", "NAME", "Storage class, for example STANDARD_IA");
    private readonly Option<string?> _sse = Flags.Choice("--sse", "Server-side encryption", "AES256", "aws:kms", "aws:kms:dsse");
    private readonly Option<string?> _sseKeyId = Flags.Text("--sse-kms-key-id", "ID", "KMS key, with --sse aws:kms");
    private readonly Option<string?> _sseKey = SseKey.Flag();
    private readonly Option<string?> _ifMatch = Flags.Text("--if-match", "ETAG", "ETag of the object that the upload replaces");
    private readonly Option<string?> _ifNoneMatch = Flags.Text("--if-none-match", "'*'", "Upload only if the object does not exist");
    private readonly Option<bool> _lock = Flags.Switch("--lock", "Ceph: prevent the holder of the URL from adding unsigned headers, such as x-amz-acl");

    public WriteFlags()
    {
        Upload = new OptionGroup("Upload", [_for, _contentType, _contentLength, _contentMd5, .. _checksums.Select(row => row.Option), _ifMatch, _ifNoneMatch, _lock]);
        Object = new OptionGroup("Object", [_acl, _cacheControl, _contentDisposition, _contentEncoding, _contentLanguage, _metadata, _tagging, _storageClass, _sse, _sseKeyId, _sseKey]);
    }

    public OptionGroup Upload { get; }

    public OptionGroup Object { get; }

    public PutObject Read(ParseResult result, string key) => new(key)
    {
        ContentType = result.GetValue(_contentType),
        ContentLength = result.GetValue(_contentLength) is { } length ? Numbers.ParseLong(length, "--content-length") : null,
        ContentMD5 = result.GetValue(_contentMd5),
        ContentEncoding = result.GetValue(_contentEncoding),
        ContentLanguage = result.GetValue(_contentLanguage),
        ContentDisposition = result.GetValue(_contentDisposition),
        CacheControl = result.GetValue(_cacheControl),
        Checksum = ReadChecksum(result),
        Acl = result.GetValue(_acl),
        Metadata = result.GetValue(_metadata) is { } metadata ? Pairs.Dictionary(metadata, ',', "--metadata") : null,
        Tagging = result.GetValue(_tagging) is { } tags ? ReadTags(tags) : null,
        StorageClass = result.GetValue(_storageClass),
        ServerSideEncryption = ReadEncryption(result),
        SseCustomerKey = SseKey.Read(result.GetValue(_sseKey)),
        IfMatch = result.GetValue(_ifMatch),
        IfNoneMatch = result.GetValue(_ifNoneMatch),
    };

    public bool IsLocked(ParseResult result) => result.GetValue(_lock);

    /// <summary>Returns the file of <c>--for</c>, or <c>null</c>.</summary>
    public string? ReadFile(ParseResult result)
    {
        string? file = result.GetValue(_for);
        Option? other = file is null ? null : ((Option[])[_contentLength, _contentMd5, .. _checksums.Select(row => row.Option)]).FirstOrDefault(option => result.GetResult(option) is not null);
        return other is null ? file : throw ToolException.Usage($"--for and {other.Name} cannot be combined, because --for computes the value from the file. Specify only one of them.");
    }

    private Checksum? ReadChecksum(ParseResult result)
    {
        (Option<string?> Option, ChecksumAlgorithm Algorithm)[] given = [.. _checksums.Where(row => result.GetValue(row.Option) is not null)];
        return given.Length switch
        {
            0 => null,
            1 => CreateChecksum(given[0].Algorithm, result.GetValue(given[0].Option)!, given[0].Option.Name),
            _ => throw ToolException.Usage($"{given[0].Option.Name} and {given[1].Option.Name} cannot be combined, because stores accept one checksum. Specify only one of them."),
        };
    }

    private static Checksum CreateChecksum(ChecksumAlgorithm algorithm, string value, string option)
    {
        try
        {
            return new Checksum(algorithm, value);
        }
        catch (ArgumentException e)
        {
            throw ToolException.Usage($"{option}: {Messages.ToFlags(Messages.WithoutSuffix(e))}");
        }
    }

    // As in the AWS CLI, the tags are a query string, so they are percent-encoded.
    private static Dictionary<string, string> ReadTags(string text)
    {
        Dictionary<string, string> tags = new(StringComparer.Ordinal);
        foreach ((string name, string value) in Pairs.Dictionary(text, '&', "--tagging"))
        {
            if (!tags.TryAdd(Decode(name), Decode(value)))
            {
                throw ToolException.Usage($"--tagging: '{Shown.Text(Decode(name))}' is specified more than once. Specify each name once.");
            }
        }

        return tags;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private ServerSideEncryption? ReadEncryption(ParseResult result)
    {
        string? keyId = result.GetValue(_sseKeyId);
        string? algorithm = result.GetValue(_sse);
        return (algorithm, keyId) switch
        {
            (null, null) => null,
            ("AES256", null) => ServerSideEncryption.S3,
            ("aws:kms", _) => ServerSideEncryption.Kms(keyId),
            ("aws:kms:dsse", _) => ServerSideEncryption.KmsDualLayer(keyId),
            (null or "AES256", _) => throw ToolException.Usage("--sse-kms-key-id requires --sse aws:kms. Add it."),
            _ => throw ToolException.Usage($"--sse: '{Shown.Text(algorithm)}' is not a valid algorithm. Use AES256, aws:kms or aws:kms:dsse."),
        };
    }
}
