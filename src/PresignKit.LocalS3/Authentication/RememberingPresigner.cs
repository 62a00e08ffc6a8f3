namespace PresignKit.LocalS3;

/// <summary>A presigner whose URLs the endpoint remembers, so that it can report which signed value a rejected request changed.</summary>
internal sealed class RememberingPresigner(S3Presigner presigner, SignedUrlMemory memory) : IPresigner
{
    public PresignedUrl Presign(S3Operation operation)
    {
        PresignedUrl url = presigner.Presign(operation);
        memory.Add(url);
        return url;
    }

    public async ValueTask<PresignedUrl> PresignAsync(S3Operation operation, CancellationToken cancellationToken = default)
    {
        PresignedUrl url = await presigner.PresignAsync(operation, cancellationToken);
        memory.Add(url);
        return url;
    }

    public PresignedPost PresignPost(PostPolicy policy) => presigner.PresignPost(policy);

    public ValueTask<PresignedPost> PresignPostAsync(PostPolicy policy, CancellationToken cancellationToken = default) => presigner.PresignPostAsync(policy, cancellationToken);
}
