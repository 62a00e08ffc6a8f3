using PresignKit;

namespace WebApi.Tests;

/// <summary>Records the operations and returns a URL that does not lead to a store.</summary>
internal sealed class FakePresigner : IPresigner
{
    public List<S3Operation> Operations { get; } = [];

    public PresignedUrl Presign(S3Operation operation)
    {
        Operations.Add(operation);
        return new PresignedUrl("https://store.test/object", HttpMethod.Get, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1));
    }

    public ValueTask<PresignedUrl> PresignAsync(S3Operation operation, CancellationToken cancellationToken = default) => new(Presign(operation));

    public PresignedPost PresignPost(PostPolicy policy) => new("https://store.test/", [new("key", "file")], DateTimeOffset.UnixEpoch.AddHours(1));

    public ValueTask<PresignedPost> PresignPostAsync(PostPolicy policy, CancellationToken cancellationToken = default) => new(PresignPost(policy));
}
