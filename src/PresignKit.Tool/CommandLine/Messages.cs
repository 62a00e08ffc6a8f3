using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using PresignKit.Tool.Input;

namespace PresignKit.Tool.CommandLine;

/// <summary>Translates the library's messages, which name properties and methods, into messages about options of the command line.</summary>
internal static class Messages
{
    // Each row contains the library's term and the tool's term. The longest terms come first.
    private static readonly (string Term, string Option)[] Rows =
    [
        (@"PresignerOptions\.Endpoint|(?<![\w.])Endpoint(?= (is|does|must|and)\b)", "--endpoint-url"),
        (@"PresignerOptions\.Region|(?<![\w.'])Region(?= (is|does|must|and)\b)", "--region"),
        (@"(PresignerOptions\.)?PublicUrl", "--cdn-url"),
        (@"(PresignerOptions\.)?SigningWindow", "--window"),
        (@"(PresignerOptions\.)?LockUnsignedHeaders", "--lock"),
        (@"S3Endpoint\.Aws\(""([a-z0-9-]+)""\)", "--provider aws --region $1"),
        (@"UrlStyle\.Path", "--url-style path"),
        (@"UrlStyle\.VirtualHosted", "--url-style virtual"),
        (@"UrlStyle\.Auto", "--url-style auto"),
        (@"(S3Operation\.|PostPolicy\.|ResignChanges\.)?ExpiresIn", "--expires-in"),
        (@"ResponseHeaders\.ContentType", "--response-content-type"),
        (@"ResponseHeaders\.ContentDisposition", "--response-content-disposition"),
        (@"ResponseHeaders\.ContentEncoding", "--response-content-encoding"),
        (@"ResponseHeaders\.ContentLanguage", "--response-content-language"),
        (@"ResponseHeaders\.CacheControl", "--response-cache-control"),
        (@"ResponseHeaders\.Expires", "--response-expires"),
        ("DownloadFileName", "--download-as"),
        ("ContentDisposition", "--content-disposition"),
        ("ContentEncoding", "--content-encoding"),
        ("ContentLanguage", "--content-language"),
        ("ContentLength", "--content-length"),
        ("ContentMD5", "--content-md5"),
        ("ContentTypePrefix|ContentType", "--content-type"),
        ("CacheControl", "--cache-control"),
        ("StorageClass", "--storage-class"),
        ("ServerSideEncryption", "--sse"),
        ("SseCustomerKey", "--sse-customer-key-file"),
        ("ExpectedBucketOwner", "--expected-bucket-owner"),
        ("IfNoneMatch", "--if-none-match"),
        ("IfMatch", "--if-match"),
        ("PartNumber", "--part-number"),
        ("VersionId", "--version-id"),
        ("MaxKeys", "--max-keys"),
        ("SuccessRedirect", "--success-redirect"),
        ("SuccessStatus", "--success-status"),
        ("AcceptExpired", "--accept-expired"),
        ("AcceptAppended", "--accept-appended"),
        ("RemoveQuery", "--remove-query"),
        ("SetQuery", "--set-query"),
        ("Tagging(?= )", "--tagging"),
        ("Metadata(?= )", "--metadata"),
    ];

    private static readonly (Regex Term, string Option)[] Terms = [.. Rows.Select(row => (new Regex($@"(?<![\w-])(?:{row.Term})(?![\w-])", RegexOptions.CultureInvariant), row.Option))];

    // Phrases about .NET that are not relevant on the command line.
    private static readonly (string Phrase, string Replacement)[] Phrases =
    [
        ("PresignerOptions.Bucket: ", ""),
        (", curl and System.Uri", " and curl"),
        (" (CopyObject accepts such a key as its source)", ""),
    ];

    private const int BadFileDescriptor = 9; // EBADF, for example of a standard output that the shell closed with '>&-'

    private static readonly Regex Duration = new(@"\b(?:(?<d>\d+)\.)?(?<h>\d\d):(?<m>\d\d):(?<s>\d\d)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    // A quoted value is what the user specified, such as the key 'ContentType', and is not changed. The apostrophe in "the store's maximum" does not start a value.
    private static readonly Regex QuotedOrProse = new(@"(?<!\w)'[^']*'(?!\w)|(?:(?!(?<!\w)'[^']*'(?!\w)).)+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline);

    // "--window: --window is 2d"
    private static readonly Regex RepeatedOption = new(@"^(--[a-z-]+): \1 ", RegexOptions.CultureInvariant);

    /// <summary>Returns the error for people, or <c>null</c> if the exception is a defect of the tool or an interruption.</summary>
    public static ToolException? Describe(Exception exception) => exception switch
    {
        ToolException error => error,
        OptionsValidationException e => ToolException.Usage(RepeatedOption.Replace(ToFlags(e.Failures.First()), "$1 ")),
        ArgumentException e => ToolException.Usage(WithOption(e)),
        InvalidOperationException e => ToolException.Setup(ToFlags(e.Message)),
        UnauthorizedAccessException { InnerException: IOException { HResult: BadFileDescriptor } inner } => InputOutput(inner),
        UnauthorizedAccessException e => ToolException.Usage(e.Message),
        FileNotFoundException or DirectoryNotFoundException => ToolException.Usage(exception.Message),
        IOException e => InputOutput(e),
        _ => null,
    };

    private static ToolException InputOutput(IOException e) =>
        ToolException.Setup($"Input or output failed: {e.Message.TrimEnd('.')}. Check the free disk space, and what standard input and output are redirected to.");

    /// <summary>Replaces the names of properties with the options that set them.</summary>
    public static string ToFlags(string message)
    {
        foreach ((string phrase, string replacement) in (IEnumerable<(string, string)>)[.. ReadingMessages.Rows, .. SigningMessages.Rows, .. Phrases])
        {
            message = message.Replace(phrase, replacement, StringComparison.Ordinal);
        }

        return QuotedOrProse.Replace(message, part => part.ValueSpan[0] == '\'' ? part.Value : TranslateProse(part.Value));
    }

    private static string TranslateProse(string text)
    {
        foreach ((Regex term, string option) in Terms)
        {
            text = term.Replace(text, option);
        }

        // 8.00:00:00 → 8d, but not the time of 2026-03-14 16:09:26Z
        return Duration.Replace(text, match => text.AsSpan(match.Index + match.Length).StartsWith("Z") ? match.Value : Shown.Exactly(TimeSpan.ParseExact(match.Value, "c", CultureInfo.InvariantCulture)));
    }

    // The library's exceptions identify the invalid property in ParamName or in the message.
    private static string WithOption(ArgumentException exception)
    {
        string message = ToFlags(WithoutSuffix(exception));
        string option = exception.ParamName is null ? "" : ToFlags(exception.ParamName);
        return option.StartsWith("--", StringComparison.Ordinal) && !message.Contains("--", StringComparison.Ordinal) ? $"{option}: {message}" : message;
    }

    /// <summary>Returns the message without <c>(Parameter 'operation')</c> and without <c>Actual value was 8.00:00:00.</c>, which name things that are not on the command line.</summary>
    public static string WithoutSuffix(ArgumentException exception)
    {
        string message = exception.Message;
        if (exception is ArgumentOutOfRangeException { ActualValue: not null })
        {
            int end = message.LastIndexOf("Actual value was", StringComparison.Ordinal);
            message = end < 0 ? message : message[..end].TrimEnd();
        }

        string suffix = $" (Parameter '{exception.ParamName}')";
        return exception.ParamName is not null && message.EndsWith(suffix, StringComparison.Ordinal) ? message[..^suffix.Length] : message;
    }
}
