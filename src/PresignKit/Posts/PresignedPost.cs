using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Net;
using System.Runtime.Serialization;
using System.Text;
using System.Text.Json.Serialization;

namespace PresignKit;

/// <summary>A presigned POST form: the URL to which the form is sent, its fields, and its expiry.</summary>
/// <remarks>
/// <para>Send the form to <see cref="Url"/> as <c>multipart/form-data</c>. It consists of <see cref="Fields"/>, the fields that <see cref="FieldsToAdd"/> requires, and the file
/// itself, which must be the <b>last part</b> and must be named <c>file</c>. Stores ignore every field after the file. They reject a form that contains any additional field
/// unless the field's name starts with <c>x-ignore-</c>.</para>
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
    /// <summary>Initializes a form from its parts.</summary>
    /// <param name="url">The URL that the form is sent to.</param>
    /// <param name="fields">The fields in the order in which they are sent.</param>
    /// <param name="expiresAt">The instant at which the form expires.</param>
    /// <param name="fieldsToAdd">The fields that the page adds, or <c>null</c> if there are none.</param>
    /// <remarks>A fake <see cref="IPresigner"/> in a test can use this constructor.</remarks>
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

    /// <summary>Gets the fields that the page adds before the file, each with the condition that it must satisfy.</summary>
    /// <remarks>For example, the page adds the <c>key</c> field if the policy allows more than one key. If <see cref="Fields"/> contains the same field, the value there is a
    /// default that the page can replace (<c>formData.set(…)</c>).</remarks>
    public IReadOnlyList<PostCondition> FieldsToAdd { get; }

    /// <summary>Gets the instant at which the form expires, in UTC and whole seconds.</summary>
    /// <remarks>The form expires at the end of its lifetime or when its credentials expire, whichever comes first.</remarks>
    [DataMember(Name = "expiresAt", Order = 4)]
    public DateTimeOffset ExpiresAt { get; }

    // Newtonsoft.Json uses the data contract, so this property and the next one return the objects that scripts expect.
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
    /// <param name="addedFields">The values for <see cref="FieldsToAdd"/>, or <c>null</c> if there are none.</param>
    /// <returns>A request body that can be sent once, in a POST request to <see cref="Url"/>.</returns>
    /// <remarks>A field that can have any value is sent empty if <paramref name="addedFields"/> does not contain it, because AWS rejects a form without the field.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="file"/> or <paramref name="fileName"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">
    /// <para>A required field is missing.</para>
    /// <para>A field in <paramref name="addedFields"/> does not satisfy its condition, is not valid in a form, or is not in <see cref="FieldsToAdd"/>.</para>
    /// <para>The file name is empty, contains a NUL character or a lone surrogate, or cannot be part of the key.</para>
    /// </exception>
    public MultipartContent ToMultipartContent(Stream file, string fileName, IEnumerable<KeyValuePair<string, string>>? addedFields = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        return ToMultipartContent(new StreamContent(file), fileName, addedFields);
    }

    /// <summary>Returns the form as a request body for <see cref="HttpClient"/>, reading the file from an <see cref="HttpContent"/>.</summary>
    /// <inheritdoc cref="ToMultipartContent(Stream, string, IEnumerable{KeyValuePair{string, string}}?)"/>
    /// <param name="file">The file. Stores require its length in advance. If <c>Content-Type</c> is one of <see cref="FieldsToAdd"/> and <paramref name="addedFields"/> does not
    /// contain it, the file's content type is used.</param>
    /// <param name="fileName">The name of the file, which becomes part of the key if <see cref="PostPolicy.UseFileName"/> is set.</param>
    /// <param name="addedFields">The values for <see cref="FieldsToAdd"/>, or <c>null</c> if there are none.</param>
    public MultipartContent ToMultipartContent(HttpContent file, string fileName, IEnumerable<KeyValuePair<string, string>>? addedFields = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(fileName);
        return MultipartForm.Create(this, file, fileName, addedFields ?? []);
    }

    /// <summary>Returns a curl command line for a POSIX shell (sh, bash, zsh) that sends the form and a file.</summary>
    /// <param name="file">The path of the file. The file name at the end of the path becomes part of the key if <see cref="PostPolicy.UseFileName"/> is set.</param>
    /// <param name="addedFields">The values for <see cref="FieldsToAdd"/>, or <c>null</c> if there are none.</param>
    /// <returns>The command line. It contains the signature, so treat it as a secret.</returns>
    /// <remarks>Do not run the command in PowerShell or <c>cmd</c>. For PowerShell, use <see cref="ToPowerShell"/>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="file"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">A required field is missing, a field in <paramref name="addedFields"/> does not satisfy its condition or is not in
    /// <see cref="FieldsToAdd"/>, or the file name is empty or cannot be part of the key.</exception>
    public string ToCurl(string file, IEnumerable<KeyValuePair<string, string>>? addedFields = null) => CurlLine.ForPosixShell(CurlOptions(file, addedFields));

    /// <summary>Returns a command line for Windows PowerShell 5.1 or PowerShell 7 that sends the form and a file with <c>curl.exe</c>, which is part of Windows.</summary>
    /// <inheritdoc cref="ToCurl" path="/param"/>
    /// <inheritdoc cref="ToCurl" path="/returns"/>
    /// <remarks>Do not run the command in <c>cmd</c>. On operating systems other than Windows, replace <c>curl.exe</c> with <c>curl</c>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="file"/> is <c>null</c>.</exception>
    /// <exception cref="ArgumentException">The arguments are not valid for <see cref="ToCurl"/>, or <paramref name="file"/> contains a quotation mark or ends with a
    /// backslash.</exception>
    public string ToPowerShell(string file, IEnumerable<KeyValuePair<string, string>>? addedFields = null) => CurlLine.ForPowerShell(CurlOptions(file, addedFields), file);

    /// <summary>Returns a string that contains the method, the URL and the expiry, but not the fields, because they contain the signature.</summary>
    public override string ToString() => FormattableString.Invariant($"POST {PresignedUrl.WithoutQuery(Url)} (until {ExpiresAt.UtcDateTime:u})");

    private IEnumerable<(string Name, string? Value)> CurlOptions(string file, IEnumerable<KeyValuePair<string, string>>? addedFields)
    {
        ArgumentNullException.ThrowIfNull(file);
        return CurlLine.FormOptions(Url, MultipartForm.Complete(this, fileType: null, Path.GetFileName(file), addedFields ?? []), file);
    }

    /// <summary>Returns a description of the problem with the fields, or <c>null</c> if a form can contain them.</summary>
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
