namespace PresignKit;

/// <summary>What a request is for.</summary>
internal enum OperationTarget
{
    /// <summary>One object of a bucket.</summary>
    Object,

    /// <summary>A bucket.</summary>
    Bucket,

    /// <summary>The store itself: the list of its buckets.</summary>
    Service,
}
