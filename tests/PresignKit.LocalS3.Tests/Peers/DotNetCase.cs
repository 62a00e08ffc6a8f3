namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>A case, and the call of a library for .NET that presigns it.</summary>
/// <param name="Case">The request.</param>
/// <param name="Presign">Presigns the request. The last argument is the upload ID, or an empty text.</param>
internal sealed record DotNetCase(PeerCase Case, Func<PeerServer, PeerCase, string, Task<string>> Presign)
{
    public async Task<string> UrlAsync(PeerServer s3) => await Presign(s3, Case, Case.HasUpload ? (await s3.CreateUploadAsync(Case.Key)).UploadId : "");
}
