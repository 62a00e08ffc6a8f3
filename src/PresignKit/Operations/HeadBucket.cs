namespace PresignKit;

/// <summary>Asks whether the bucket is there and may be read: 200, 404 or 403, without a body.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html">HeadBucket</see>.</remarks>
public sealed record HeadBucket : S3BucketOperation
{
    private protected override void DescribeBucketRequest(RequestBuilder request) => request.Method = HttpMethod.Head;
}
