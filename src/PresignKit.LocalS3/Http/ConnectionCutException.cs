namespace PresignKit.LocalS3;

/// <summary>Ends a request by closing its connection, as <see cref="LocalS3Fault.CutAfter"/> requires.</summary>
internal sealed class ConnectionCutException : Exception;
