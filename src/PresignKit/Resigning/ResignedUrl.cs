using System.Diagnostics;

namespace PresignKit;

/// <summary>A re-signed URL and a summary of the changes to its query parameters.</summary>
/// <remarks>Instances are immutable and thread-safe.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class ResignedUrl
{
    internal ResignedUrl(PresignedUrl presigned, IReadOnlyList<string> kept, IReadOnlyList<string> set, IReadOnlyList<string> removed)
    {
        Presigned = presigned;
        KeptParameters = kept;
        SetParameters = set;
        RemovedParameters = removed;
    }

    /// <summary>Gets the new URL together with its method, required headers and expiry.</summary>
    public PresignedUrl Presigned { get; }

    /// <summary>Gets the new URL as a string.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Url => Presigned.Url;

    /// <summary>Gets the headers that must be sent with the new URL (the same as <see cref="PresignedUrl.RequiredHeaders"/>).</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public IReadOnlyDictionary<string, string> RequiredHeaders => Presigned.RequiredHeaders;

    /// <summary>Gets the instant at which the new URL expires, in UTC and whole seconds.</summary>
    public DateTimeOffset ExpiresAt => Presigned.ExpiresAt;

    /// <summary>Gets the names of the unchanged query parameters, without the SigV4 parameters.</summary>
    public IReadOnlyList<string> KeptParameters { get; }

    /// <summary>Gets the names of the query parameters that are new or have a new value, including accepted parameters that were appended to the old URL.</summary>
    public IReadOnlyList<string> SetParameters { get; }

    /// <summary>Gets the names of the removed query parameters.</summary>
    public IReadOnlyList<string> RemovedParameters { get; }

    /// <summary>Returns the method, the URL without its query, and the expiry.</summary>
    public override string ToString() => Presigned.ToString();
}
