namespace PresignKit;

/// <summary>What <see cref="PutObject"/>, <see cref="CopyObject"/> and <see cref="CreateMultipartUpload"/> say of the object that they make.</summary>
/// <remarks>Each property is signed as a header, and must be sent as <see cref="PresignedUrl.RequiredHeaders"/> has it.</remarks>
public abstract record S3ObjectWriteOperation : S3ObjectOperation
{
    internal const string MetadataPrefix = "x-amz-meta-";

    private protected S3ObjectWriteOperation(string key)
        : base(key)
    {
    }

    private protected S3ObjectWriteOperation(string bucket, string key)
        : base(bucket, key)
    {
    }

    /// <summary>The object's <c>Content-Type</c>, like <c>image/jpeg</c>. Signed: the upload must send it.</summary>
    public string? ContentType { get; init; }

    /// <summary>The object's <c>Cache-Control</c>, like <c>public, max-age=31536000, immutable</c>.</summary>
    public string? CacheControl { get; init; }

    /// <summary>The object's <c>Content-Disposition</c>, like <c>attachment; filename="report.pdf"</c>; ASCII only.</summary>
    public string? ContentDisposition { get; init; }

    /// <summary>The object's <c>Content-Encoding</c>, like <c>gzip</c>.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>The object's <c>Content-Language</c>, like <c>de</c>.</summary>
    public string? ContentLanguage { get; init; }

    /// <summary>The object's <c>Expires</c>, for caches: an HTTP date in GMT, in whole seconds. The URL's own end is <see cref="S3Operation.ExpiresIn"/>.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>
    /// The canned ACL: <c>private</c>, <c>public-read</c>, <c>public-read-write</c>, <c>authenticated-read</c>, <c>aws-exec-read</c>,
    /// <c>bucket-owner-read</c> or <c>bucket-owner-full-control</c>. Not together with <see cref="Grants"/>.
    /// </summary>
    /// <remarks>On Ceph before 19.2.6 and 20.2.4 whoever has an upload URL without it can add one of their own: <c>private</c> pins it.</remarks>
    public string? Acl { get; init; }

    /// <summary>The ACL by grantees. Not together with <see cref="Acl"/>.</summary>
    public AccessGrants? Grants { get; init; }

    /// <summary>
    /// The object's own metadata: names without the <c>x-amz-meta-</c> that they get, stored in lower case; values in ASCII. AWS takes 2 KB in all.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The object's tags: 10 at most, names of 128 and values of 256 characters at most.</summary>
    public IReadOnlyDictionary<string, string>? Tagging { get; init; }

    /// <summary>The storage class: <c>STANDARD</c>, <c>STANDARD_IA</c>, <c>INTELLIGENT_TIERING</c>, <c>GLACIER_IR</c>, … as the store names them.</summary>
    public string? StorageClass { get; init; }

    /// <summary>Encryption by the store. Not together with <see cref="SseCustomerKey"/>.</summary>
    public ServerSideEncryption? ServerSideEncryption { get; init; }

    /// <summary>The key with which the store encrypts the object, and forgets (SSE-C). Not together with <see cref="ServerSideEncryption"/>.</summary>
    public SseCustomerKey? SseCustomerKey { get; init; }

    /// <summary>Keeps the object from being deleted.</summary>
    public ObjectLock? ObjectLock { get; init; }

    /// <summary>Where a bucket that is a website redirects requests for the object to (<c>x-amz-website-redirect-location</c>): a path or a URL.</summary>
    public string? WebsiteRedirectLocation { get; init; }

    private protected void DescribeWrite(RequestBuilder request)
    {
        RequestBuilder.RefuseIf(
            Acl is not null && Grants is not null, "Both Acl and Grants are set; stores refuse the two together. Leave one out.");
        RequestBuilder.RefuseIf(
            ServerSideEncryption is not null && SseCustomerKey is not null,
            "Both ServerSideEncryption and SseCustomerKey are set: the object has one encryption. Leave one out.");
        request.AddOptionalHeader("content-type", ContentType);
        request.AddOptionalHeader("cache-control", CacheControl);
        request.AddOptionalHeader("content-disposition", ContentDisposition);
        request.AddOptionalHeader("content-encoding", ContentEncoding);
        request.AddOptionalHeader("content-language", ContentLanguage);
        request.AddOptionalHeader("expires", InvariantText.HttpDate(Expires));
        request.AddOptionalHeader("x-amz-acl", Acl);
        Grants?.Describe(request);
        DescribeMetadata(request);
        request.AddOptionalHeader("x-amz-tagging", Tagging is null ? null : TagRules.ToHeader(Tagging));
        request.AddOptionalHeader("x-amz-storage-class", StorageClass);
        ServerSideEncryption?.Describe(request);
        SseCustomerKey?.Describe(request);
        ObjectLock?.Describe(request);
        request.AddOptionalHeader("x-amz-website-redirect-location", WebsiteRedirectLocation);
    }

    private void DescribeMetadata(RequestBuilder request)
    {
        if (Metadata is null)
        {
            return;
        }

        foreach (KeyValuePair<string, string> pair in Metadata)
        {
            RequestBuilder.RefuseIf(pair.Key.Length == 0, "A metadata entry has no name. Give it one, or leave the entry out.");
            RequestBuilder.RefuseIf(
                pair.Key.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase),
                $"The metadata name '{Printable.Text(pair.Key)}' begins with {MetadataPrefix}, which is added to it. Write the rest of the name alone.");
            request.AddHeader(MetadataPrefix + pair.Key, pair.Value);
        }
    }
}
