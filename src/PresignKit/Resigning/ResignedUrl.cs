using System.Diagnostics;

namespace PresignKit;

/// <summary>A URL that was signed again, and what became of the old one's parameters. Immutable and thread-safe.</summary>
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

    /// <summary>The new URL, with all that must be sent with it.</summary>
    public PresignedUrl Presigned { get; }

    /// <summary>The text of the new URL.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Url => Presigned.Url;

    /// <summary>The names of the query parameters that are as they were, in the order of the old URL; those of the signature are not among them.</summary>
    public IReadOnlyList<string> KeptParameters { get; }

    /// <summary>The names of those that are new or have another value, appended ones that were accepted included.</summary>
    public IReadOnlyList<string> SetParameters { get; }

    /// <summary>The names of those that are gone.</summary>
    public IReadOnlyList<string> RemovedParameters { get; }

    /// <summary>Method, address and end, without the query.</summary>
    public override string ToString() => Presigned.ToString();
}
