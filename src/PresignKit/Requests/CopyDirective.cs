namespace PresignKit;

/// <summary>Where a copy takes its metadata or its tags from.</summary>
public enum CopyDirective
{
    /// <summary>From the source (<c>COPY</c>).</summary>
    Copy,

    /// <summary>From the request (<c>REPLACE</c>).</summary>
    Replace,
}
