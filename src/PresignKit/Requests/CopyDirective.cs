namespace PresignKit;

/// <summary>Specifies where a copy gets its metadata or tags from.</summary>
public enum CopyDirective
{
    /// <summary>The source object (<c>COPY</c>).</summary>
    Copy,

    /// <summary>The request (<c>REPLACE</c>).</summary>
    Replace,
}
