namespace PresignKit.Tool.CommandLine;

/// <summary>Translates the library's sentences about requests to sign, whose remedies are types and properties, into sentences about commands and options.</summary>
internal static class SigningMessages
{
    /// <summary>Gets the library's phrases, and the tool's. A phrase that contains a different one precedes it.</summary>
    internal static IReadOnlyList<(string Phrase, string Replacement)> Rows { get; } =
    [
        // Values
        ("The property for the header", "The option for the header"),
        ("Set it to a value, or to null to omit the header.", "Specify a value, or omit the option."),
        (" (set the property to null)", ""),
        (" with Convert.ToBase64String", " as base64"),
        ("Encode the file name with ContentDisposition.Attachment or ContentDisposition.Inline.", "Encode it as in filename*=UTF-8''M%C3%A4rz.pdf (RFC 8187), or for a download, use --download-as."),
        ("PartNumber and Range cannot be combined", "--part-number and --range cannot be combined"),
        ("Set Checksum or ContentMD5 as well.", "Add --checksum-sha256 or --content-md5."),

        // Headers and parameters
        ("and set the expiry in ExpiresIn and the credentials in the presigner's options", "and use --expires-in for the expiry and --profile for the credentials"),
        (" (a property of the operation may already set it)", " (a different option may already set it)"),
        ("Add 'x-amz-content-sha256' to Headers instead.", "Add 'x-amz-content-sha256' with --header instead."),
        ("Add it to Headers, or use the property of the operation.", "Add it with --header, or use the option for it."),

        // Lifetime
        ("and presign a new URL when it expires", "and create a new URL when it expires"),
        ("or set CredentialExpiry to Clamp", "or omit the option for a URL that expires together with them"),
        (" (the TimeProvider)", ""),
        ("Use a value such as '00:15:00'.", "Use a value such as 15m."),

        ("change the endpoint to sign for a different host", "use --endpoint-url to sign for a different host"),
        ("set it in the credentials", "set it in the credentials, for example with AWS_SESSION_TOKEN"),

        // Stores
        ("Set the credentials with AccessKeyId and SecretAccessKey.", "Use --profile or --ask for the credentials."),
        (", and add query parameters to the operation (Query)", ", and use --query-param for query parameters"),
        ("Set Region", "Set --region"),
        ("but Bucket is '", "but the bucket is '"),
        ("Use a presigner without PublicUrl for it.", "Omit --cdn-url for it."),
        ("already rejects unsigned headers and would reject every locked URL with 403. Remove the setting.", "already rejects unsigned headers and would reject every locked URL with 403. Omit --lock."),

        // Forms
        ("The success status '", "--success-status: The status '"),
        ("Presign a PutObject instead, and sign its content-length to limit the size of the upload.", "Use 'presign put' instead, with --content-length to limit the size of the upload."),
        ("is specified twice: by a property of the policy, in Fields, or in Conditions. Specify it once; PresignKit adds the condition for each value.", "is specified twice, by its own option or with --field. Specify it once."),
        ("is created from PostPolicy.Key. Use that property", "is created from the address s3://BUCKET/KEY. Remove it"),
        ("is created from PostPolicy.Bucket. Use that property", "is created from the address s3://BUCKET/KEY. Remove it"),
        ("is a condition, not a field. Use PostPolicy.ContentLength", "is a condition, not a field. Use --size"),
        ("is the old name of success_action_redirect. Use PostPolicy.SuccessRedirect", "is the old name of success_action_redirect. Use --success-redirect"),
        ("is called 'acl' in a form. Use PostPolicy.Acl", "is called 'acl' in a form. Use --acl"),
        ("contains XML. Use PostPolicy.Tagging", "contains XML. Use 'tagging' with this XML"),
        ("is added by the presigner. Remove it", "is added automatically. Remove it"),
        (", which the presigner adds. Remove it", ", which is added automatically. Remove it"),
        ("Use the properties of PostPolicy, or 'x-amz-meta-…' for metadata.", "Use 'x-amz-meta-…' for metadata, or remove the field."),
        ("Use PostKey.Prefix or PostKey.Any, and set UseFileName to true (FileNameSuffix for text after the name).", "Use a folder that ends with '/', and --file-name."),
        ("or presign a PutObject instead.", "or use 'presign put' instead."),
        ("or presign a PutObject.", "or use 'presign put'."),
    ];
}
