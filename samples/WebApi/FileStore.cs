using System.Globalization;
using System.Net;
using System.Xml.Linq;
using PresignKit;

namespace WebApi;

/// <summary>The requests that the server itself sends to the store: PresignKit presigns them, and <see cref="HttpClient"/> sends them.</summary>
internal sealed class FileStore(HttpClient http, IPresigner presigner)
{
    // The server uses each URL immediately.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>Lists up to 100 files in a folder, with names relative to the folder, or returns <c>null</c> if the store rejects the token.</summary>
    public async Task<FileList?> ListAsync(string folder, string? next, CancellationToken cancellationToken)
    {
        // Names can contain characters that XML cannot represent, so they are percent-encoded in the response.
        ListObjectsV2 list = new() { Prefix = folder, MaxKeys = 100, ContinuationToken = next, UrlEncodeKeys = true, ExpiresIn = Lifetime };
        using HttpResponseMessage response = await SendAsync(list, cancellationToken);
        if (next is not null && response.StatusCode == HttpStatusCode.BadRequest)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        XElement result = XElement.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        XNamespace s3 = result.Name.Namespace;

        // Some stores encode a space as '+', others as '%20', and some ignore the parameter.
        bool isEncoded = result.Element(s3 + "EncodingType")?.Value == "url";
        StoredFile[] files = [.. result.Elements(s3 + "Contents").Select(file => new StoredFile(
            (isEncoded ? WebUtility.UrlDecode(file.Element(s3 + "Key")!.Value) : file.Element(s3 + "Key")!.Value)[folder.Length..],
            (long)file.Element(s3 + "Size")!,
            DateTimeOffset.Parse(file.Element(s3 + "LastModified")!.Value, CultureInfo.InvariantCulture)))];
        return new FileList(files, result.Element(s3 + "NextContinuationToken")?.Value);
    }

    /// <summary>Returns a file, or <c>null</c> if the store does not have it.</summary>
    public async Task<StoredFile?> FindAsync(string key, string name, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(new HeadObject(key) { ExpiresIn = Lifetime }, cancellationToken);
        return response.StatusCode == HttpStatusCode.NotFound
            ? null
            : new StoredFile(
                name,
                response.EnsureSuccessStatusCode().Content.Headers.ContentLength ?? throw new HttpRequestException("The store did not return the size of the file."),
                response.Content.Headers.LastModified,
                response.Content.Headers.ContentType?.ToString());
    }

    /// <summary>Deletes a file. Most stores return the same response if the file does not exist.</summary>
    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(new DeleteObject(key) { ExpiresIn = Lifetime }, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    private Task<HttpResponseMessage> SendAsync(S3Operation operation, CancellationToken cancellationToken) =>
        http.SendAsync(presigner.Presign(operation).ToHttpRequestMessage(), cancellationToken);
}
