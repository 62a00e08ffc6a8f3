using System.Text;

namespace PresignKit;

/// <summary>The rules for an object's tags, and their two forms: query text in a header, and elements of an XML body.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html">Object tagging</see>.</remarks>
internal static class TagRules
{
    private const int MaxTags = 10;
    private const int MaxKey = 128;
    private const int MaxValue = 256;

    /// <summary>The value of <c>x-amz-tagging</c>: <c>name=value&amp;…</c>, percent-encoded, in order of names.</summary>
    public static string ToHeader(IReadOnlyDictionary<string, string> tags)
    {
        StringBuilder header = new();
        foreach (KeyValuePair<string, string> tag in Require(tags, "operation"))
        {
            _ = (header.Length == 0 ? header : header.Append('&')).Append(PercentEncoding.Component(tag.Key)).Append('=').Append(PercentEncoding.Component(tag.Value));
        }

        return header.ToString();
    }

    /// <summary>The XML of <c>PutObjectTagging</c>, and of a form's field <c>tagging</c>, in UTF-8.</summary>
    public static byte[] ToXml(IReadOnlyDictionary<string, string> tags, string paramName)
    {
        IEnumerable<KeyValuePair<string, string>> good = Require(tags, paramName);
        return S3Xml.Write("Tagging", writer =>
        {
            writer.WriteStartElement("TagSet");
            foreach (KeyValuePair<string, string> tag in good)
            {
                writer.WriteStartElement("Tag");
                writer.WriteElementString("Key", tag.Key);
                writer.WriteElementString("Value", tag.Value);
                writer.WriteEndElement();
            }

            writer.WriteEndElement();
        });
    }

    /// <summary>The tags in order of names, where all are good.</summary>
    /// <exception cref="ArgumentException">One is not, or there are too many.</exception>
    private static IEnumerable<KeyValuePair<string, string>> Require(IReadOnlyDictionary<string, string> tags, string paramName)
    {
        string? problem = tags.Count > MaxTags ? TooMany(tags.Count) : tags.Select(FindProblem).FirstOrDefault(found => found is not null);
        return problem is null ? tags.OrderBy(tag => tag.Key, StringComparer.Ordinal) : throw new ArgumentException(problem, paramName);
    }

    private static string TooMany(int count) => FormattableString.Invariant($"There are {count} tags; an object has {MaxTags} at most. Leave some out.");

    private static string? FindProblem(KeyValuePair<string, string> tag)
    {
        if (tag.Key.Length == 0)
        {
            return "A tag has no name. Give it one, or leave the tag out.";
        }

        if (tag.Value is null)
        {
            return $"The tag '{Printable.Text(tag.Key)}' has no value (null). Give it one; it can be empty.";
        }

        if (Utf8.CountBytes(tag.Key.AsSpan()) < 0 || Utf8.CountBytes(tag.Value.AsSpan()) < 0)
        {
            return $"The tag '{Printable.Text(tag.Key)}' holds a lone surrogate (half of a UTF-16 pair), which has no UTF-8 form. Repair the text.";
        }

        if (tag.Key.Any(char.IsControl) || tag.Value.Any(char.IsControl))
        {
            return $"The tag '{Printable.Text(tag.Key)}' holds a control character. Tags are letters, digits, spaces and + - = . _ : / @.";
        }

        if (tag.Key.Length > MaxKey || tag.Value.Length > MaxValue)
        {
            return FormattableString.Invariant(
                $"The tag '{Printable.Text(tag.Key)}' has a name of {tag.Key.Length} and a value of {tag.Value.Length} characters; {MaxKey} and {MaxValue} are the most. Shorten it.");
        }

        return null;
    }
}
