using System.Diagnostics;

namespace PresignKit;

/// <content>What can be set.</content>
public sealed partial record PostPolicy
{
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
}
