namespace PresignKit;

/// <summary>A signing key with the credentials that it comes of. Immutable.</summary>
internal sealed class KeptKey(S3Credentials credentials, SigningKey key)
{
    public SigningKey Key => key;

    public bool IsFor(S3Credentials other, string region, DateTime signedAt) =>
        key.Scope.Covers(signedAt) && key.Scope.Region == region && credentials.SignsLike(other);
}
