namespace PresignKit;

/// <summary>The origin of the metadata or the tags of a copy.</summary>
public enum CopyDirective
{
    /// <summary>The source of the copy (<c>COPY</c>).</summary>
    Copy,

    /// <summary>The request (<c>REPLACE</c>).</summary>
    Replace,
}
