namespace PresignKit;

/// <summary>Writes a form's policy as UTF-8 JSON.</summary>
/// <remarks>
/// <code>
/// {"expiration":"2026-11-23T21:53:40.000Z","conditions":[{"bucket":"my-space"},["starts-with","$key","up/"],["content-length-range",1,5242880]]}
/// </code>
/// Each condition is a separate object, because Ceph reads only the first member of an object.
/// The JSON is written by hand, because System.Text.Json always escapes a character above U+FFFF as a surrogate pair (<c>\uD83D\uDE00</c>). Ceph 16.2.15 reads such a pair
/// as two characters, so no upload could satisfy a condition that contains one. Forms from boto3 have this problem.
/// </remarks>
internal static class PolicyDocument
{
    /// <summary>Appends a form's policy followed by its base64 encoding and returns the encoding.</summary>
    /// <remarks>The buffer must be empty.</remarks>
    public static ReadOnlySpan<byte> AppendBase64(ref ByteBuffer buffer, PostForm form, DateTime expiresAt)
    {
        buffer.Append("{\"expiration\":\""u8);
        AppendInstant(ref buffer, expiresAt);
        buffer.Append("\",\"conditions\":["u8);
        buffer.Append(form.Conditions);
        if (form.ContentLength is { } size)
        {
            buffer.Append(",[\"content-length-range\","u8);
            buffer.Append(size.Min);
            buffer.Append((byte)',');
            buffer.Append(size.Max);
            buffer.Append((byte)']');
        }

        buffer.Append("]}"u8);
        int length = buffer.Length;
        buffer.AppendBase64OfWritten();
        return buffer.Written[length..];
    }

    /// <summary>Appends a condition to a list of conditions.</summary>
    /// <param name="conditions">The list, as JSON without the enclosing brackets.</param>
    /// <param name="field">The name of the field, which must not contain a character that JSON escapes.</param>
    /// <param name="value">The required value or prefix.</param>
    /// <param name="isPrefix"><c>true</c> if the field must start with <paramref name="value"/>; <c>false</c> if it must be equal to <paramref name="value"/>.</param>
    public static void AppendCondition(ref ByteBuffer conditions, string field, string value, bool isPrefix)
    {
        if (conditions.Length > 0)
        {
            conditions.Append((byte)',');
        }

        conditions.Append(isPrefix ? "[\"starts-with\",\"$"u8 : "{\""u8);
        conditions.Append(field.AsSpan());
        conditions.Append(isPrefix ? "\",\""u8 : "\":\""u8);
        AppendText(ref conditions, value.AsSpan());
        conditions.Append(isPrefix ? "\"]"u8 : "\"}"u8);
    }

    // Control characters cannot occur, because PostKey, PostFieldRules and S3Credentials reject them.
    private static void AppendText(ref ByteBuffer json, ReadOnlySpan<char> text)
    {
        for (int i = text.IndexOfAny('"', '\\'); i >= 0; i = text.IndexOfAny('"', '\\'))
        {
            json.Append(text[..i]);
            json.Append((byte)'\\');
            json.Append((byte)text[i]);
            text = text[(i + 1)..];
        }

        json.Append(text);
    }

    // The instant is written digit by digit, so that the current culture's calendar has no effect. The milliseconds are always zero, because the expiry of a form has no
    // fractional seconds.
    private static void AppendInstant(ref ByteBuffer json, DateTime utc)
    {
        ReadOnlySpan<byte> pattern = "yyyy-MM-ddTHH:mm:ss.000Z"u8;
        Span<byte> text = json.GetSpan(pattern.Length);
        pattern.CopyTo(text);
        InvariantText.WriteTwoDigits(text, utc.Year / 100);
        InvariantText.WriteTwoDigits(text[2..], utc.Year % 100);
        InvariantText.WriteTwoDigits(text[5..], utc.Month);
        InvariantText.WriteTwoDigits(text[8..], utc.Day);
        InvariantText.WriteTwoDigits(text[11..], utc.Hour);
        InvariantText.WriteTwoDigits(text[14..], utc.Minute);
        InvariantText.WriteTwoDigits(text[17..], utc.Second);
        json.Advance(pattern.Length);
    }
}
