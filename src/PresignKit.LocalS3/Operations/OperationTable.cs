using Microsoft.AspNetCore.Http;

namespace PresignKit.LocalS3;

/// <summary>All S3 operations: those that LocalS3 supports, and those for which it returns 501.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html">Actions</see>.</remarks>
internal static class OperationTable
{
    private const string Get = "GET", Head = "HEAD", Put = "PUT", Post = "POST", Delete = "DELETE";

    /// <summary>The operations in the order in which they are matched: those that a parameter or a header selects precede the others.</summary>
    public static readonly IReadOnlyList<OperationRoute> Routes =
    [
        // Objects
        Built("ListParts", Get, ResourceKind.Object, "uploadId", MultipartOperations.ListPartsAsync),
        Missing("GetObjectAcl", Get, ResourceKind.Object, "acl"),
        Missing("GetObjectAttributes", Get, ResourceKind.Object, "attributes"),
        Missing("GetObjectLegalHold", Get, ResourceKind.Object, "legal-hold"),
        Missing("GetObjectRetention", Get, ResourceKind.Object, "retention"),
        Missing("GetObjectTagging", Get, ResourceKind.Object, "tagging"),
        Missing("GetObjectTorrent", Get, ResourceKind.Object, "torrent"),
        Built("GetObject", Get, ResourceKind.Object, null, ObjectOperations.GetAsync),
        Built("HeadObject", Head, ResourceKind.Object, null, ObjectOperations.GetAsync),
        Built("UploadPartCopy", Put, ResourceKind.Object, "uploadId", MultipartOperations.CopyPartAsync) with { RequiredHeader = "x-amz-copy-source" },
        Built("UploadPart", Put, ResourceKind.Object, "uploadId", MultipartOperations.UploadPartAsync),
        Missing("PutObjectAcl", Put, ResourceKind.Object, "acl"),
        Missing("PutObjectLegalHold", Put, ResourceKind.Object, "legal-hold"),
        Missing("PutObjectRetention", Put, ResourceKind.Object, "retention"),
        Missing("PutObjectTagging", Put, ResourceKind.Object, "tagging"),
        Missing("UpdateObjectEncryption", Put, ResourceKind.Object, "encryption"),
        Missing("RenameObject", Put, ResourceKind.Object, "renameObject"),
        Missing("CopyObject", Put, ResourceKind.Object, null) with { RequiredHeader = "x-amz-copy-source" },
        Built("PutObject", Put, ResourceKind.Object, null, ObjectOperations.PutAsync),
        Built("AbortMultipartUpload", Delete, ResourceKind.Object, "uploadId", MultipartOperations.AbortAsync),
        Missing("DeleteObjectTagging", Delete, ResourceKind.Object, "tagging"),
        Built("DeleteObject", Delete, ResourceKind.Object, null, ObjectOperations.DeleteAsync),
        Built("CreateMultipartUpload", Post, ResourceKind.Object, "uploads", MultipartOperations.CreateAsync),
        Built("CompleteMultipartUpload", Post, ResourceKind.Object, "uploadId", MultipartOperations.CompleteAsync),
        Missing("RestoreObject", Post, ResourceKind.Object, "restore"),
        Missing("SelectObjectContent", Post, ResourceKind.Object, "select"),

        // Buckets
        Built("GetBucketCors", Get, ResourceKind.Bucket, "cors", BucketOperations.GetCorsAsync),
        Built("ListMultipartUploads", Get, ResourceKind.Bucket, "uploads", MultipartOperations.ListUploadsAsync),
        Built("ListObjectsV2", Get, ResourceKind.Bucket, "list-type", ListOperations.ListAsync),
        .. BucketConfigurations(Get, "Get"),
        Missing("GetBucketMetadataConfiguration", Get, ResourceKind.Bucket, "metadataConfiguration"),
        Missing("GetBucketMetadataTableConfiguration", Get, ResourceKind.Bucket, "metadataTable"),
        Missing("GetBucketLocation", Get, ResourceKind.Bucket, "location"),
        Missing("GetBucketPolicyStatus", Get, ResourceKind.Bucket, "policyStatus"),
        Missing("ListObjectVersions", Get, ResourceKind.Bucket, "versions"),
        Missing("CreateSession", Get, ResourceKind.Bucket, "session"),
        Missing("ListObjects", Get, ResourceKind.Bucket, null),
        Built("HeadBucket", Head, ResourceKind.Bucket, null, BucketOperations.HeadAsync),
        Built("PutBucketCors", Put, ResourceKind.Bucket, "cors", BucketOperations.PutCorsAsync),
        .. BucketConfigurations(Put, "Put"),
        Missing("UpdateBucketMetadataInventoryTableConfiguration", Put, ResourceKind.Bucket, "metadataInventoryTable"),
        Missing("UpdateBucketMetadataJournalTableConfiguration", Put, ResourceKind.Bucket, "metadataJournalTable"),
        Built("CreateBucket", Put, ResourceKind.Bucket, null, BucketOperations.CreateAsync) with { RequiresBucket = false },
        Built("DeleteBucketCors", Delete, ResourceKind.Bucket, "cors", BucketOperations.DeleteCorsAsync),
        .. BucketConfigurations(Delete, "Delete"),
        Missing("DeleteBucketMetadataConfiguration", Delete, ResourceKind.Bucket, "metadataConfiguration"),
        Missing("DeleteBucketMetadataTableConfiguration", Delete, ResourceKind.Bucket, "metadataTable"),
        Built("DeleteBucket", Delete, ResourceKind.Bucket, null, BucketOperations.DeleteAsync),
        Built("DeleteObjects", Post, ResourceKind.Bucket, "delete", ListOperations.DeleteObjectsAsync),
        Missing("CreateBucketMetadataConfiguration", Post, ResourceKind.Bucket, "metadataConfiguration"),
        Missing("CreateBucketMetadataTableConfiguration", Post, ResourceKind.Bucket, "metadataTable"),
        Built("PostObject", Post, ResourceKind.Bucket, null, FormOperations.PostAsync) with { IsForm = true },

        // The service
        Missing("ListBuckets", Get, ResourceKind.Service, null),
        Missing("WriteGetObjectResponse", Post, ResourceKind.Service, null),
    ];

    private static readonly HashSet<string> SubResources = [.. Routes.Select(route => route.SubResource).OfType<string>()];

    /// <summary>Finds a parameter that selects a different operation, or returns <c>null</c> if there is none.</summary>
    /// <remarks>Without this check, <c>DELETE /bucket/key?acl</c> would delete the object.</remarks>
    public static string? FindUnexpected(OperationRoute? route, S3Query query) => query.Parameters.Select(parameter => parameter.Key)
        .FirstOrDefault(name => name != route?.SubResource && (SubResources.Contains(name) || (name == "partNumber" && route is { Method: Put, SubResource: not "uploadId" })));

    /// <summary>Finds the operation that a request invokes, or returns <c>null</c> if there is none.</summary>
    public static OperationRoute? Find(string method, S3Target target, IHeaderDictionary headers)
    {
        ResourceKind kind = target.Key is not null ? ResourceKind.Object : target.Bucket is not null ? ResourceKind.Bucket : ResourceKind.Service;
        foreach (OperationRoute route in Routes)
        {
            if (route.Resource == kind && route.Method == method
                && (route.SubResource is null || target.Query.Has(route.SubResource))
                && (route.RequiredHeader is null || headers.ContainsKey(route.RequiredHeader) || target.Query.Parameters.Any(parameter => parameter.Key.Equals(route.RequiredHeader, StringComparison.OrdinalIgnoreCase))))
            {
                return route;
            }
        }

        return null;
    }

    // The operations on bucket configurations follow one pattern: Get, Put and, for most configurations, Delete.
    private static IEnumerable<OperationRoute> BucketConfigurations(string method, string verb) =>
        from configuration in new (string SubResource, string Name, bool CanBeDeleted)[]
        {
            ("abac", "BucketAbac", false), ("accelerate", "BucketAccelerateConfiguration", false), ("acl", "BucketAcl", false), ("analytics", "BucketAnalyticsConfiguration", true), ("encryption", "BucketEncryption", true),
            ("intelligent-tiering", "BucketIntelligentTieringConfiguration", true), ("inventory", "BucketInventoryConfiguration", true), ("lifecycle", "BucketLifecycleConfiguration", true),
            ("logging", "BucketLogging", false), ("metrics", "BucketMetricsConfiguration", true),
            ("notification", "BucketNotificationConfiguration", false), ("object-lock", "ObjectLockConfiguration", false), ("ownershipControls", "BucketOwnershipControls", true), ("policy", "BucketPolicy", true),
            ("publicAccessBlock", "PublicAccessBlock", true), ("replication", "BucketReplication", true), ("requestPayment", "BucketRequestPayment", false), ("tagging", "BucketTagging", true),
            ("versioning", "BucketVersioning", false), ("website", "BucketWebsite", true),
        }
        where method != Delete || configuration.CanBeDeleted
        select Missing(method == Delete && configuration.SubResource == "lifecycle" ? "DeleteBucketLifecycle" : verb + configuration.Name, method, ResourceKind.Bucket, configuration.SubResource);

    private static OperationRoute Built(string name, string method, ResourceKind resource, string? subResource, Func<S3Call, Task> handle) => new(name, method, resource, subResource, handle);

    private static OperationRoute Missing(string name, string method, ResourceKind resource, string? subResource) => new(name, method, resource, subResource, Handle: null);
}
