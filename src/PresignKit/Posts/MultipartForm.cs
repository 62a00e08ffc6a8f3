using System.Text;

namespace PresignKit;

/// <summary>
/// A presigned form as browsers write it: names in quotes, file names as raw UTF-8. MultipartFormDataContent writes
/// <c>filename="=?utf-8?B?…?="</c>, which a store would put into the key.
/// </summary>
internal static class MultipartForm
{
    public static MultipartContent Create(PresignedPost post, HttpContent file, string fileName, IEnumerable<KeyValuePair<string, string>> addedFields)
    {
        ThrowIf(fileName.Length == 0 ? "The name of the file is empty; a store would take the part for another field. Give it one." : null, nameof(fileName));
        ThrowIf(
            Utf8.CountBytes(fileName.AsSpan()) < 0
                ? $"The name of the file, '{Printable.Text(fileName)}', holds a lone surrogate (half of a UTF-16 pair), which has no UTF-8 form. Repair the text."
                : null,
            nameof(fileName));
        List<KeyValuePair<string, string>> added = Check(post, file, addedFields);

        string boundary = "----PresignKit" + Guid.NewGuid().ToString("N");
        MultipartContent form = new("form-data", boundary);
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=" + boundary);
        foreach (KeyValuePair<string, string> field in post.Fields.Concat(added))
        {
            Add(form, new ByteArrayContent(Encoding.UTF8.GetBytes(field.Value)), $"form-data; name=\"{Escape(field.Key)}\"");
        }

        Add(form, file, $"form-data; name=\"file\"; filename=\"{Escape(fileName)}\"");
        return form;
    }

    private static List<KeyValuePair<string, string>> Check(PresignedPost post, HttpContent file, IEnumerable<KeyValuePair<string, string>> addedFields)
    {
        List<KeyValuePair<string, string>> added = [];
        List<PostCondition> open = [.. post.FieldsToAdd];
        foreach (KeyValuePair<string, string> field in addedFields)
        {
            int at = open.FindIndex(condition => condition.Field.Equals(field.Key, StringComparison.OrdinalIgnoreCase));
            bool isIgnored = field.Key is not null && PostFieldRules.IsIgnored(field.Key);
            ThrowIf(
                at < 0 && !isIgnored
                    ? $"The form has the field '{Printable.Text(field.Key ?? "")}' already, or its policy has no condition for it; the store would refuse it. Leave it out, or presign with a PostCondition for it."
                    : null,
                nameof(addedFields));
            ThrowIf(
                at >= 0 && (field.Value is null || !open[at].IsMetBy(field.Value))
                    ? $"The field '{field.Key}' is '{open[at].Shown(field.Value ?? "")}'; the policy wants {open[at]}."
                    : null,
                nameof(addedFields));
            added.Add(new KeyValuePair<string, string>(field.Key!, field.Value ?? ""));
            if (at >= 0)
            {
                open.RemoveAt(at);
            }
        }

        foreach (PostCondition missing in open)
        {
            string? type = missing.Field.Equals("content-type", StringComparison.OrdinalIgnoreCase) ? file.Headers.ContentType?.ToString() : null;
            if (type is not null && missing.IsMetBy(type))
            {
                added.Add(new KeyValuePair<string, string>(missing.Field, type));
            }
            else
            {
                ThrowIf(
                    missing.Value.Length > 0 || !missing.IsPrefix || missing.Field == "key"
                        ? $"The policy leaves the field {missing} to the page{(type is null ? "" : $", and the file is '{Printable.Text(type)}'")}. Give it in addedFields."
                        : null,
                    nameof(addedFields));
            }
        }

        return added;
    }

    private static void Add(MultipartContent form, HttpContent part, string disposition)
    {
        // Headers go out as Latin-1: the characters of this text are the bytes of the UTF-8 one.
        byte[] bytes = Encoding.UTF8.GetBytes(disposition);
        part.Headers.Remove("Content-Disposition");
        part.Headers.TryAddWithoutValidation("Content-Disposition", string.Concat(bytes.Select(one => (char)one)));
        form.Add(part);
    }

    // As browsers do (HTML Living Standard, multipart/form-data encoding algorithm).
    private static string Escape(string text) => text.Replace("\"", "%22").Replace("\r", "%0D").Replace("\n", "%0A");

    private static void ThrowIf(string? problem, string paramName)
    {
        if (problem is not null)
        {
            throw new ArgumentException(problem, paramName);
        }
    }
}
