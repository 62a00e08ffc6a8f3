using System.Globalization;
using System.Xml;
using Microsoft.AspNetCore.Http;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3;

/// <summary>A request on its way through the endpoint.</summary>
internal sealed class S3Call(LocalS3Store store, HttpContext http, S3Target target, DateTimeOffset now)
{
    public LocalS3Store Store => store;

    public HttpContext Http => http;

    public HttpRequest Request => http.Request;

    /// <summary>Gets the <c>Host</c> header as it was received. <see cref="HttpRequest.Host"/> decodes Punycode, and throws an exception if that is not possible.</summary>
    public string Host => http.Request.Headers.Host.ToString();

    public HttpResponse Response => http.Response;

    public CancellationToken Canceled => http.RequestAborted;

    public S3Target Target => target;

    public S3Query Query => target.Query;

    public DateTimeOffset Now => now;

    /// <summary>Gets or sets the bucket, which is known to exist once the operation runs.</summary>
    public BucketStore Bucket { get; set; } = null!;

    public string BucketName => target.Bucket!;

    /// <summary>Gets or sets the key. For a form, it is known once the fields have been read.</summary>
    public string? KeyOrNull { get; set; } = target.Key;

    public string Key => KeyOrNull!;

    /// <summary>Gets or sets the names of the headers that the signature covers.</summary>
    public IReadOnlyList<string> SignedHeaders { get; set; } = [];

    /// <summary>Gets or sets the number of bytes of the body after which the connection is closed.</summary>
    public long? CutAfterBytes { get; set; }

    /// <summary>Returns the value of a header. As on AWS, a parameter of the query whose name starts with <c>x-amz-</c> counts as a header, unless it is a checksum.</summary>
    public string? Header(string name)
    {
        if (Request.Headers.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues values))
        {
            return values.ToString();
        }

        if (!name.StartsWith("x-amz-", StringComparison.Ordinal) || IsIgnoredInQuery(name))
        {
            return null;
        }

        foreach (KeyValuePair<string, string> parameter in Query.Parameters)
        {
            if (parameter.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return parameter.Value;
            }
        }

        return null;
    }

    /// <summary>Returns all <c>x-amz-*</c> headers and parameters, with lowercase names.</summary>
    public IEnumerable<KeyValuePair<string, string>> AmzHeaders() =>
        Request.Headers.Select(header => KeyValuePair.Create(header.Key.ToLowerInvariant(), header.Value.ToString()))
            .Concat(Query.Parameters.Select(parameter => KeyValuePair.Create(parameter.Key.ToLowerInvariant(), parameter.Value))
                .Where(parameter => !QueryAuthentication.IsSignatureParameter(parameter.Key) && !IsIgnoredInQuery(parameter.Key)))
            .Where(header => header.Key.StartsWith("x-amz-", StringComparison.Ordinal));

    public Task WriteXmlAsync(int status, Action<XmlWriter> write) => XmlResult.WriteAsync(http, status, write);

    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    // The presigner of the AWS SDK for JavaScript adds the checksum of an empty body to the query of every upload, because it does not know the body. AWS verifies the signature of these
    // parameters, but ignores their values. Sources: the tests of LocalStack that were validated against AWS (localstack/localstack#12164), aws/aws-sdk-go-v2#2610 and aws/aws-sdk#480.
    private static bool IsIgnoredInQuery(string lowercase) =>
        lowercase is "x-amz-sdk-checksum-algorithm" or "x-amz-checksum-crc32" or "x-amz-checksum-crc32c" or "x-amz-checksum-crc64nvme" or "x-amz-checksum-sha1" or "x-amz-checksum-sha256";
}
