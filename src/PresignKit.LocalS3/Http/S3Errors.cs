using System.Globalization;

namespace PresignKit.LocalS3;

/// <summary>The errors with the codes, statuses and messages that AWS sends.</summary>
/// <remarks>Source: responses recorded from AWS and <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">Error responses</see>.</remarks>
internal static class S3Errors
{
    public static LocalS3Error InvalidUri => new(400, "InvalidURI", "Couldn't parse the specified URI.");

    public static LocalS3Error BadRequest => new(400, "BadRequest", "An error occurred when parsing the HTTP request.");

    public static LocalS3Error AccessDenied => new(403, "AccessDenied", "Access Denied");

    public static LocalS3Error MalformedXml => new(400, "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");

    public static LocalS3Error NotModified => new(304, "304", "Not Modified");

    public static LocalS3Error IncompleteBody => new(400, "IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header");

    public static LocalS3Error MissingContentLength => new(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");

    public static LocalS3Error NoSuchBucket(string bucket) => new(404, "NoSuchBucket", "The specified bucket does not exist", ("BucketName", bucket));

    public static LocalS3Error NoSuchKey(string key) => new(404, "NoSuchKey", "The specified key does not exist.", ("Key", key));

    public static LocalS3Error InvalidBucketName(string bucket) => new(400, "InvalidBucketName", "The specified bucket is not valid.", ("BucketName", bucket));

    public static LocalS3Error NoSuchUpload(string uploadId) => new(
        404, "NoSuchUpload", "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.", ("UploadId", uploadId));

    public static LocalS3Error KeyTooLong(int bytes, int max) => new(
        400, "KeyTooLongError", "Your key is too long", ("Size", bytes.ToString(CultureInfo.InvariantCulture)), ("MaxSizeAllowed", max.ToString(CultureInfo.InvariantCulture)));

    public static LocalS3Error PreconditionFailed(string condition) => new(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold", ("Condition", condition));

    public static LocalS3Error InvalidArgument(string message, string name, string value) => new(400, "InvalidArgument", message, ("ArgumentName", name), ("ArgumentValue", value));

    public static LocalS3Error InvalidRequest(string message) => new(400, "InvalidRequest", message);

    public static LocalS3Error InvalidDigest(string contentMd5) => new(400, "InvalidDigest", "The Content-MD5 you specified was invalid.", ("Content-MD5", contentMd5));

    public static LocalS3Error BadDigest(string expected, string calculated) => new(
        400, "BadDigest", "The Content-MD5 you specified did not match what we received.", ("ExpectedDigest", expected), ("CalculatedDigest", calculated));

    public static LocalS3Error BadChecksum(string algorithm) => new(400, "BadDigest", $"The {algorithm} you specified did not match the calculated checksum.");

    public static LocalS3Error BadChecksumOfPart(string algorithm, int number) => new(
        400, "BadDigest", FormattableString.Invariant($"The {algorithm} you specified for part {number} did not match what we received."));

    public static LocalS3Error EntityTooLarge(long proposed, long max) => new(
        400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", ("ProposedSize", Text(proposed)), ("MaxSizeAllowed", Text(max)));

    public static LocalS3Error EntityTooSmall(long proposed, long min) => new(
        400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", ("ProposedSize", Text(proposed)), ("MinSizeAllowed", Text(min)));

    public static LocalS3Error InvalidRange(string range, long size) => new(
        416, "InvalidRange", "The requested range is not satisfiable", ("RangeRequested", range), ("ActualObjectSize", Text(size)));

    public static LocalS3Error MethodNotAllowed(string method, string resourceType) => new(
        405, "MethodNotAllowed", "The specified method is not allowed against this resource.", ("Method", method), ("ResourceType", resourceType));

    /// <summary>The error for everything that this endpoint does not support.</summary>
    public static LocalS3Error NotImplemented(string what) => new LocalS3Error(501, "NotImplemented", "A header you provided implies functionality that is not implemented", ("additionalMessage", what))
        .Because($"LocalS3 does not support {what}.");

    public static LocalS3Error HeaderNotImplemented(string header, string? what = null) => new LocalS3Error(501, "NotImplemented", "A header you provided implies functionality that is not implemented", ("Header", header))
        .Because($"LocalS3 does not support {what ?? $"the header '{header}'"}.");

    /// <summary>The error for a condition that S3 does not support for writes either.</summary>
    public static LocalS3Error ConditionNotImplemented(string header, string? problem = null) => new(
        501, "NotImplemented", "A header you provided implies functionality that is not implemented",
        ("Header", header), ("additionalMessage", problem ?? $"We don't accept the provided value of {header} header for this API"));

    public static LocalS3Error ConditionalRequestConflict(string condition, string key) => new(
        409, "ConditionalRequestConflict", "The conditional request cannot succeed due to a conflicting operation against this resource.", ("Condition", condition), ("Key", key));

    public static LocalS3Error MessageTooLong(long max) => new(400, "MaxMessageLengthExceeded", "Your request was too large.", ("MaxMessageLengthBytes", Text(max)));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
