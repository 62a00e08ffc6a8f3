using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Text.Json.Serialization;

namespace PresignKit;

/// <summary>A presigned POST form, and everything that its user has to know. Immutable and thread-safe.</summary>
/// <remarks>
/// <para>The form is sent to <see cref="Url"/> as <c>multipart/form-data</c>: first <see cref="Fields"/> and what <see cref="FieldsToAdd"/> asks for, and <b>the file
/// comes last</b>, in a part named <c>file</c>. Stores overlook every field after it. Any other field is refused, unless its name begins with <c>x-ignore-</c>.</para>
/// <para>As JSON (System.Text.Json) it is <c>{"url", "fields", "expiresAt"}</c>, and <c>"fieldsToAdd"</c> where there are any:
/// <c>for (const [name, value] of Object.entries(post.fields)) formData.append(name, value);</c>. Whoever has the form can use it until
/// <see cref="ExpiresAt"/>: keep it out of logs. <see cref="ToString"/> shows no field.</para>
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(PresignedPostJsonConverter))]
public sealed class PresignedPost
{
    /// <summary>Makes a result; for fakes of <see cref="IPresigner"/> in tests.</summary>
    /// <param name="url">Where the form is sent to.</param>
    /// <param name="fields">The fields, in order; no name twice.</param>
    /// <param name="expiresAt">The instant at which the form ends.</param>
    /// <param name="fieldsToAdd">What the page adds; <c>null</c> for nothing.</param>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> or <paramref name="fields"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">A field has no name or no value, or two have the same name.</exception>
    public PresignedPost(
        string url, IEnumerable<KeyValuePair<string, string>> fields, DateTimeOffset expiresAt, IEnumerable<PostCondition>? fieldsToAdd = null)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(fields);
        Url = url;
        Fields = new ReadOnlyCollection<KeyValuePair<string, string>>([.. fields]);
        ExpiresAt = expiresAt;
        FieldsToAdd = new ReadOnlyCollection<PostCondition>([.. fieldsToAdd ?? []]);
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> field in Fields)
        {
            if (field.Key is not { Length: > 0 } || field.Value is null || !names.Add(field.Key))
            {
                throw new ArgumentException(
                    $"The field '{Printable.Text(field.Key ?? "")}' has no name or no value, or is there twice. Give each field once.", nameof(fields));
            }
        }
    }

    /// <summary>Makes a result of a form that is done, and takes over its lists: the form has checked them.</summary>
    internal PresignedPost(PostForm form, string url, DateTimeOffset expiresAt)
    {
        Url = url;
        Fields = new ReadOnlyCollection<KeyValuePair<string, string>>(form.Fields);
        ExpiresAt = expiresAt;
        FieldsToAdd = new ReadOnlyCollection<PostCondition>(form.FieldsToAdd);
    }

    /// <summary>Where the form is sent to: the URL of the bucket.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Url { get; }

    /// <summary>The fields of the form, in order, signature included: each is sent exactly as it stands, before the file.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; }

    /// <summary>The fields that the page adds before the file, with what the store asks of each: the key, for instance, where the policy allows many.</summary>
    public IReadOnlyList<PostCondition> FieldsToAdd { get; }

    /// <summary>
    /// The instant at which the form ends, in UTC and whole seconds: the end of its own time or of its credentials, whichever comes first.
    /// </summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>A form for a page: hidden fields, an input for each field to add, the input for the file, and a button.</summary>
    /// <returns>HTML, encoded. It holds the signature: treat it as a secret.</returns>
    /// <remarks>
    /// An input for a field to add holds what the value has to begin with. A page that knows the type of the file, as a script does, fills in
    /// <c>Content-Type</c> itself. The page's content security policy must allow the store as <c>form-action</c>.
    /// </remarks>
    public string ToHtmlForm() => HtmlForm.Create(this);

    /// <summary>The form as a body for <see cref="HttpClient"/>, to be sent to <see cref="Url"/> with POST, once.</summary>
    /// <param name="file">The file. Stores want its length beforehand: a stream that can seek, or one that is in memory. It is disposed with the result.</param>
    /// <param name="fileName">The name of the file, which the store puts into the key where the policy says so (<see cref="PostPolicy.UseFileName"/>).</param>
    /// <param name="addedFields">The fields of <see cref="FieldsToAdd"/>, with their values; <c>null</c> for none.</param>
    /// <returns>The body, with the file last.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="file"/> or <paramref name="fileName"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">A field to add is missing, does not meet its condition, or is none of them; or the name of the file is empty or holds
    /// half of a surrogate pair.</exception>
    public MultipartContent ToMultipartContent(Stream file, string fileName, IEnumerable<KeyValuePair<string, string>>? addedFields = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        return ToMultipartContent(new StreamContent(file), fileName, addedFields);
    }

    /// <inheritdoc cref="ToMultipartContent(Stream, string, IEnumerable{KeyValuePair{string, string}}?)"/>
    /// <param name="file">The file. Stores want its length beforehand. Where the page has to add <c>Content-Type</c> and <paramref name="addedFields"/> lacks it,
    /// the type of this content is taken.</param>
    /// <param name="fileName">The name of the file, which the store puts into the key where the policy says so (<see cref="PostPolicy.UseFileName"/>).</param>
    /// <param name="addedFields">The fields of <see cref="FieldsToAdd"/>, with their values; <c>null</c> for none.</param>
    public MultipartContent ToMultipartContent(HttpContent file, string fileName, IEnumerable<KeyValuePair<string, string>>? addedFields = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(fileName);
        return MultipartForm.Create(this, file, fileName, addedFields ?? []);
    }

    /// <summary>Method and URL, and the expiry: without the fields, which have the signature in them.</summary>
    public override string ToString() => FormattableString.Invariant($"POST {PresignedUrl.WithoutQuery(Url)} (until {ExpiresAt.UtcDateTime:u})");
}
