using System.Text;

namespace PresignKit;

/// <summary>The rules for object tags and their two formats: a query string in a header and XML in a body.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html">Object tagging</see>.</remarks>
internal static class TagRules
{
    private const int MaxTags = 10;
    private const int MaxName = 128;
    private const int MaxValue = 256;

    /// <summary>Returns the value of <c>x-amz-tagging</c>, which has the form <c>name=value&amp;…</c> and is percent-encoded and ordered by name.</summary>
    public static string ToHeader(IReadOnlyDictionary<string, string> tags)
    {
        StringBuilder header = new();
        foreach (KeyValuePair<string, string> tag in Require(tags, "operation"))
        {
            _ = (header.Length == 0 ? header : header.Append('&')).Append(PercentEncoding.Component(tag.Key)).Append('=').Append(PercentEncoding.Component(tag.Value));
        }

        return header.ToString();
    }

    /// <summary>Returns the UTF-8-encoded XML for <c>PutObjectTagging</c> and for the <c>tagging</c> form field.</summary>
    public static byte[] ToXml(IReadOnlyDictionary<string, string> tags, string paramName)
    {
        IEnumerable<KeyValuePair<string, string>> valid = Require(tags, paramName);
        return S3Xml.Write("Tagging", writer =>
        {
            writer.WriteStartElement("TagSet");
            foreach (KeyValuePair<string, string> tag in valid)
            {
                writer.WriteStartElement("Tag");
                writer.WriteElementString("Key", tag.Key);
                writer.WriteElementString("Value", tag.Value);
                writer.WriteEndElement();
            }

            writer.WriteEndElement();
        });
    }

    /// <summary>Returns the tags, ordered by name, if all of them are valid.</summary>
    /// <exception cref="ArgumentException">A tag is not valid, or there are too many tags.</exception>
    private static IEnumerable<KeyValuePair<string, string>> Require(IReadOnlyDictionary<string, string> tags, string paramName)
    {
        string? problem = tags.Count > MaxTags ? TooMany(tags.Count) : tags.Select(FindProblem).FirstOrDefault(found => found is not null);
        return problem is null ? tags.OrderBy(tag => tag.Key, StringComparer.Ordinal) : throw new ArgumentException(problem, paramName);
    }

    private static bool IsNotText(char c) => char.IsControl(c) || c is '\uFFFE' or '\uFFFF';

    private static string TooMany(int count) => FormattableString.Invariant($"There are {count} tags, but an object can have at most {MaxTags}. Remove some of them.");

    private static string? FindProblem(KeyValuePair<string, string> tag)
    {
        if (tag.Key is not { Length: > 0 })
        {
            return "A tag does not have a name. Specify its name, or remove the tag.";
        }

        if (tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
        {
            return $"The tag '{Printable.Text(tag.Key)}' starts with 'aws:', which is reserved for AWS and rejected with 400. Use a different name.";
        }

        if (tag.Value is null)
        {
            return $"The value of the tag '{Printable.Text(tag.Key)}' is null. Specify a value, which can be empty.";
        }

        if (Utf8.CountBytes(tag.Key.AsSpan()) < 0 || Utf8.CountBytes(tag.Value.AsSpan()) < 0)
        {
            return $"The tag '{Printable.Text(tag.Key)}' contains a lone surrogate (half of a UTF-16 pair), which cannot be encoded as UTF-8. Correct the text.";
        }

        if (tag.Key.Any(IsNotText) || tag.Value.Any(IsNotText))
        {
            return $"The tag '{Printable.Text(tag.Key)}' contains a control character or a character that is not valid in XML. Use only letters, digits, spaces and + - = . _ : / @.";
        }

        if (tag.Key.Length > MaxName || tag.Value.Length > MaxValue)
        {
            return FormattableString.Invariant(
                $"The tag '{Printable.Text(tag.Key)}' has a name of {tag.Key.Length} and a value of {tag.Value.Length} characters, but the limits are {MaxName} and {MaxValue}. Shorten it.");
        }

        return null;
    }
}
