namespace PresignKit.LocalS3.Storage;

/// <summary>The exception that is thrown by the methods of a bucket that write if the bucket was deleted in the meantime.</summary>
internal sealed class NoSuchBucketException(string bucket) : InvalidOperationException($"The bucket '{bucket}' was deleted. Create it again.");
