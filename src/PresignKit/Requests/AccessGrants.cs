namespace PresignKit;

/// <summary>Who may do what with the new object: each property is a list of grantees, signed as a header. Immutable.</summary>
/// <remarks>
/// A grantee is <c>id="…"</c>, <c>uri="…"</c> or <c>emailAddress="…"</c>; several are joined with a comma. Not together with a canned ACL.
/// Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html">Access control lists</see>.
/// </remarks>
public sealed record AccessGrants
{
    /// <summary>Who may read the object, and read and write its ACL (<c>x-amz-grant-full-control</c>).</summary>
    public string? FullControl { get; init; }

    /// <summary>Who may read the object (<c>x-amz-grant-read</c>).</summary>
    public string? Read { get; init; }

    /// <summary>Who may read its ACL (<c>x-amz-grant-read-acp</c>).</summary>
    public string? ReadAcp { get; init; }

    /// <summary>Who may write its ACL (<c>x-amz-grant-write-acp</c>).</summary>
    public string? WriteAcp { get; init; }

    internal void Describe(RequestBuilder request)
    {
        request.AddOptionalHeader("x-amz-grant-full-control", FullControl);
        request.AddOptionalHeader("x-amz-grant-read", Read);
        request.AddOptionalHeader("x-amz-grant-read-acp", ReadAcp);
        request.AddOptionalHeader("x-amz-grant-write-acp", WriteAcp);
    }
}
