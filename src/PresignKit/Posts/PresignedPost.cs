using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Net;
using System.Runtime.Serialization;
using System.Text;
using System.Text.Json.Serialization;

namespace PresignKit;

/// <summary>A presigned POST form: the URL to which the form is sent, its fields, and its expiry.</summary>
/// <remarks>
/// <para>Send the form to <see cref="Url"/> as <c>multipart/form-data</c>. It consists of <see cref="Fields"/>, the fields that <see cref="FieldsToAdd"/> requires, and, as the
/// <b>last part</b>, the file in a part named <c>file</c>. Stores ignore every field after the file. They reject a form with any other field unless the field's name starts with
/// <c>x-ignore-</c>.</para>
/// <para>System.Text.Json and Newtonsoft.Json serialize the form as <c>{"url", "fields", "expiresAt"}</c>, with <c>"fieldsToAdd"</c> if the page must add fields. A script can
/// copy the fields with <c>for (const [name, value] of Object.entries(post.fields)) formData.append(name, value);</c>.</para>
/// <para>Anyone who has the form can use it until <see cref="ExpiresAt"/>, so do not log it. <see cref="ToString"/> does not show the fields.
/// Instances are immutable and thread-safe.</para>
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
[JsonConverter(typeof(PresignedPostJsonConverter))]
[DataContract]
public sealed class PresignedPost
{
    /// <summary>Initializes a form from its parts, for example in a test that replaces <see cref="IPresigner"/>.</summary>
    /// <param name="url">The URL that the form is sent to.</param>
    /// <param name="fields">The fields in the order in which they are sent.</param>
    /// <param name="expiresAt">The instant at which the form expires.</param>
    /// <param name="fieldsToAdd">The fields that the page adds, or <c>null</c> if there are none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> or <paramref name="fields"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">A field does not have a name or a value, two fields have the same name, or
    /// <paramref name="fieldsToAdd"/> contains <c>null</c>.</exception>
    public PresignedPost(
        string url, IEnumerable<KeyValuePair<string, string>> fields, DateTimeOffset expiresAt, IEnumerable<PostCondition>? fieldsToAdd = null)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(fields);
        Url = url;
        Fields = new ReadOnlyCollection<KeyValuePair<string, string>>([.. fields]);
        ExpiresAt = expiresAt;
        FieldsToAdd = new ReadOnlyCollection<PostCondition>([.. fieldsToAdd ?? []]);
        Argument.ThrowIf(FindProblem(Fields), nameof(fields));
        if (FieldsToAdd.Contains(null!))
        {
            throw new ArgumentException("One of the fields to add is null. Remove it.", nameof(fieldsToAdd));
        }
    }

    /// <summary>Initializes a form from a complete <see cref="PostForm"/> and adopts its lists, which have already been checked.</summary>
    internal PresignedPost(PostForm form, string url, DateTimeOffset expiresAt)
    {
        Url = url;
        Fields = new ReadOnlyCollection<KeyValuePair<string, string>>(form.Fields);
        ExpiresAt = expiresAt;
        FieldsToAdd = new ReadOnlyCollection<PostCondition>(form.FieldsToAdd);
    }

    /// <summary>Gets the URL that the form is sent to, which is the URL of the bucket.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    [DataMember(Name = "url", Order = 1)]
    public string Url { get; }

    /// <summary>Gets the fields of the form, including the signature, in the order in which they are sent.</summary>
    /// <remarks>Each field must be sent unchanged, before the file.</remarks>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; }

    /// <summary>Gets the fields that the page adds before the file, with the condition that each field must satisfy.</summary>
    /// <remarks>For example, the page adds the field <c>key</c> if the policy allows more than one key. If <see cref="Fields"/> also contains a field, its value there is a
    /// default that the page can replace (<c>formData.set(…)</c>).</remarks>
    public IReadOnlyList<PostCondition> FieldsToAdd { get; }

    /// <summary>Gets the instant at which the form expires, in UTC and whole seconds.</summary>
    /// <remarks>The form expires at the end of its lifetime or when its credentials expire, whichever comes first.</remarks>
    [DataMember(Name = "expiresAt", Order = 4)]
    public DateTimeOffset ExpiresAt { get; }

    // Newtonsoft.Json uses the data contract, so these properties contain the objects that scripts read.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    [DataMember(Name = "fields", Order = 2)]
    private Dictionary<string, string> FieldsByName => Fields.ToDictionary(one => one.Key, one => one.Value);

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    [DataMember(Name = "fieldsToAdd", Order = 3, EmitDefaultValue = false)]
    private Dictionary<string, Dictionary<string, string>>? FieldsToAddByName
    {
        get
        {
            Dictionary<string, Dictionary<string, string>> conditions = [];
            foreach (PostCondition condition in FieldsToAdd)
            {
                conditions[condition.Field] = new() { [condition.IsPrefix ? "startsWith" : "equals"] = condition.Value };
            }

            return conditions.Count > 0 ? conditions : null;
        }
    }

    /// <summary>Returns the form as HTML: hidden fields, an input for each field to add, an input for the file, and a button.</summary>
    /// <returns>An encoded HTML fragment. It contains the signature, so treat it as a secret.</returns>
    /// <remarks>
    /// Each input for a field to add initially contains the field's default value or, if there is none, the value or prefix that its condition requires. A script can set
    /// <c>Content-Type</c> to the type of the selected file. The page's content security policy must allow the store in <c>form-action</c>.
    /// </remarks>
    public string ToHtmlForm()
    {
        // Without accept-charset, a page in a different encoding would send bytes that differ from the signed bytes.
        StringBuilder html = new();
        html.Append("<form action=\"").Append(WebUtility.HtmlEncode(Url)).Append("\" method=\"post\" enctype=\"multipart/form-data\" accept-charset=\"utf-8\">\n");
        HashSet<string> forPage = new(FieldsToAdd.Select(condition => condition.Field), StringComparer.OrdinalIgnoreCase);
        Dictionary<string, string> defaults = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> field in Fields)
        {
            if (forPage.Contains(field.Key))
            {
                defaults[field.Key] = field.Value;
                continue;
            }

            html.Append("<input type=\"hidden\" name=\"").Append(WebUtility.HtmlEncode(field.Key)).Append("\" value=\"").Append(WebUtility.HtmlEncode(field.Value)).Append("\">\n");
        }

        foreach (PostCondition condition in FieldsToAdd)
        {
            string name = WebUtility.HtmlEncode(condition.Field);
            string value = defaults.TryGetValue(condition.Field, out string? initial) ? initial : condition.Value;
            html.Append("<label>").Append(name).Append(" <input name=\"").Append(name).Append("\" value=\"").Append(WebUtility.HtmlEncode(value)).Append('"')
                .Append(condition.Value.Length > 0 || condition.Field == "key" ? " required" : "").Append("></label>\n");
        }

        return html.Append("<input type=\"file\" name=\"file\" required>\n<button type=\"submit\">Upload</button>\n</form>\n").ToString();
    }

    /// <summary>Returns the form as a request body for <see cref="HttpClient"/>, reading the file from a stream.</summary>
    /// <param name="file">The file. Stores require its length in advance, so the stream must be seekable. The stream is disposed together with the returned content.</param>
    /// <param name="fileName">The name of the file, which becomes part of the key if <see cref="PostPolicy.UseFileName"/> is set.</param>
    /// <param name="addedFields">The values of <see cref="FieldsToAdd"/>, or <c>null</c> if there are none.</param>
    /// <returns>The body of a POST request to <see cref="Url"/>, which can be sent once.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="file"/> or <paramref name="fileName"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">A required field is missing; a field in <paramref name="addedFields"/> does not satisfy its condition, is not valid in a form, or is
    /// not in <see cref="FieldsToAdd"/>; or the file name is empty, contains a NUL character or a lone surrogate, or cannot be part of the key.</exception>
    public MultipartContent ToMultipartContent(Stream file, string fileName, IEnumerable<KeyValuePair<string, string>>? addedFields = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        return ToMultipartContent(new StreamContent(file), fileName, addedFields);
    }

    /// <summary>Returns the form as a request body for <see cref="HttpClient"/>, with the file as an <see cref="HttpContent"/>.</summary>
    /// <inheritdoc cref="ToMultipartContent(Stream, string, IEnumerable{KeyValuePair{string, string}}?)"/>
    /// <param name="file">The file. Stores require its length in advance. If <c>Content-Type</c> is one of <see cref="FieldsToAdd"/> and <paramref name="addedFields"/> does not
    /// contain it, the content type of the file is used.</param>
    /// <param name="fileName">The name of the file, which becomes part of the key if <see cref="PostPolicy.UseFileName"/> is set.</param>
    /// <param name="addedFields">The values of <see cref="FieldsToAdd"/>, or <c>null</c> if there are none.</param>
    public MultipartContent ToMultipartContent(HttpContent file, string fileName, IEnumerable<KeyValuePair<string, string>>? addedFields = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(fileName);
        return MultipartForm.Create(this, file, fileName, addedFields ?? []);
    }

    /// <summary>Returns the method, the URL and the expiry, but not the fields, which contain the signature.</summary>
    public override string ToString() => FormattableString.Invariant($"POST {PresignedUrl.WithoutQuery(Url)} (until {ExpiresAt.UtcDateTime:u})");

    /// <summary>Returns why a form cannot have these fields, or <c>null</c>.</summary>
    internal static string? FindProblem(IEnumerable<KeyValuePair<string, string>> fields)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> field in fields)
        {
            if (field.Key is not { Length: > 0 })
            {
                return "A field does not have a name. Specify its name, or remove the field.";
            }

            if (field.Value is null)
            {
                return $"The field '{Printable.Text(field.Key)}' does not have a value. Specify a value, or remove the field.";
            }

            if (!names.Add(field.Key))
            {
                return $"The field '{Printable.Text(field.Key)}' is specified more than once. Specify each field once.";
            }
        }

        return null;
    }
}
