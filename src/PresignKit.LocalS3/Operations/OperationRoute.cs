namespace PresignKit.LocalS3;

/// <summary>The kind of resource that an operation applies to.</summary>
internal enum ResourceKind
{
    Service,
    Bucket,
    Object,
}

/// <summary>An S3 operation and the criteria that select it.</summary>
/// <param name="Name">The name of the operation in the S3 API.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Resource">The kind of resource in the URL.</param>
/// <param name="SubResource">The parameter that selects the operation, or <c>null</c>.</param>
/// <param name="Handle">Handles the request, or <c>null</c> if this endpoint does not support the operation.</param>
internal sealed record OperationRoute(string Name, string Method, ResourceKind Resource, string? SubResource, Func<S3Call, Task>? Handle)
{
    /// <summary>Gets the header that selects the operation together with the method, or <c>null</c>.</summary>
    public string? RequiredHeader { get; init; }

    /// <summary>Gets a value that indicates whether the operation applies to an existing bucket.</summary>
    public bool RequiresBucket { get; init; } = Resource != ResourceKind.Service;

    /// <summary>Gets a value that indicates whether the request is a form, which contains its own signature.</summary>
    public bool IsForm { get; init; }
}
