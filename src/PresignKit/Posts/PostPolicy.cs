using System.Diagnostics;
using System.Runtime.Serialization;
using System.Text;
using System.Text.Json.Serialization;

namespace PresignKit;

/// <summary>The policy of a presigned POST form, which limits the keys, sizes and content types of the uploads that the store accepts.</summary>
/// <remarks>
/// <para><b>Without <see cref="ContentLength"/>, the size is not limited</b>: anyone who has the form can upload as much as the store accepts in one object
/// (5 GiB on AWS), repeatedly, until the form expires.</para>
/// <para>A form can be used any number of times until it expires. The store rejects every field that is not in the policy, so clients cannot add fields to the form.</para>
/// <para>Two policies are equal if they have equal content. Collections are copied when they are set. Instances are immutable and thread-safe.</para>
/// <para>Sources: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html">POST Object</see>,
/// <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html">POST policy</see>.</para>
/// </remarks>
/// <example>The following policy allows users to upload PNG files from 1 byte to 5 MiB in size to one folder under their original names:
/// <code>
/// new PostPolicy(PostKey.Prefix("user-42/")) { UseFileName = true, ContentType = "image/png", ContentLength = (1, 5 &lt;&lt; 20) }
/// </code></example>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record PostPolicy
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly ValueList<KeyValuePair<string, string>> _fields = ValueList<KeyValuePair<string, string>>.Empty;

    private readonly ValueList<PostCondition> _conditions = ValueList<PostCondition>.Empty;
    private readonly ValueDictionary? _metadata;
    private readonly ValueDictionary? _tagging;

    /// <summary>Initializes a policy for the specified keys.</summary>
    /// <param name="key">The keys that the form can create.</param>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is <c>null</c>.</exception>
    public PostPolicy(PostKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Key = key;
    }

    /// <summary>Gets the keys that the form can create.</summary>
    /// <exception cref="ArgumentNullException">The property is set to <c>null</c>.</exception>
    public PostKey Key
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Key));
            field = value;
        }
    }

    /// <summary>Gets the bucket.</summary>
    /// <value>The default is <c>null</c>, which selects <see cref="PresignerOptions.Bucket"/>.</value>
    public string? Bucket { get; init; }

    /// <summary>Gets the lifetime of the form.</summary>
    /// <value>
    /// From 1 second to the store's maximum, which is 7 days on most stores. Fractions of a second are discarded. The default is <c>null</c>, which selects
    /// <see cref="PresignerOptions.DefaultExpiresIn"/>.
    /// </value>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>Gets a value that indicates whether the key contains the name of the uploaded file, which the store substitutes for <c>${filename}</c>.</summary>
    /// <value>The default is <c>false</c>. In that case, the page adds the <c>key</c> field unless <see cref="Key"/> is exact.</value>
    /// <remarks>
    /// <para>This property cannot be combined with <see cref="PostKey.Exact"/>.</para>
    /// <para>Browsers send the file's name, but other clients can send any name. Files from different users can have the same name. Ceph 16.2.15 accepts <c>../</c> in a name
    /// unchanged and truncates the name at a <c>;</c>.</para>
    /// </remarks>
    public bool UseFileName { get; init; }

    /// <summary>Gets the suffix that follows the uploaded file's name in the key, such as <c>.bak</c>.</summary>
    /// <value>The default is <c>null</c>. Any other value requires <see cref="UseFileName"/>.</value>
    /// <remarks>The form's <c>key</c> field contains the suffix, but a policy cannot require it, so anyone who has the form can change or remove it.</remarks>
    public string? FileNameSuffix { get; init; }

    /// <summary>Gets the range of file sizes that the form accepts.</summary>
    /// <value>A range in bytes, such as <c>(1, 5 &lt;&lt; 20)</c>; both limits are inclusive. <b>The default is <c>null</c>, which means that the size is not limited</b>: the
    /// store accepts any file that fits in one object (5 GiB on AWS).</value>
    public ContentLengthRange? ContentLength { get; init; }

    /// <summary>Gets the <c>Content-Type</c> of the object, such as <c>image/png</c>.</summary>
    /// <remarks>Stores serve the object with this type and do not inspect the file. If <see cref="ContentTypePrefix"/> is also set, this type is only a default that the page
    /// can change.</remarks>
    public string? ContentType { get; init; }

    /// <summary>Gets the required prefix of the object's <c>Content-Type</c>, such as <c>image/</c>.</summary>
    /// <value>The default is <c>null</c>. An empty string allows any type.</value>
    /// <remarks>The page must add the <c>Content-Type</c> field, because stores ignore the content type of the file part. A prefix of <c>image/</c> allows
    /// <c>image/svg+xml</c>, which can contain scripts.</remarks>
    public string? ContentTypePrefix { get; init; }

    /// <summary>Gets the <c>Cache-Control</c> header of the object, such as <c>public, max-age=31536000, immutable</c>.</summary>
    /// <remarks>Ceph 16 ignores this header in a form.</remarks>
    public string? CacheControl { get; init; }

    /// <summary>Gets the <c>Content-Disposition</c> header of the object, such as <c>attachment; filename="report.pdf"</c>.</summary>
    /// <remarks>The value must be ASCII. Use <see cref="PresignKit.ContentDisposition"/> to encode file names. Ceph 16 ignores this header in a form.</remarks>
    public string? ContentDisposition { get; init; }

    /// <summary>Gets the <c>Content-Encoding</c> header of the object, such as <c>gzip</c>.</summary>
    /// <remarks>Ceph 16 ignores this header in a form.</remarks>
    public string? ContentEncoding { get; init; }

    /// <summary>Gets the canned ACL of the object (see <see cref="S3ObjectWriteOperation.Acl"/> for the possible values).</summary>
    /// <value>The default is <c>null</c>. In that case, the object is private and the page cannot add an ACL.</value>
    public string? Acl { get; init; }

    /// <summary>Gets the metadata of the object.</summary>
    /// <value>Names and values. The prefix <c>x-amz-meta-</c> is added to each name automatically. Values may contain non-ASCII characters. AWS accepts at most 2 KB in total.
    /// The default is <c>null</c>, in which case metadata is not set.</value>
    public IReadOnlyDictionary<string, string>? Metadata
    {
        get => _metadata;
        init => _metadata = ValueDictionary.CopyOf(value, nameof(Metadata));
    }

    /// <summary>Gets the tags of the object.</summary>
    /// <value>At most 10 tags, with names of at most 128 characters and values of at most 256 characters. The default is <c>null</c>, in which case tags are not set.</value>
    public IReadOnlyDictionary<string, string>? Tagging
    {
        get => _tagging;
        init => _tagging = ValueDictionary.CopyOf(value, nameof(Tagging));
    }

    /// <summary>Gets the storage class, such as <c>STANDARD_IA</c>.</summary>
    /// <value>The name of a storage class that the store supports. The default is <c>null</c>, which selects the store's default storage class.</value>
    public string? StorageClass { get; init; }

    /// <summary>Gets the server-side encryption settings for the object.</summary>
    /// <remarks>This property cannot be combined with <see cref="SseCustomerKey"/>.</remarks>
    public ServerSideEncryption? ServerSideEncryption { get; init; }

    /// <summary>Gets the customer-provided key that the store uses to encrypt the object (SSE-C).</summary>
    /// <remarks>The form contains the key, so anyone who has the form knows it. This property cannot be combined with <see cref="ServerSideEncryption"/>.</remarks>
    [JsonIgnore]
    [IgnoreDataMember]
    public SseCustomerKey? SseCustomerKey { get; init; }

    /// <summary>Gets the checksum of the only file that the form accepts.</summary>
    /// <remarks>Ceph 16 ignores the checksum.</remarks>
    public Checksum? Checksum { get; init; }

    /// <summary>Gets the status code of the response to a successful upload.</summary>
    /// <value>200, 201 (the response body contains the bucket, key and ETag as XML) or 204. The default is <c>null</c>. In that case, stores respond with 204.</value>
    /// <remarks>This property cannot be combined with <see cref="SuccessRedirect"/>.</remarks>
    public int? SuccessStatus { get; init; }

    /// <summary>Gets the absolute URL of the page to which the store redirects the browser after a successful upload (303).</summary>
    /// <remarks>
    /// <para>The store adds <c>bucket</c>, <c>key</c> and <c>etag</c> as query parameters. Anyone can open the page with made-up parameters, so check that the object exists
    /// before you rely on the parameters. Ceph adds the parameters after a <c>?</c> even if the URL already has a query.</para>
    /// <para>This property cannot be combined with <see cref="SuccessStatus"/>.</para>
    /// </remarks>
    public string? SuccessRedirect { get; init; }

    /// <summary>Gets additional fields, which must be sent with exactly the specified values.</summary>
    /// <value>Names and values in the order in which they are sent. The default is an empty collection.</value>
    /// <remarks>
    /// If <see cref="Conditions"/> contains a <see cref="PostCondition.StartsWith"/> condition for a field, the field's value is only a default that the page can change.
    /// </remarks>
    /// <exception cref="ArgumentNullException">The property is set to <c>null</c>.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IReadOnlyCollection<KeyValuePair<string, string>> Fields
    {
        get => _fields;
        init => _fields = ValueList<KeyValuePair<string, string>>.CopyOf(value, nameof(Fields));
    }

    /// <summary>Gets the conditions on fields that the page fills in.</summary>
    /// <value>The default is an empty collection.</value>
    /// <remarks>The conditions become <see cref="PresignedPost.FieldsToAdd"/>. The store rejects a form if a field violates its condition or does not have a condition.</remarks>
    /// <exception cref="ArgumentNullException">The property is set to <c>null</c>.</exception>
    public IReadOnlyList<PostCondition> Conditions
    {
        get => _conditions;
        init => _conditions = ValueList<PostCondition>.CopyOf(value, nameof(Conditions));
    }

    /// <summary>Returns a string that contains the bucket and the allowed keys.</summary>
    public override string ToString() => $"PostPolicy {{ Bucket = {(Bucket is null ? "(from the options)" : Printable.Text(Bucket))}, Key = {Key} }}";

    /// <summary>Adds all of the policy's fields and conditions to a form, but not the signature.</summary>
    internal void Describe(PostForm form, string bucket)
    {
        PostForm.ThrowIf(FindContradiction());
        IReadOnlyList<PostCondition> conditions = ContentTypePrefix is null ? _conditions : [PostCondition.StartsWith("Content-Type", ContentTypePrefix), .. _conditions];
        form.Announce(conditions);
        DescribeObject(form);
        form.AddOptional("success_action_status", InvariantText.Number(SuccessStatus));
        form.AddOptional("success_action_redirect", SuccessRedirect);
        foreach (KeyValuePair<string, string> field in _fields.AsSpan())
        {
            form.Add(field.Key, field.Value);
        }

        foreach (PostCondition condition in conditions)
        {
            form.AddConditionUnchecked(condition);
        }

        // This check comes last, because Fields and Conditions can also contain the two fields that it checks.
        PostForm.ThrowIf(
            form.Has("success_action_status") && form.Has("success_action_redirect")
                ? "SuccessStatus and SuccessRedirect cannot be combined, because stores redirect and ignore the status. Set only one of them."
                : null);
        form.ThrowIfRepeated();
        DescribeKey(form);

        // Ceph compares the condition to the bucket name only, excluding the tenant.
        form.RequireUnchecked("bucket", bucket[BucketName.TenantLength(bucket)..]);
        form.ContentLength = ContentLength;
    }

    private string? FindContradiction() =>
        ServerSideEncryption is not null && SseCustomerKey is not null
            ? "ServerSideEncryption and SseCustomerKey cannot be combined, because an object can be encrypted in only one way. Set only one of them."
        : UseFileName && Key.IsExact
            ? $"UseFileName cannot be combined with the exact key '{Key}'. Use PostKey.Prefix or PostKey.Any, or set UseFileName to false."
        : FileNameSuffix is not null && !UseFileName
            ? $"FileNameSuffix is '{Printable.Text(FileNameSuffix)}', but UseFileName is false. Set UseFileName to true, or remove the suffix."
        : FileNameSuffix is not null
            ? PostKey.FindProblem(Key.Text + "x" + FileNameSuffix)
        : null;

    private void DescribeObject(PostForm form)
    {
        form.AddOptional("Content-Type", ContentType);
        form.AddOptional("Cache-Control", CacheControl);
        form.AddOptional("Content-Disposition", ContentDisposition);
        form.AddOptional("Content-Encoding", ContentEncoding);
        form.AddOptional("acl", Acl);
        if (_metadata is not null)
        {
            DescribeMetadata(form, _metadata);
        }

        form.AddOptional("tagging", _tagging is null ? null : Encoding.UTF8.GetString(TagRules.ToXml(_tagging, PostForm.ParamName)));
        form.AddOptional("x-amz-storage-class", StorageClass);
        if (ServerSideEncryption is not null || SseCustomerKey is not null || Checksum is not null)
        {
            DescribeHeaders(form);
        }
    }

    private static void DescribeMetadata(PostForm form, ValueDictionary metadata)
    {
        foreach (KeyValuePair<string, string> entry in metadata.AsSpan())
        {
            PostForm.ThrowIf(
                entry.Key.Length == 0
                    ? "A metadata entry does not have a name. Specify a name, or remove the entry."
                : entry.Key.StartsWith(HeaderRules.MetadataPrefix, StringComparison.OrdinalIgnoreCase)
                    ? $"The metadata name '{Printable.Text(entry.Key)}' starts with {HeaderRules.MetadataPrefix}, which is added automatically. Specify the name without the prefix."
                : null);
            form.Add(HeaderRules.MetadataPrefix + entry.Key, entry.Value);
        }
    }

    // These types can only add headers to a request. In a form, fields with the same names replace the headers.
    private void DescribeHeaders(PostForm form)
    {
        RequestBuilder request = RequestBuilder.Rent();
        try
        {
            request.ParamName = PostForm.ParamName;
            ServerSideEncryption?.AddTo(request);
            SseCustomerKey?.AddTo(request);
            Checksum?.AddTo(request);
            foreach (KeyValuePair<string, string> header in request.Headers)
            {
                form.Add(header.Key, header.Value);
            }
        }
        finally
        {
            request.Return();
        }
    }

    private void DescribeKey(PostForm form)
    {
        if (Key.IsExact)
        {
            form.AddUnchecked("key", Key.Text);
        }
        else if (UseFileName)
        {
            form.AddKeyWithFileName(Key.Text, FileNameSuffix);
        }
        else
        {
            form.AddConditionUnchecked(PostCondition.StartsWith("key", Key.Text));
        }
    }
}
