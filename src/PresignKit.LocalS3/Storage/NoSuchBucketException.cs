namespace PresignKit.LocalS3.Storage;

/// <summary>The exception that is thrown when something is written to a bucket that was deleted in the meantime.</summary>
internal sealed class NoSuchBucketException(string bucket) : InvalidOperationException($"The bucket '{bucket}' was deleted. Create it again.");
