using System.Text;

namespace PresignKit;

/// <summary>Formats a presigned form the way browsers do, with quoted names and with file names in raw UTF-8.</summary>
/// <remarks>MultipartFormDataContent would encode a non-ASCII file name as <c>filename="=?utf-8?B?…?="</c>, and stores would copy that string into the key.</remarks>
internal static class MultipartForm
{
    public static MultipartContent Create(PresignedPost post, HttpContent file, string fileName, IEnumerable<KeyValuePair<string, string>> addedFields)
    {
        List<KeyValuePair<string, string>> fields = Complete(post, file.Headers.ContentType?.ToString(), fileName, addedFields);
        string boundary = "----PresignKit" + Guid.NewGuid().ToString("N");
        MultipartContent form = new("form-data", boundary);
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=" + boundary);
        foreach (KeyValuePair<string, string> field in fields)
        {
            Add(form, new ByteArrayContent(Encoding.UTF8.GetBytes(field.Value)), $"form-data; name=\"{Escape(field.Key)}\"");
        }

        Add(form, file, $"form-data; name=\"file\"; filename=\"{Escape(fileName)}\"");
        return form;
    }

    /// <summary>Returns all form fields, including the fields that the caller adds, in the order in which they are sent.</summary>
    /// <param name="post">The form.</param>
    /// <param name="fileType">The content type of the file, or <c>null</c> if it is not known.</param>
    /// <param name="fileName">The name of the file.</param>
    /// <param name="addedFields">The values of the fields to add.</param>
    public static List<KeyValuePair<string, string>> Complete(PresignedPost post, string? fileType, string fileName, IEnumerable<KeyValuePair<string, string>> addedFields)
    {
        Argument.ThrowIf(fileName.Length == 0 ? "The file name is empty, so a store would not recognize the part as a file. Specify a file name." : null, nameof(fileName));
        Argument.ThrowIf(
            Utf8.CountBytes(fileName.AsSpan()) < 0
                ? $"The file name '{Printable.Text(fileName)}' contains a lone surrogate (half of a UTF-16 pair), which cannot be encoded as UTF-8. Correct the text."
            : fileName.Contains('\0')
                ? $"The file name '{Printable.Text(fileName)}' contains a NUL character, which stores cannot read. Remove it."
            : null,
            nameof(fileName));
        List<KeyValuePair<string, string>> added = CheckAddedFields(post, fileType, addedFields);
        HashSet<string> replaced = new(added.Select(field => field.Key), StringComparer.OrdinalIgnoreCase);
        List<KeyValuePair<string, string>> fields = [.. post.Fields.Where(field => !replaced.Contains(field.Key)), .. added];
        CheckKey(fields, fileName, added);
        return fields;
    }

    /// <summary>Checks the added fields and returns them, together with the file's content type if the policy requires it and the caller did not specify it.</summary>
    private static List<KeyValuePair<string, string>> CheckAddedFields(PresignedPost post, string? fileType, IEnumerable<KeyValuePair<string, string>> addedFields)
    {
        List<KeyValuePair<string, string>> added = [];
        Dictionary<string, Queue<PostCondition>> open = new(StringComparer.OrdinalIgnoreCase);
        foreach (IGrouping<string, PostCondition> field in post.FieldsToAdd.GroupBy(condition => condition.Field, StringComparer.OrdinalIgnoreCase))
        {
            open.Add(field.Key, new Queue<PostCondition>(field));
        }

        foreach (KeyValuePair<string, string> field in addedFields)
        {
            Argument.ThrowIf(field.Key is { Length: > 0 } ? null : "A field in addedFields does not have a name. Specify a name, or remove the field.", nameof(addedFields));
            PostCondition? condition = open.TryGetValue(field.Key!, out Queue<PostCondition>? conditions) && conditions.Count > 0 ? conditions.Dequeue() : null;
            bool isIgnored = PostFieldRules.IsIgnored(field.Key!);
            Argument.ThrowIf(
                condition is null && !isIgnored
                    ? $"The field '{Printable.Text(field.Key!)}' is already in the form, or the policy does not have a condition for it, so the store would reject the form. Remove the field, or presign the form with a PostCondition for it."
                    : null,
                nameof(addedFields));
            Argument.ThrowIf(condition is not null && field.Value is null ? $"The field '{field.Key}' does not have a value. Specify a value, which can be empty." : null, nameof(addedFields));
            Argument.ThrowIf(
                condition is not null && !condition.IsSatisfiedBy(field.Value!)
                    ? $"The field '{field.Key}' is '{condition.Mask(field.Value!)}', but the policy requires {condition.Requirement}. Specify a value that satisfies the condition."
                    : null,
                nameof(addedFields));
            Argument.ThrowIf(isIgnored || IsKey(field.Key!) ? null : PostFieldRules.FindProblemOfText(field.Key!, field.Value, isPrefix: false), nameof(addedFields));
            added.Add(new KeyValuePair<string, string>(field.Key!, field.Value ?? ""));
        }

        HashSet<string> defaults = new(post.Fields.Select(field => field.Key), StringComparer.OrdinalIgnoreCase);
        foreach (PostCondition missing in open.Values.SelectMany(conditions => conditions).Where(condition => !defaults.Contains(condition.Field)))
        {
            string? type = missing.Field.Equals("content-type", StringComparison.OrdinalIgnoreCase) ? fileType : null;
            if (type is not null && missing.IsSatisfiedBy(type))
            {
                added.Add(new KeyValuePair<string, string>(missing.Field, type));
            }
            else
            {
                bool canBeEmpty = missing is { IsPrefix: true, Value.Length: 0 };
                Argument.ThrowIf(
                    !canBeEmpty || missing.Field == "key"
                        ? $"The policy requires {missing.Requirement}, but addedFields does not contain {(canBeEmpty ? "it" : "the field")}{(type is null ? "" : $" and the type of the file is '{Printable.Text(type)}'")}. Add the field to addedFields."
                        : null,
                    nameof(addedFields));

                // Unlike Ceph, AWS rejects a form without the field even if the policy allows any value.
                added.Add(new KeyValuePair<string, string>(missing.Field, ""));
            }
        }

        return added;
    }

    // A key that contains a file name or comes from an added field must follow the same rules as any other key. For example, Ceph accepts a key that contains NUL, but the object
    // cannot be requested afterwards.
    private static void CheckKey(List<KeyValuePair<string, string>> fields, string fileName, List<KeyValuePair<string, string>> added)
    {
        KeyValuePair<string, string> field = fields.Find(one => IsKey(one.Key));
        bool hasFileName = field.Value is not null && field.Value.Contains(PostKey.FileName);
        if (hasFileName || added.Contains(field))
        {
            Argument.ThrowIf(PostKey.FindProblem(field.Value!.Replace(PostKey.FileName, fileName)), hasFileName ? nameof(fileName) : "addedFields");
        }
    }

    private static bool IsKey(string name) => name.Equals("key", StringComparison.OrdinalIgnoreCase);

    private static void Add(MultipartContent form, HttpContent part, string disposition)
    {
        // HttpClient encodes headers as Latin-1, so each UTF-8 byte becomes one character here.
        byte[] bytes = Encoding.UTF8.GetBytes(disposition);
        part.Headers.Remove("Content-Disposition");
        part.Headers.TryAddWithoutValidation("Content-Disposition", string.Concat(bytes.Select(one => (char)one)));
        form.Add(part);
    }

    // Browsers escape the same three characters (HTML Living Standard, multipart/form-data encoding algorithm).
    private static string Escape(string text) => text.Replace("\"", "%22").Replace("\r", "%0D").Replace("\n", "%0A");
}
