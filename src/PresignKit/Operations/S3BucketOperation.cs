namespace PresignKit;

/// <summary>An operation on a bucket.</summary>
public abstract record S3BucketOperation : S3Operation
{
    private protected S3BucketOperation()
    {
    }

    private protected override void BuildCore(RequestBuilder request) => request.Target = OperationTarget.Bucket;
}
