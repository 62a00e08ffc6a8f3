using System.Diagnostics;
using System.Text;

namespace PresignKit;

/// <summary>
/// What a presigned POST form allows: which keys, how many bytes, which type. The store enforces all of it. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// <para>Begin with <see cref="ForKey"/>, <see cref="ForKeyPrefix"/>, <see cref="ForKeyStartingWith"/> or <see cref="ForAnyKey"/>.</para>
/// <para><b>Without <see cref="ContentLength"/> there is no limit to the size</b>: whoever has the form can upload as much as the store takes in one object
/// (5 GiB on AWS), again and again until the form expires.</para>
/// <para>A form can be used any number of times until it expires. A field that is not in the policy is refused by the store, so nothing can be added to it.</para>
/// <para>Sources: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html">POST Object</see>,
/// <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html">POST policy</see>.</para>
/// </remarks>
/// <example><code>
/// // 1 byte to 5 MiB of PNG, named as the user's file is, in one folder
/// PostPolicy.ForKeyPrefix("user-42/") with { UseFileName = true, ContentType = "image/png", ContentLength = (1, 5 &lt;&lt; 20) }
/// </code></example>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record PostPolicy
{
    private readonly PostKey _key;

    private PostPolicy(PostKey key) => _key = key;

    /// <summary>Allows one key.</summary>
    /// <param name="key">The key, exactly.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="key"/> cannot be presigned (<see cref="S3ObjectOperation.Key"/>); or not in a form: it holds
    /// <c>${filename}</c> or a control character, or begins or ends with white space.</exception>
    public static PostPolicy ForKey(string key) => new(PostKey.Exact(key, nameof(key)));

    /// <summary>Allows the keys of a folder. The page names the key, unless <see cref="UseFileName"/> lets the file do so.</summary>
    /// <param name="prefix">The folder, with the <c>/</c> at its end: without it, <c>user-4</c> would allow <c>user-42/…</c>, too.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="prefix"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="prefix"/> is empty or does not end with <c>/</c>, could not begin a key (<see cref="ForKey"/>), or
    /// begins with <c>$</c>, by which Ceph would allow any key.</exception>
    public static PostPolicy ForKeyPrefix(string prefix) => new(PostKey.Folder(prefix, nameof(prefix)));

    /// <summary>Allows the keys that begin with a text, which may end in the middle of a name: <c>photo-</c>.</summary>
    /// <param name="text">The text, exactly.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException"><paramref name="text"/> is empty, could not begin a key (<see cref="ForKey"/>), or begins with <c>$</c>.</exception>
    public static PostPolicy ForKeyStartingWith(string text) => new(PostKey.StartingWith(text, nameof(text)));

    /// <summary>Allows every key of the bucket, those of objects that are there already included: whoever has the form can overwrite them.</summary>
    /// <returns>The policy.</returns>
    public static PostPolicy ForAnyKey() => new(new PostKey("", IsExact: false));

    /// <summary>The bucket and the keys.</summary>
    public override string ToString() => $"PostPolicy {{ Bucket = {(Bucket is null ? "(from the options)" : Printable.Text(Bucket))}, Key = {_key} }}";

    private const string MetadataPrefix = "x-amz-meta-";

    /// <summary>The bucket; <c>null</c> (the default) stands for <see cref="PresignerOptions.Bucket"/>.</summary>
    public string? Bucket { get; init; }

    /// <summary>
    /// How long the form holds: 1 second to 7 days, cut down to whole seconds; <c>null</c> (the default) stands for
    /// <see cref="PresignerOptions.DefaultExpiresIn"/>.
    /// </summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>
    /// Whether the key ends with the name of the uploaded file, which the store puts in (<c>${filename}</c>). The default is <c>false</c>: the page adds the
    /// field <c>key</c>. Not with <see cref="ForKey"/>.
    /// </summary>
    /// <remarks>
    /// The name is the browser's to choose, and a program's to make up: two users' files can have one name, and Ceph takes <c>../</c> in it as it stands
    /// (16.2.15; it also cuts the name at a <c>;</c>).
    /// </remarks>
    public bool UseFileName { get; init; }

    /// <summary>
    /// How many bytes the file may have, both ends included; 0 or more. <b><c>null</c> (the default) sets no limit at all</b>: as much as the store takes in one
    /// object, 5 GiB on AWS.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to a negative number, or to a range whose end comes before its start.</exception>
    public (long Min, long Max)? ContentLength
    {
        get;
        init => field = value is null or { Min: >= 0 } && (value is null || value.Value.Max >= value.Value.Min)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(ContentLength),
                value,
                FormattableString.Invariant($"ContentLength is ({value.Value.Min}, {value.Value.Max}); it goes from a number of bytes (0 or more) to one that is not smaller. Write (min, max)."));
    }

    /// <summary>The object's <c>Content-Type</c>, exactly, like <c>image/png</c>. Not together with <see cref="ContentTypePrefix"/>.</summary>
    /// <remarks>It says what the object is served as. No store looks into the file for it.</remarks>
    public string? ContentType { get; init; }

    /// <summary>
    /// What the <c>Content-Type</c> begins with, like <c>image/</c>; an empty text allows any. The page adds the field <c>Content-Type</c>: the type of the form's
    /// file does not count. Not together with <see cref="ContentType"/>.
    /// </summary>
    /// <remarks><c>image/</c> allows <c>image/svg+xml</c>, which can hold scripts.</remarks>
    public string? ContentTypePrefix { get; init; }

    /// <summary>The object's <c>Cache-Control</c>, like <c>public, max-age=31536000, immutable</c>. Ceph 16 overlooks it in a form.</summary>
    public string? CacheControl { get; init; }

    /// <summary>The object's <c>Content-Disposition</c>, like <c>attachment; filename="report.pdf"</c>; ASCII only. Ceph 16 overlooks it in a form.</summary>
    public string? ContentDisposition { get; init; }

    /// <summary>The object's <c>Content-Encoding</c>, like <c>gzip</c>. Ceph 16 overlooks it in a form.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>The canned ACL, as in <see cref="S3ObjectWriteOperation.Acl"/>. Without it the object is private, and the page cannot add one.</summary>
    public string? Acl { get; init; }

    /// <summary>The object's own metadata: names without the <c>x-amz-meta-</c> that they get; values in ASCII.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The object's tags: 10 at most, names of 128 and values of 256 characters at most. In the form they are XML.</summary>
    public IReadOnlyDictionary<string, string>? Tagging { get; init; }

    /// <summary>The storage class, as the store names it.</summary>
    public string? StorageClass { get; init; }

    /// <summary>Encryption by the store. Not together with <see cref="SseCustomerKey"/>.</summary>
    public ServerSideEncryption? ServerSideEncryption { get; init; }

    /// <summary>The key with which the store encrypts the object, and forgets (SSE-C). It stands in the form: whoever has the form knows it.</summary>
    public SseCustomerKey? SseCustomerKey { get; init; }

    /// <summary>The checksum of the file, which then is the only one that fits. Ceph 16 overlooks it.</summary>
    public Checksum? Checksum { get; init; }

    /// <summary>
    /// What the store answers an upload with: 200, 201 (with bucket, key and ETag in XML) or 204; <c>null</c> (the default) stands for 204. Not together with
    /// <see cref="SuccessRedirect"/>.
    /// </summary>
    public int? SuccessStatus { get; init; }

    /// <summary>
    /// The page, as a whole URL, to which the store sends the browser after an upload (303), with <c>bucket</c>, <c>key</c> and <c>etag</c> as query parameters.
    /// Not together with <see cref="SuccessStatus"/>.
    /// </summary>
    /// <remarks>Anybody can open that page with parameters of their own: look the object up before you believe them. Ceph adds them with a <c>?</c>, also where the
    /// URL has one.</remarks>
    public string? SuccessRedirect { get; init; }

    /// <summary>Further fields of the form, with these very values. Each implies its condition.</summary>
    /// <exception cref="ArgumentNullException">It is set to <c>null</c>.</exception>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IReadOnlyList<KeyValuePair<string, string>> Fields
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Fields));
    } = [];

    /// <summary>
    /// Conditions on fields that the page fills in (<see cref="PresignedPost.FieldsToAdd"/>). The store refuses a form whose fields do not meet them, and one with
    /// a field for which there is no condition.
    /// </summary>
    /// <exception cref="ArgumentNullException">It is set to <c>null</c>.</exception>
    public IReadOnlyList<PostCondition> Conditions
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Conditions));
    } = [];

    /// <summary>Says which fields and conditions the form has, those of the signature excepted.</summary>
    internal void Describe(PostForm form, string bucket)
    {
        RefuseContradictions();
        DescribeObject(form);
        form.AddOptional("success_action_status", InvariantText.Number(SuccessStatus));
        form.AddOptional("success_action_redirect", SuccessRedirect);
        foreach (KeyValuePair<string, string> field in Fields)
        {
            form.Add(field.Key, field.Value);
        }

        if (ContentTypePrefix is not null)
        {
            form.Ask(PostCondition.StartsWith("Content-Type", ContentTypePrefix));
        }

        foreach (PostCondition condition in Conditions)
        {
            PostForm.RefuseIf(condition is null, "One of the policy's Conditions is null. Leave it out.");
            form.Ask(condition!);
        }

        PostForm.RefuseIf(
            form.Has("success_action_status") && form.Has("success_action_redirect"),
            "Both SuccessStatus and SuccessRedirect are set; stores redirect then, and overlook the status. Leave one out.");
        DescribeKey(form);
        form.RequireUnchecked("bucket", bucket);
        form.ContentLength = ContentLength;
    }

    private void RefuseContradictions()
    {
        if (ContentType is not null && ContentTypePrefix is not null)
        {
            throw PostForm.Refusal(
                $"Both ContentType ('{Printable.Text(ContentType)}') and ContentTypePrefix ('{Printable.Text(ContentTypePrefix)}') are set. Leave one out: the first is the type, the second lets the page choose it.");
        }

        PostForm.RefuseIf(
            ServerSideEncryption is not null && SseCustomerKey is not null,
            "Both ServerSideEncryption and SseCustomerKey are set: the object has one encryption. Leave one out.");
        if (UseFileName && _key.IsExact)
        {
            throw PostForm.Refusal($"UseFileName is set, and ForKey allows the key '{_key}' alone. Use ForKeyPrefix or ForAnyKey, or leave UseFileName out.");
        }
    }

    private void DescribeObject(PostForm form)
    {
        form.AddOptional("Content-Type", ContentType);
        form.AddOptional("Cache-Control", CacheControl);
        form.AddOptional("Content-Disposition", ContentDisposition);
        form.AddOptional("Content-Encoding", ContentEncoding);
        form.AddOptional("acl", Acl);
        if (Metadata is not null)
        {
            DescribeMetadata(form, Metadata);
        }

        form.AddOptional("tagging", Tagging is null ? null : Encoding.UTF8.GetString(TagRules.ToXml(Tagging, PostForm.Policy)));
        form.AddOptional("x-amz-storage-class", StorageClass);
        DescribeHeaders(form);
    }

    private static void DescribeMetadata(PostForm form, IReadOnlyDictionary<string, string> metadata)
    {
        foreach (KeyValuePair<string, string> pair in metadata)
        {
            PostForm.RefuseIf(pair.Key.Length == 0, "A metadata entry has no name. Give it one, or leave the entry out.");
            if (pair.Key.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            {
                throw PostForm.Refusal($"The metadata name '{Printable.Text(pair.Key)}' begins with {MetadataPrefix}, which is added to it. Write the rest of the name alone.");
            }

            form.Add(MetadataPrefix + pair.Key, pair.Value);
        }
    }

    // What is described as headers elsewhere.
    private void DescribeHeaders(PostForm form)
    {
        RequestBuilder request = RequestBuilder.Rent();
        try
        {
            request.ParamName = PostForm.Policy;
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
        if (_key.IsExact)
        {
            form.AddUnchecked("key", _key.Text);
        }
        else if (UseFileName)
        {
            form.AddUncheckedPrefix("key", _key.Text, PostKey.FileName);
        }
        else
        {
            form.AskUnchecked(PostCondition.StartsWith("key", _key.Text));
        }
    }
}
