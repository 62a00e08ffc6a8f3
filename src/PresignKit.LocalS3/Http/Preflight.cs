using Microsoft.AspNetCore.Http;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3;

/// <summary>Responds to the preflight requests that browsers send before cross-origin requests. Preflight requests are never authenticated.</summary>
internal static class Preflight
{
    private const string NotAllowed = "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or "
        + "Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.";

    /// <exception cref="S3Exception">No rule of the bucket allows the request.</exception>
    public static void Handle(HttpContext http, S3Target target, BucketStore? bucket)
    {
        string origin = http.Request.Headers.Origin.ToString();
        string method = http.Request.Headers.AccessControlRequestMethod.ToString();
        if (origin.Length == 0)
        {
            throw new S3Exception(new LocalS3Error(400, "BadRequest", "Insufficient information. Origin request header needed."));
        }

        if (method.Length == 0)
        {
            throw new S3Exception(new LocalS3Error(400, "BadRequest", "Invalid Access-Control-Request-Method: null"));
        }

        string resource = target.Key is null ? "BUCKET" : "OBJECT";
        if (bucket is null)
        {
            throw new S3Exception(new LocalS3Error(403, "AccessForbidden", "CORSResponse: Bucket not found", ("Method", method), ("ResourceType", resource)));
        }

        if (bucket.Cors is not { } rules)
        {
            throw new S3Exception(new LocalS3Error(403, "AccessForbidden", "CORSResponse: CORS is not enabled for this bucket.", ("Method", method), ("ResourceType", resource))
                .Because($"Call Buckets[\"{bucket.Name}\"].AllowCors(\"{origin}\"), or send PutBucketCors."));
        }

        string? requested = http.Request.Headers.AccessControlRequestHeaders.Count > 0 ? http.Request.Headers.AccessControlRequestHeaders.ToString() : null;
        string[] headers = requested?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        CorsRule rule = rules.FirstOrDefault(rule => rule.Allows(origin, method, headers))
            ?? throw new S3Exception(new LocalS3Error(403, "AccessForbidden", NotAllowed, ("Method", method), ("ResourceType", resource))
                .Because($"No CORS rule of the bucket '{bucket.Name}' allows {method} from {origin}{(requested is null ? "" : $" with the headers {requested}")}."));
        rule.AddHeaders(http.Response.Headers, origin, headers);
        http.Response.ContentLength = 0;
    }
}
