namespace PresignKit.LocalS3;

/// <summary>The <c>x-amz-*</c> headers that operations support. LocalS3 responds to all others with 501, so that no header is ignored silently.</summary>
internal static class HeaderRules
{
    // These headers do not change what a request does.
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal)
    {
        "x-amz-content-sha256", "x-amz-date", "x-amz-security-token", "x-amz-user-agent", "x-amz-request-payer", "x-amz-sdk-checksum-algorithm", "x-amz-checksum-mode", "x-amz-id-2", "x-amz-cf-id",
        "x-amz-te", "x-amz-invocation-id", "x-amz-retry-attempt",
    };

    private static readonly HashSet<string> OfBody = new(StringComparer.Ordinal)
    {
        "x-amz-checksum-crc32", "x-amz-checksum-crc32c", "x-amz-checksum-crc64nvme", "x-amz-checksum-sha1", "x-amz-checksum-sha256",
    };

    private static readonly HashSet<string> OfNewObject = new(StringComparer.Ordinal) { "x-amz-storage-class", "x-amz-acl", "x-amz-server-side-encryption" };

    private static readonly HashSet<string> CannedAcls = new(StringComparer.Ordinal)
    {
        "private", "public-read", "public-read-write", "authenticated-read", "aws-exec-read", "bucket-owner-read", "bucket-owner-full-control", "log-delivery-write",
    };

    private static readonly HashSet<string> StorageClasses = new(StringComparer.Ordinal)
    {
        "STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE", "GLACIER_IR",
    };

    /// <summary>Throws an exception if a request contains a header or a parameter that its operation does not support.</summary>
    /// <param name="call">The request.</param>
    /// <param name="hasBody"><c>true</c> if checksums of the body are allowed.</param>
    /// <param name="createsObject"><c>true</c> if the headers of a new object are allowed.</param>
    /// <param name="others">The headers that only this operation supports.</param>
    public static void Check(S3Call call, bool hasBody = false, bool createsObject = false, params ReadOnlySpan<string> others)
    {
        HashSet<string> names = [];
        foreach (KeyValuePair<string, string> header in call.AmzHeaders())
        {
            string name = header.Key;
            if (!names.Add(name))
            {
                throw new S3Exception(S3Errors.InvalidArgument("A header must be specified either in the request headers or in the query, and only once.", name, header.Value));
            }

            bool isKnown = Ignored.Contains(name) || (hasBody && OfBody.Contains(name)) || (createsObject && (OfNewObject.Contains(name) || name.StartsWith("x-amz-meta-", StringComparison.Ordinal)))
                || others.Contains(name);
            if (!isKnown)
            {
                throw new S3Exception(S3Errors.HeaderNotImplemented(name));
            }
        }

        if (call.Query["versionId"] is { } version && version != "null")
        {
            throw new S3Exception(S3Errors.NotImplemented("versioning (the parameter 'versionId')"));
        }

        if (createsObject)
        {
            CheckNewObject(call);
        }
    }

    /// <summary>Throws an exception if a form contains a field that would have an effect on S3 but not on this endpoint.</summary>
    public static void CheckForm(IEnumerable<KeyValuePair<string, string>> fields)
    {
        foreach (KeyValuePair<string, string> field in fields)
        {
            string name = field.Key.ToLowerInvariant();
            bool isKnown = !name.StartsWith("x-amz-", StringComparison.Ordinal) || Ignored.Contains(name) || OfBody.Contains(name) || OfNewObject.Contains(name)
                || name.StartsWith("x-amz-meta-", StringComparison.Ordinal) || name is "x-amz-algorithm" or "x-amz-credential" or "x-amz-signature";
            if (!isKnown || name == "tagging")
            {
                throw new S3Exception(S3Errors.HeaderNotImplemented(field.Key, $"the field '{name}'"));
            }

            CheckValue(name == "acl" ? "x-amz-acl" : name, field.Value);
        }
    }

    private static void CheckNewObject(S3Call call)
    {
        foreach (string name in OfNewObject)
        {
            if (call.Header(name) is { } value)
            {
                CheckValue(name, value);
            }
        }
    }

    private static void CheckValue(string name, string value)
    {
        LocalS3Error? error = name switch
        {
            "x-amz-acl" when !CannedAcls.Contains(value) => S3Errors.InvalidArgument("", "x-amz-acl", value),
            "x-amz-acl" when value is not ("private" or "bucket-owner-full-control") => S3Errors.HeaderNotImplemented(name, $"the ACL '{value}'. Only the default 'private' is supported"),
            "x-amz-server-side-encryption" when value != "AES256" => S3Errors.HeaderNotImplemented(name, $"the encryption '{value}'. Only AES256 is supported"),
            "x-amz-storage-class" when !StorageClasses.Contains(value) => new LocalS3Error(400, "InvalidStorageClass", "The storage class you specified is not valid", ("StorageClassRequested", value)),
            _ => null,
        };
        if (error is not null)
        {
            throw new S3Exception(error);
        }
    }
}
