namespace PresignKit;

/// <summary>Deletes an object or a specific version of it.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html">DeleteObject</see>.</remarks>
public sealed record DeleteObject : S3ObjectOperation
{
    /// <inheritdoc cref="S3ObjectOperation(string)"/>
    public DeleteObject(string key)
        : base(key)
    {
    }

    /// <summary>Gets the ID of the version to delete permanently.</summary>
    /// <value>The default is <c>null</c>, which deletes the object or, in a versioned bucket, hides it behind a delete marker.</value>
    public string? VersionId { get; init; }

    /// <summary>Gets the ETag, in quotes, that the object must have, or <c>*</c> for any object (<c>If-Match</c>).</summary>
    /// <value>If the object does not exist or has a different ETag, the store responds with 412 (Precondition Failed). The default is <c>null</c>.</value>
    /// <exception cref="ArgumentException">
    /// The property is set to a string that is not a valid ETag. Weak (<c>W/"…"</c>) and escaped (<c>&amp;quot;…&amp;quot;</c>) ETags are not accepted.
    /// </exception>
    public string? IfMatch
    {
        get;
        init => field = ETagRules.Require(value, nameof(IfMatch));
    }

    /// <summary>Gets a value that indicates whether the request bypasses a retention period in <see cref="ObjectLockMode.Governance"/> mode.</summary>
    /// <value><c>true</c> to sign <c>x-amz-bypass-governance-retention: true</c>. The default is <c>false</c>.</value>
    public bool BypassGovernanceRetention { get; init; }

    private protected override void BuildCore(RequestBuilder request)
    {
        base.BuildCore(request);
        request.Method = HttpMethod.Delete;
        request.AddOptionalQuery("versionId", VersionId);
        request.AddOptionalHeader("if-match", IfMatch);
        request.AddOptionalHeader("x-amz-bypass-governance-retention", BypassGovernanceRetention ? "true" : null);
    }
}
