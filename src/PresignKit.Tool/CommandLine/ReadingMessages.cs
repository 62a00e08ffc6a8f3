namespace PresignKit.Tool.CommandLine;

/// <summary>Translates the library's sentences about received URLs, whose remedies are methods and properties, into sentences about commands and options.</summary>
internal static class ReadingMessages
{
    /// <summary>Gets the library's phrases, and the tool's. A phrase that contains a different one precedes it.</summary>
    internal static IReadOnlyList<(string Phrase, string Replacement)> Rows { get; } =
    [
        // SignatureExplanation and SignatureComparison
        ("CompareWith finds out which of them it is if you pass the credentials.", "This command finds out which of them it is if you add --profile or --ask."),
        ("SignatureComparison.Of compares a URL with the request that was sent, and Ceph logs", "Ceph logs"),
        (", or use SignatureExplanation.Of(method, url), which compares the instant as well", ""),
        ("which SignatureExplanation.Of does not support", "which 'presign explain' does not support"),
        ("Instead of appending to a URL, use Query or ResponseHeaders of the operation, or Resign.", "Instead of appending to a URL, use --query-param or --response-… when you create it, or 'presign resign'."),
        ("use Resign to extend it", "use 'presign resign --expires-in' to extend it"),
        ("To change it after signing, use Resign.", "To change it after signing, use 'presign resign --set-query'."),
        ("Presign the operation again, or use Resign with ExpiresIn.", "Create the URL again, or use 'presign resign --accept-expired --expires-in'."),
        ("sends every header in RequiredHeaders unchanged", "sends every signed header unchanged"),
        ("Send every header in RequiredHeaders", "Send every signed header with its signed value"),
        ("Send the exact value in RequiredHeaders", "Send the exact value that was signed"),
        ("Sign the host that the store receives (Endpoint)", "Sign the host that the store receives (--endpoint-url)"),
        ("(see UrlStyle and the endpoint's base path)", "(see --url-style and the path of --endpoint-url)"),
        ("Send the signed method, or presign an operation for the method that was sent. GET does not cover HEAD.", "Send the signed method, or create a URL for the method that was sent. GET does not cover HEAD."),
        ("so presign the operation with the form that is sent", "so create the URL with the form that is sent"),
        ("the fields of PresignedPost unchanged", "the fields of the form unchanged"),
        ("Use an operation that it supports.", "Use a request that it supports."),

        // Resign
        ("and Resign signs only URLs that were signed before. Presign an operation instead.", "and 'presign resign' signs only URLs that were signed before. Use 'presign get' or 'presign put' instead."),
        ("cannot be verified here. Presign an operation instead.", "cannot be verified here. Create the URL again."),
        ("the access key of this presigner (", "the access key of the credentials ("),
        ("Use the presigner that signed the URL.", "Use the credentials that signed the URL."),
        ("The URL and this presigner's credentials have", "The URL and the credentials have"),
        ("set AcceptExpired and ExpiresIn, or presign the operation again.", "add --accept-expired and --expires-in, or create the URL again."),
        ("Set ExpiresIn.", "Add --expires-in."),
        ("The URL signs headers that are not in Headers, or its signature is wrong. Set Headers to the RequiredHeaders that were returned when the URL was presigned.", "The URL signs headers that are not specified, or its signature is wrong. Specify each signed header with --header."),
        ("Headers contains an x-amz-* header that the URL does not sign. Set only the headers that it signs.", "--header specifies an x-amz-* header that the URL does not sign. Specify only the headers that it signs."),
        ("Headers contains an Authorization header", "--header specifies an Authorization header"),
        ("If you trust their origin, add their names to AcceptAppended.", "If you trust their origin, add each of them with --accept-appended."),
        ("Use a presigner without Bucket, or the URL as it was created.", "Use the URL as it was created."),
        ("but this presigner signs URLs for", "but the selected store is"),
        ("Use a presigner with the endpoint of the URL.", "Omit --endpoint-url and --provider, or select the store of the URL."),
        ("but this presigner signs for", "but the selected region is"),
        ("Use a presigner with the URL's region.", "Omit --region, --endpoint-url and --provider, or select the region of the URL."),
        ("Use a presigner with LockUnsignedHeaders.", "Specify the header with --header."),
        ("A name in RemoveQuery is null. Remove the entry.", "--remove-query: The name is missing. Specify it."),
        ("Specify it in either SetQuery or RemoveQuery.", "Specify either --set-query or --remove-query."),
        ("Remove the entry from RemoveQuery.", "Remove --remove-query."),

        // Both
        ("Presign the operation", "Create the URL"),
        ("Presign with", "Create the URL with"),
        ("Pass the response to this URL", "Specify the response to this URL"),
        ("Pass the presigned URL", "Specify the presigned URL"),
        ("Pass the URL", "Specify the URL"),
        ("Pass the complete URL", "Specify the complete URL"),
        ("Pass the original URL", "Specify the original URL"),
        ("Pass a URL", "Specify a URL"),
        ("Pass a single URL", "Specify a single URL"),
        ("Pass the complete body", "Specify the complete body"),
        ("and pass the body of that response", "and specify the body of that response"),
    ];
}
