using System.Collections.Frozen;
using Microsoft.AspNetCore.StaticFiles;

namespace PresignKit.AspNetCore;

/// <summary>Presigns the requests of an upload, and sends the server's own request.</summary>
/// <param name="presigner">The presigner whose URLs the clients receive.</param>
/// <param name="serverPresigner">The presigner whose URLs the server uses.</param>
/// <param name="http">Returns the client for the server's own request.</param>
/// <param name="rules">The rules.</param>
/// <param name="signIfNoneMatch">Whether the requests that create an object are signed so that they cannot replace an existing object.</param>
/// <param name="acceptsForms">Whether the store accepts forms, as far as is known.</param>
internal sealed class UploadStore(IPresigner presigner, IPresigner serverPresigner, Func<IServiceProvider, HttpClient> http, UploadRules rules, bool signIfNoneMatch, bool acceptsForms)
{
    // Browsers set these headers. Scripts cannot set them.
    private static readonly FrozenSet<string> SetByClients = new[] { "content-length", "host" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FileExtensionContentTypeProvider TypesByExtension = new();

    private readonly string? _ifNoneMatch = signIfNoneMatch ? "*" : null;

    /// <summary>Gets a value that indicates whether the store accepts forms, as far as is known.</summary>
    public bool AcceptsForms { get; } = acceptsForms;

    public static string? TypeFromExtension(string key) => TypesByExtension.TryGetContentType(key, out string? type) ? type : null;

    public Task<SignedRequest> PutAsync(NewUpload upload, CancellationToken cancellationToken) => SignAsync(
        new PutObject(upload.Key)
        {
            ContentType = upload.ContentType,
            ContentLength = upload.Size,
            ContentDisposition = DispositionOf(upload),
            IfNoneMatch = _ifNoneMatch,
        },
        cancellationToken);

    public Task<SignedRequest> CreateAsync(NewUpload upload, CancellationToken cancellationToken) => SignAsync(
        new CreateMultipartUpload(upload.Key) { ContentType = upload.ContentType, ContentDisposition = DispositionOf(upload) }, cancellationToken);

    public async Task<SignedPart> PartAsync(NewUpload upload, string uploadId, int number, CancellationToken cancellationToken)
    {
        long size = upload.PartSizeOf(number);
        SignedRequest part = await SignAsync(new UploadPart(upload.Key, uploadId, number) { ContentLength = size }, cancellationToken);
        return new SignedPart(number, upload.OffsetOf(number), size, part.Method, part.Url, part.Headers);
    }

    public Task<SignedRequest> PartOfUnknownSizeAsync(string key, string uploadId, int number, CancellationToken cancellationToken) =>
        SignAsync(new UploadPart(key, uploadId, number), cancellationToken);

    public Task<SignedRequest> ListPartsAsync(string key, string uploadId, int? after, CancellationToken cancellationToken) =>
        SignAsync(new ListParts(key, uploadId) { PartNumberMarker = after }, cancellationToken);

    public Task<SignedRequest> CompleteAsync(string key, string uploadId, CancellationToken cancellationToken) =>
        SignAsync(new CompleteMultipartUpload(key, uploadId) { IfNoneMatch = _ifNoneMatch }, cancellationToken);

    public Task<SignedRequest> AbortAsync(string key, string uploadId, CancellationToken cancellationToken) =>
        SignAsync(new AbortMultipartUpload(key, uploadId), cancellationToken);

    public Task<PresignedPost> FormAsync(NewUpload upload, CancellationToken cancellationToken)
    {
        PostPolicy policy = new(PostKey.Exact(upload.Key)) { ContentType = upload.ContentType, ContentLength = (0, upload.MaxBytes), ContentDisposition = DispositionOf(upload) };
        return PresignAsync(lifetime => presigner.PresignPostAsync(policy with { ExpiresIn = lifetime }, cancellationToken));
    }

    public async Task<HttpResponseMessage> HeadAsync(string key, IServiceProvider services, CancellationToken cancellationToken)
    {
        PresignedUrl head = await PresignAsync(lifetime => serverPresigner.PresignAsync(new HeadObject(key) { ExpiresIn = lifetime }, cancellationToken));
        using HttpRequestMessage request = head.ToHttpRequestMessage();
        return await http(services).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private string DispositionOf(NewUpload upload) => rules.IsInline(upload.ContentType) ? ContentDisposition.Inline(upload.Name) : ContentDisposition.Attachment(upload.Name);

    private async Task<SignedRequest> SignAsync(S3Operation operation, CancellationToken cancellationToken)
    {
        PresignedUrl signed = await PresignAsync(lifetime => presigner.PresignAsync(operation with { ExpiresIn = lifetime }, cancellationToken));
        return new SignedRequest(
            signed.Method.Method, signed.Url, signed.RequiredHeaders.Where(header => !SetByClients.Contains(header.Key)).ToDictionary(header => header.Key, header => header.Value));
    }

    private async Task<T> PresignAsync<T>(Func<TimeSpan?, ValueTask<T>> presign)
    {
        try
        {
            try
            {
                return await presign(rules.UrlLifetime);
            }
            catch (ArgumentOutOfRangeException)
            {
                // The credentials are temporary and expire sooner. If no lifetime is specified, the presigner uses the credentials' remaining lifetime.
                return await presign(null);
            }
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or InvalidOperationException)
        {
            throw new UploadRejection(503, "storeUnavailable", "Files cannot be uploaded at the moment. Try again later.", e.Message);
        }
    }
}
