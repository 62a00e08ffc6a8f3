using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace PresignKit;

/// <summary>The base type of <see cref="PutObject"/>, <see cref="CopyObject"/> and <see cref="CreateMultipartUpload"/>.</summary>
/// <remarks>The properties of this type are signed as headers. Clients must send these headers with the values in <see cref="PresignedUrl.RequiredHeaders"/>.</remarks>
public abstract record S3ObjectWriteOperation : S3ObjectOperation
{

    private readonly ValueDictionary? _metadata;
    private readonly ValueDictionary? _tagging;

    /// <inheritdoc cref="S3ObjectOperation(string)"/>
    private protected S3ObjectWriteOperation(string key)
        : base(key)
    {
    }

    /// <summary>Gets the <c>Content-Type</c> of the object, such as <c>image/jpeg</c>.</summary>
    /// <value>The default is <c>null</c>.</value>
    public string? ContentType { get; init; }

    /// <summary>Gets the <c>Cache-Control</c> of the object, such as <c>public, max-age=31536000, immutable</c>.</summary>
    /// <value>The default is <c>null</c>.</value>
    public string? CacheControl { get; init; }

    /// <summary>Gets the <c>Content-Disposition</c> of the object, such as <c>attachment; filename="report.pdf"</c>.</summary>
    /// <value>An ASCII string. Use <see cref="PresignKit.ContentDisposition"/> to encode file names. The default is <c>null</c>.</value>
    public string? ContentDisposition { get; init; }

    /// <summary>Gets the <c>Content-Encoding</c> of the object, such as <c>gzip</c>.</summary>
    /// <value>The default is <c>null</c>.</value>
    public string? ContentEncoding { get; init; }

    /// <summary>Gets the <c>Content-Language</c> of the object, such as <c>de</c>.</summary>
    /// <value>The default is <c>null</c>.</value>
    public string? ContentLanguage { get; init; }

    /// <summary>Gets the <c>Expires</c> header of the object, which tells caches when the object becomes stale.</summary>
    /// <value>A time in whole seconds. The default is <c>null</c>.</value>
    /// <remarks>This is not the lifetime of the URL, which <see cref="S3Operation.ExpiresIn"/> sets.</remarks>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Gets the canned ACL of the object (<c>x-amz-acl</c>).</summary>
    /// <value>
    /// <c>private</c>, <c>public-read</c>, <c>public-read-write</c>, <c>authenticated-read</c>, <c>aws-exec-read</c>, <c>bucket-owner-read</c> or
    /// <c>bucket-owner-full-control</c>. The default is <c>null</c>. This property cannot be combined with <see cref="Grants"/>.
    /// </value>
    /// <remarks>
    /// In Ceph versions before 19.2.6 and 20.2.4, the holder of an upload URL without a signed ACL can add an ACL. Set <c>private</c> to prevent this.
    /// </remarks>
    public string? Acl { get; init; }

    /// <summary>Gets the ACL of the object as lists of grantees, with one list per permission.</summary>
    /// <value>The default is <c>null</c>. This property cannot be combined with <see cref="Acl"/>.</value>
    public AccessGrants? Grants { get; init; }

    /// <summary>Gets the user-defined metadata of the object.</summary>
    /// <value>
    /// A collection of names (without the <c>x-amz-meta-</c> prefix) and ASCII values. Stores convert the names to lowercase. AWS accepts at most 2 KB in total. The default is
    /// <c>null</c>.
    /// </value>
    public IReadOnlyDictionary<string, string>? Metadata
    {
        get => _metadata;
        init => _metadata = ValueDictionary.CopyOf(value, nameof(Metadata));
    }

    /// <summary>Gets the tags of the object.</summary>
    /// <value>At most 10 tags, with names of up to 128 characters and values of up to 256 characters. The default is <c>null</c>.</value>
    public IReadOnlyDictionary<string, string>? Tagging
    {
        get => _tagging;
        init => _tagging = ValueDictionary.CopyOf(value, nameof(Tagging));
    }

    /// <summary>Gets the storage class, such as <c>STANDARD_IA</c> or <c>GLACIER_IR</c>.</summary>
    /// <value>The name of a storage class that the store defines. The default is <c>null</c>, which selects the store's default storage class.</value>
    public string? StorageClass { get; init; }

    /// <summary>Gets the server-side encryption settings for the object.</summary>
    /// <value>The default is <c>null</c>. This property cannot be combined with <see cref="SseCustomerKey"/>.</value>
    public ServerSideEncryption? ServerSideEncryption { get; init; }

    /// <summary>Gets the customer-provided encryption key for the object (SSE-C).</summary>
    /// <value>The default is <c>null</c>. This property cannot be combined with <see cref="ServerSideEncryption"/>.</value>
    [JsonIgnore]
    [IgnoreDataMember]
    public SseCustomerKey? SseCustomerKey { get; init; }

    /// <summary>Gets the Object Lock settings, which protect the object from deletion.</summary>
    /// <value>The default is <c>null</c>.</value>
    public ObjectLock? ObjectLock { get; init; }

    /// <summary>Gets the path or URL to which a website bucket redirects requests for the object (<c>x-amz-website-redirect-location</c>).</summary>
    /// <value>The default is <c>null</c>.</value>
    public string? WebsiteRedirectLocation { get; init; }

    private protected override void BuildCore(RequestBuilder request)
    {
        base.BuildCore(request);
        request.ThrowIf(Acl is not null && Grants is not null, "Acl and Grants cannot be combined, because stores reject the combination. Remove one of them.");
        request.ThrowIf(
            ServerSideEncryption is not null && SseCustomerKey is not null,
            "ServerSideEncryption and SseCustomerKey cannot be combined, because an object can be encrypted in only one way. Set only one of them.");
        request.AddOptionalHeader("content-type", ContentType);
        request.AddOptionalHeader("cache-control", CacheControl);
        request.AddOptionalHeader("content-disposition", ContentDisposition);
        request.AddOptionalHeader("content-encoding", ContentEncoding);
        request.AddOptionalHeader("content-language", ContentLanguage);
        request.AddOptionalHeader("expires", InvariantText.HttpDate(Expires));
        request.AddOptionalHeader("x-amz-acl", Acl);
        Grants?.AddTo(request);
        if (_metadata is not null)
        {
            AddMetadata(request, _metadata);
        }

        if (_tagging is not null)
        {
            // An empty collection is signed as an empty value, which lets a copy discard the source's tags.
            request.AddHeader("x-amz-tagging", TagRules.ToHeader(_tagging));
        }

        request.AddOptionalHeader("x-amz-storage-class", StorageClass);
        ServerSideEncryption?.AddTo(request);
        SseCustomerKey?.AddTo(request);
        ObjectLock?.AddTo(request);
        request.AddOptionalHeader("x-amz-website-redirect-location", WebsiteRedirectLocation);
    }

    private static void AddMetadata(RequestBuilder request, ValueDictionary metadata)
    {
        foreach (KeyValuePair<string, string> entry in metadata.AsSpan())
        {
            request.ThrowIf(entry.Key.Length == 0, "A metadata entry does not have a name. Specify its name, or remove the entry.");
            if (entry.Key.StartsWith(HeaderRules.MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            {
                throw new ArgumentException(
                    $"The metadata name '{Printable.Text(entry.Key)}' starts with {HeaderRules.MetadataPrefix}, which is added automatically. Specify the name without the prefix.",
                    request.ParamName);
            }

            request.AddHeader(HeaderRules.MetadataPrefix + entry.Key, entry.Value);
        }
    }
}
