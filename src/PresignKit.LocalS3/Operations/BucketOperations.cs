using System.Xml.Linq;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3;

/// <summary>CreateBucket, HeadBucket, DeleteBucket and the CORS configuration.</summary>
internal static class BucketOperations
{
    private const int MaxBody = 64 << 10;
    private const string DefaultRegion = "us-east-1";

    public static async Task CreateAsync(S3Call call)
    {
        HeaderRules.Check(call, hasBody: true, others: ["x-amz-acl", "x-amz-object-ownership", "x-amz-bucket-object-lock-enabled"]);
        CheckHeaders(call);
        if (!BucketNameRules.IsValid(call.BucketName))
        {
            throw new S3Exception(S3Errors.InvalidBucketName(call.BucketName));
        }

        byte[] body = call.Request.ContentLength is 0 or null && call.Request.Headers.TransferEncoding.Count == 0 ? [] : await RequestBody.Describe(call).ReceiveSmallAsync(MaxBody);
        CheckConfiguration(call, body.Length == 0 ? null : XmlBody.Read(body, "CreateBucketConfiguration"));

        // In us-east-1, AWS lets the owner create a bucket again.
        if (!call.Store.Objects.TryCreate(call.BucketName) && call.Store.Region != DefaultRegion)
        {
            throw new S3Exception(new LocalS3Error(
                409, "BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.", ("BucketName", call.BucketName)));
        }

        call.Response.Headers.Location = "/" + call.BucketName;
        call.Response.ContentLength = 0;
    }

    public static Task HeadAsync(S3Call call)
    {
        HeaderRules.Check(call);
        call.Response.Headers["x-amz-bucket-region"] = call.Store.Region;
        call.Response.ContentType = "application/xml";
        return Task.CompletedTask;
    }

    public static Task DeleteAsync(S3Call call)
    {
        HeaderRules.Check(call);
        switch (call.Store.Objects.Delete(call.BucketName))
        {
            case DeleteBucketResult.NotFound:
                throw new S3Exception(S3Errors.NoSuchBucket(call.BucketName));
            case DeleteBucketResult.NotEmpty:
                throw new S3Exception(new LocalS3Error(409, "BucketNotEmpty", "The bucket you tried to delete is not empty", ("BucketName", call.BucketName)));
        }

        call.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    public static async Task GetCorsAsync(S3Call call)
    {
        HeaderRules.Check(call);
        if (call.Bucket.Cors is not { } rules)
        {
            throw new S3Exception(new LocalS3Error(404, "NoSuchCORSConfiguration", "The CORS configuration does not exist", ("BucketName", call.BucketName)));
        }

        await call.WriteXmlAsync(200, xml => CorsConfiguration.Write(xml, rules));
    }

    public static async Task PutCorsAsync(S3Call call)
    {
        HeaderRules.Check(call, hasBody: true);
        RequestBody body = RequestBody.Describe(call);
        if (!body.HasIntegrityCheck)
        {
            throw new S3Exception(S3Errors.InvalidRequest("Missing required header for this request: Content-MD5 OR x-amz-checksum-*"));
        }

        call.Bucket.Cors = CorsConfiguration.Read(await body.ReceiveSmallAsync(MaxBody));
        call.Response.ContentLength = 0;
    }

    public static Task DeleteCorsAsync(S3Call call)
    {
        HeaderRules.Check(call);
        call.Bucket.Cors = null;
        call.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    // Returns whether a region has the form of an AWS region, such as 'eu-west-1' or 'us-gov-east-1'.
    private static bool IsAwsRegion(string region) => region.Split('-') is { Length: >= 3 } parts && parts[0].Length == 2 && parts[^1].Length == 1 && char.IsAsciiDigit(parts[^1][0]);

    private static void CheckHeaders(S3Call call)
    {
        if (call.Header("x-amz-acl") is { } acl && acl != "private")
        {
            throw new S3Exception(S3Errors.HeaderNotImplemented("x-amz-acl", $"the ACL '{acl}'. Only the default 'private' is supported"));
        }

        if (call.Header("x-amz-object-ownership") is { } ownership && ownership != "BucketOwnerEnforced")
        {
            throw new S3Exception(S3Errors.HeaderNotImplemented("x-amz-object-ownership", $"the object ownership '{ownership}'. Only the default 'BucketOwnerEnforced' is supported"));
        }

        if (call.Header("x-amz-bucket-object-lock-enabled") is { } isLocked && !isLocked.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            throw new S3Exception(S3Errors.HeaderNotImplemented("x-amz-bucket-object-lock-enabled", "object lock"));
        }
    }

    private static void CheckConfiguration(S3Call call, XElement? configuration)
    {
        string region = call.Store.Region;
        string? location = ListOperations.NullIfEmpty(configuration?.Text("LocationConstraint"));
        if (region == DefaultRegion && location is not null)
        {
            // AWS rejects the default region as a location constraint. In any other region, AWS would create the bucket.
            throw new S3Exception(location == DefaultRegion
                ? new LocalS3Error(400, "InvalidLocationConstraint", "The specified location-constraint is not valid", ("LocationConstraint", location))
                : S3Errors.NotImplemented($"a bucket in the region '{location}' next to the region '{region}'"));
        }

        // Other stores, whose regions have names such as 'nyc3' or 'auto', do not require the region.
        if (region != DefaultRegion && location != region && (location is not null || IsAwsRegion(region)))
        {
            throw new S3Exception(new LocalS3Error(
                400, "IllegalLocationConstraintException", $"The {location ?? "unspecified"} location constraint is incompatible for the region specific endpoint this request was sent to."));
        }

        if (configuration?.Elements().FirstOrDefault(element => element.Name.LocalName != "LocationConstraint") is { } other)
        {
            throw new S3Exception(S3Errors.NotImplemented($"the element '{other.Name.LocalName}' of CreateBucketConfiguration"));
        }
    }
}
