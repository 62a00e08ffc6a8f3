namespace PresignKit.LocalS3.Storage;

/// <summary>The exception that is thrown when a body does not fit within the caps on memory and disk space.</summary>
internal sealed class StorageFullException(string message) : IOException(message);
