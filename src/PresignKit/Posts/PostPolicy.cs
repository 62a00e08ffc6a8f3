using System.Diagnostics;

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
public sealed partial record PostPolicy
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
}
