using System.Net;
using System.Text;

namespace PresignKit;

/// <summary>A presigned form as HTML.</summary>
internal static class HtmlForm
{
    public static string Create(PresignedPost post)
    {
        // Without accept-charset, a page that is not in UTF-8 would send other bytes than those that are signed.
        StringBuilder html = new();
        html.Append("<form action=\"").Append(Encode(post.Url)).Append("\" method=\"post\" enctype=\"multipart/form-data\" accept-charset=\"utf-8\">\n");
        foreach (KeyValuePair<string, string> field in post.Fields)
        {
            html.Append("<input type=\"hidden\" name=\"").Append(Encode(field.Key)).Append("\" value=\"").Append(Encode(field.Value)).Append("\">\n");
        }

        foreach (PostCondition condition in post.FieldsToAdd)
        {
            string name = Encode(condition.Field);
            html.Append("<label>").Append(name).Append(" <input name=\"").Append(name).Append("\" value=\"").Append(Encode(condition.Value)).Append('"')
                .Append(condition.Value.Length > 0 || condition.Field == "key" ? " required" : "").Append("></label>\n");
        }

        return html.Append("<input type=\"file\" name=\"file\" required>\n<button type=\"submit\">Upload</button>\n</form>\n").ToString();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
