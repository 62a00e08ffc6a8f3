using System.CommandLine;
using System.Globalization;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.CommandLine;

/// <summary>The options of <c>get</c> and <c>head</c>, with the names of <c>aws s3api get-object</c>.</summary>
internal sealed class ReadFlags
{
    private readonly Option<string?> _downloadAs = Flags.Text("--download-as", "NAME", "File name under which a browser saves the response");
    private readonly Option<bool> _inline = Flags.Switch("--inline", "Show the response in the browser instead of saving it");
    private readonly Option<string?> _contentType = Flags.Text("--response-content-type", "TYPE", "Content-Type of the response");
    private readonly Option<string?> _contentDisposition = Flags.Text("--response-content-disposition", "VALUE", "Content-Disposition of the response");
    private readonly Option<string?> _contentEncoding = Flags.Text("--response-content-encoding", "VALUE", "Content-Encoding of the response");
    private readonly Option<string?> _contentLanguage = Flags.Text("--response-content-language", "VALUE", "Content-Language of the response");
    private readonly Option<string?> _cacheControl = Flags.Text("--response-cache-control", "VALUE", "Cache-Control of the response");
    private readonly Option<string?> _expires = Flags.Text("--response-expires", "TIME", "Expires of the response, for example 2026-12-24T18:00Z");
    private readonly Option<string?> _versionId = Flags.Text("--version-id", "ID", "Version of the object");
    private readonly Option<string?> _partNumber = Flags.Text("--part-number", "N", "Part of a multipart object");
    private readonly Option<string?> _range = Flags.Text("--range", "bytes=FROM-TO", "Range of bytes, which the client must request");
    private readonly Option<string?> _ifMatch = Flags.Text("--if-match", "ETAG", "ETag that the object must have");
    private readonly Option<string?> _ifNoneMatch = Flags.Text("--if-none-match", "ETAG", "ETag that the object must not have");
    private readonly Option<string?> _sseKey = SseKey.Flag();

    public ReadFlags()
    {
        Response = new OptionGroup("Response", [_downloadAs, _inline, _contentType, _contentDisposition, _contentEncoding, _contentLanguage, _cacheControl, _expires]);
        Object = new OptionGroup("Object", [_versionId, _partNumber, _range, _ifMatch, _ifNoneMatch, _sseKey]);
    }

    public OptionGroup Response { get; }

    public OptionGroup Object { get; }

    /// <summary>Returns a copy of the operation with the specified properties.</summary>
    public S3ObjectReadOperation Apply(ParseResult result, S3ObjectReadOperation operation) => operation with
    {
        DownloadFileName = result.GetValue(_inline) ? null : result.GetValue(_downloadAs),
        ResponseHeaders = ReadResponseHeaders(result),
        VersionId = result.GetValue(_versionId),
        PartNumber = result.GetValue(_partNumber) is { } part ? Numbers.Parse(part, "--part-number") : null,
        Range = result.GetValue(_range) is { } range ? ParseRange(range) : null,
        IfMatch = result.GetValue(_ifMatch),
        IfNoneMatch = result.GetValue(_ifNoneMatch),
        SseCustomerKey = SseKey.Read(result.GetValue(_sseKey)),
    };

    /// <summary>Returns the specified response headers, or <c>null</c> if none is specified.</summary>
    public ResponseHeaderOverrides? ReadResponseHeaders(ParseResult result)
    {
        string? disposition = result.GetValue(_contentDisposition);
        string? fileName = result.GetValue(_downloadAs);
        bool isInline = result.GetValue(_inline);
        if (disposition is not null && (isInline || fileName is not null))
        {
            throw ToolException.Usage($"--response-content-disposition and {(isInline ? "--inline" : "--download-as")} cannot be combined. Specify only one of them.");
        }

        ResponseHeaderOverrides headers = new()
        {
            ContentDisposition = !isInline ? disposition : fileName is null ? "inline" : ContentDisposition.Inline(fileName),
            ContentType = result.GetValue(_contentType),
            ContentEncoding = result.GetValue(_contentEncoding),
            ContentLanguage = result.GetValue(_contentLanguage),
            CacheControl = result.GetValue(_cacheControl),
            Expires = result.GetValue(_expires) is { } expires ? Instant.Parse(expires, "--response-expires") : null,
        };
        return headers == new ResponseHeaderOverrides() ? null : headers;
    }

    /// <summary>Returns the value of <c>--download-as</c> unless <c>--inline</c> is specified, for verbs that set the whole header.</summary>
    public string? ReadDownloadName(ParseResult result) => result.GetValue(_inline) ? null : result.GetValue(_downloadAs);

    // bytes=0-99, bytes=100- or bytes=-100; 'bytes=' can be omitted
    private static ByteRange ParseRange(string range)
    {
        string[] ends = (range.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase) ? range["bytes=".Length..] : range).Split('-');
        long? from = ends.Length == 2 ? Number(ends[0]) : null;
        long? to = ends.Length == 2 ? Number(ends[1]) : null;
        return (from, to, ends) switch
        {
            (not null, not null, _) when from <= to => new ByteRange(from.Value, to.Value),
            (not null, null, [_, ""]) => ByteRange.StartingAt(from.Value),
            (null, > 0, ["", _]) => ByteRange.Last(to.Value),
            _ => throw ToolException.Usage($"--range: '{Shown.Text(range)}' is not a valid range. Use bytes=0-99, bytes=100- or bytes=-100."),
        };
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
