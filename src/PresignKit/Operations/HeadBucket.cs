namespace PresignKit;

/// <summary>Checks whether a bucket exists and is accessible.</summary>
/// <remarks>
/// The response does not have a body. Its status is 200, 403 or 404. Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html">HeadBucket</see>.
/// </remarks>
public sealed record HeadBucket : S3BucketOperation
{
    private protected override void BuildCore(RequestBuilder request)
    {
        base.BuildCore(request);
        request.Method = HttpMethod.Head;
    }
}
