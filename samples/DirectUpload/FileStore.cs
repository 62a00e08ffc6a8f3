using System.Globalization;
using System.Net;
using System.Xml.Linq;
using PresignKit;

namespace DirectUpload;

/// <summary>The requests that the server itself sends to the store: PresignKit presigns them, and <see cref="HttpClient"/> sends them.</summary>
internal sealed class FileStore(HttpClient http, IPresigner presigner)
{
    // The server uses each URL immediately.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>Lists up to 1,000 files in a folder, newest first.</summary>
    public async Task<FileList> ListAsync(string folder, CancellationToken cancellationToken)
    {
        // Names can contain characters that XML cannot represent, so they are percent-encoded in the response.
        ListObjectsV2 list = new() { Prefix = folder, MaxKeys = 1000, UrlEncodeKeys = true, ExpiresIn = Lifetime };
        using HttpResponseMessage response = await SendAsync(list, cancellationToken);
        response.EnsureSuccessStatusCode();
        XElement result = XElement.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        XNamespace s3 = result.Name.Namespace;

        // Some stores encode a space as '+', others as '%20', and some ignore the parameter.
        bool isEncoded = result.Element(s3 + "EncodingType")?.Value == "url";
        IEnumerable<StoredFile> files = result.Elements(s3 + "Contents").Select(file =>
        {
            string key = file.Element(s3 + "Key")!.Value;
            key = isEncoded ? WebUtility.UrlDecode(key) : key;
            return new StoredFile(
                key,
                UserFolder.NameOf(key),
                (long)file.Element(s3 + "Size")!,
                DateTimeOffset.Parse(file.Element(s3 + "LastModified")!.Value, CultureInfo.InvariantCulture));
        });
        return new FileList([.. files.OrderByDescending(file => file.LastModified)], (bool?)result.Element(s3 + "IsTruncated") ?? false);
    }

    /// <summary>Deletes a file. Most stores return the same response if the file does not exist.</summary>
    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(new DeleteObject(key) { ExpiresIn = Lifetime }, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    private async Task<HttpResponseMessage> SendAsync(S3Operation operation, CancellationToken cancellationToken)
    {
        PresignedUrl url = await presigner.PresignAsync(operation, cancellationToken);
        return await http.SendAsync(url.ToHttpRequestMessage(), cancellationToken);
    }
}
