namespace PresignKit;

/// <summary>The resource that a request addresses.</summary>
internal enum OperationTarget
{
    /// <summary>An object in a bucket.</summary>
    Object,

    /// <summary>A bucket.</summary>
    Bucket,

    /// <summary>The store itself, as in a request that lists the buckets.</summary>
    Service,
}
