namespace PresignKit;

/// <summary>An operation on a bucket.</summary>
public abstract record S3BucketOperation : S3Operation
{
    private protected S3BucketOperation()
    {
    }

    private protected sealed override string Target => "the bucket itself";

    private protected sealed override void DescribeOwn(RequestBuilder request)
    {
        request.Target = OperationTarget.Bucket;
        DescribeBucketRequest(request);
    }

    private protected abstract void DescribeBucketRequest(RequestBuilder request);
}
