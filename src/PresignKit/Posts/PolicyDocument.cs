using System.Globalization;
using PresignKit.Signing;

namespace PresignKit;

/// <summary>
/// The policy as JSON in UTF-8. One condition an entry: Ceph looks at the first pair of a map only.
/// <code>
/// {"expiration":"2026-11-23T21:53:40.000Z","conditions":[{"bucket":"my-space"},["starts-with","$key","up/"],["content-length-range",1,5242880]]}
/// </code>
/// </summary>
/// <remarks>
/// Written by hand, because System.Text.Json always writes what is beyond U+FFFF as two escapes (<c>\uD83D\uDE00</c>), and Ceph 16.2.15 reads these as two
/// characters: no condition on such a text could be met (boto3's forms have that fault).
/// </remarks>
internal static class PolicyDocument
{
    public static string CreateBase64(PostForm form, DateTimeOffset expiresAt)
    {
        ByteBuffer json = new(1024);
        try
        {
            json.Append("{\"expiration\":\""u8);
            json.Append(expiresAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture).AsSpan());
            json.Append("\",\"conditions\":["u8);
            for (int i = 0; i < form.Conditions.Count; i++)
            {
                json.Append(i == 0 ? ""u8 : ","u8);
                Append(ref json, form.Conditions[i]);
            }

            if (form.ContentLength is { } size)
            {
                json.Append(",[\"content-length-range\","u8);
                json.Append(HeaderText.Number(size.Min).AsSpan());
                json.Append((byte)',');
                json.Append(HeaderText.Number(size.Max).AsSpan());
                json.Append((byte)']');
            }

            json.Append("]}"u8);
            return ToBase64(json.Written);
        }
        finally
        {
            json.Dispose();
        }
    }

    // A session token and a customer's key stand in it.
    private static string ToBase64(ReadOnlySpan<byte> json)
    {
        byte[] copy = json.ToArray();
        try
        {
            return Convert.ToBase64String(copy);
        }
        finally
        {
            Array.Clear(copy, 0, copy.Length);
        }
    }

    private static void Append(ref ByteBuffer json, PostCondition condition)
    {
        if (condition.IsPrefix)
        {
            json.Append("[\"starts-with\","u8);
            AppendText(ref json, "$" + condition.Field);
            json.Append((byte)',');
            AppendText(ref json, condition.Value);
            json.Append((byte)']');
        }
        else
        {
            json.Append((byte)'{');
            AppendText(ref json, condition.Field);
            json.Append((byte)':');
            AppendText(ref json, condition.Value);
            json.Append((byte)'}');
        }
    }

    // Control characters are refused wherever text comes in; a session token was checked, too.
    private static void AppendText(ref ByteBuffer json, string text)
    {
        json.Append((byte)'"');
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is '"' or '\\')
            {
                json.Append(text.AsSpan(start, i - start));
                json.Append((byte)'\\');
                start = i;
            }
        }

        json.Append(text.AsSpan(start));
        json.Append((byte)'"');
    }
}
