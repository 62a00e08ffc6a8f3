namespace PresignKit.LocalS3;

/// <summary>Ends a request with an error.</summary>
internal sealed class S3Exception(LocalS3Error error) : Exception(error.Message)
{
    public LocalS3Error Error => error;
}
