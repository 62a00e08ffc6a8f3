using System.Net;

namespace WebApi;

/// <summary>The start page, with a <c>curl</c> command for each endpoint.</summary>
internal static class IndexPage
{
    private static readonly (string Task, string Line)[] Lines =
    [
        ("Get a link that downloads a file (add &inline=true to show it)", "'{0}/files/link?name=reports/2026.pdf'"),
        ("Get a link from the archive", "'{0}/files/archive-link?name=2019.zip'"),
        ("Get a ticket for an upload of exactly this size and type", """--json '{"fileName":"photo.png","contentType":"image/png","length":12345}' {0}/files/uploads"""),
        ("Get a form for uploads of one type by a browser", """--json '{"contentType":"image/png"}' {0}/files/forms"""),
        ("Report that an upload has finished, so that the server checks it", """--json '{"name":"reports/2026.pdf"}' {0}/files/uploads/finished"""),
        ("List your files", "{0}/files"),
        ("Delete a file", "-X DELETE '{0}/files?name=reports/2026.pdf'"),
    ];

    public static IResult Show(HttpRequest request)
    {
        string url = $"{request.Scheme}://{request.Host}";
        string tasks = string.Concat(Lines.Select(one =>
            $"<dt>{WebUtility.HtmlEncode(one.Task)}</dt>\n<dd><pre>curl -H \"Authorization: Bearer $TOKEN\" {WebUtility.HtmlEncode(one.Line.Replace("{0}", url, StringComparison.Ordinal))}</pre></dd>\n"));
        return Results.Content(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <meta charset="utf-8">
            <title>PresignKit sample</title>
            <h1>PresignKit sample</h1>
            <p>The files go from the client to the store and back. This API issues the URLs. Its <a href="/openapi/v1.json">OpenAPI document</a> has the details.</p>
            <p>The commands are for a POSIX shell and curl 7.82 or later. The token is that of a user in the configuration. In development, there is one user:</p>
            <pre>TOKEN=token-of-ada</pre>
            <dl>
            {tasks}</dl>
            <p>The last three lines need a real store. The README of the sample shows how to configure one.</p>
            </html>
            """,
            "text/html; charset=utf-8");
    }
}
