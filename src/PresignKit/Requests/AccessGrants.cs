namespace PresignKit;

/// <summary>The ACL of a new object, specified as a list of grantees for each permission.</summary>
/// <remarks>
/// Each property is signed as a header. A grantee has the form <c>id="…"</c>, <c>uri="…"</c> or <c>emailAddress="…"</c>. Separate multiple grantees with commas.
/// Grants cannot be combined with a canned ACL. Instances are immutable and thread-safe.
/// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html">Access control lists</see>.
/// </remarks>
public sealed record AccessGrants
{
    /// <summary>Gets the grantees that may read the object, read its ACL and write its ACL (<c>x-amz-grant-full-control</c>).</summary>
    /// <value>The default is <c>null</c>.</value>
    public string? FullControl { get; init; }

    /// <summary>Gets the grantees that may read the object (<c>x-amz-grant-read</c>).</summary>
    /// <value>The default is <c>null</c>.</value>
    public string? Read { get; init; }

    /// <summary>Gets the grantees that may read the object's ACL (<c>x-amz-grant-read-acp</c>).</summary>
    /// <value>The default is <c>null</c>.</value>
    public string? ReadAcp { get; init; }

    /// <summary>Gets the grantees that may write the object's ACL (<c>x-amz-grant-write-acp</c>).</summary>
    /// <value>The default is <c>null</c>.</value>
    public string? WriteAcp { get; init; }

    internal void AddTo(RequestBuilder request)
    {
        request.AddOptionalHeader("x-amz-grant-full-control", FullControl);
        request.AddOptionalHeader("x-amz-grant-read", Read);
        request.AddOptionalHeader("x-amz-grant-read-acp", ReadAcp);
        request.AddOptionalHeader("x-amz-grant-write-acp", WriteAcp);
    }
}
