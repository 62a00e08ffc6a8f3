using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace PresignKit.AspNetCore;

/// <summary>The verified bucket, key and URL of a request to an endpoint with <c>RequirePresignedUrl</c>.</summary>
/// <remarks>
/// <para>Declare a parameter of this type in a route handler. In other code, such as a controller, call <c>HttpContext.GetVerifiedRequest()</c>.</para>
/// <para>Instances are immutable and thread-safe.</para>
/// </remarks>
/// <example><code>
/// app.MapPut("/files/{**path}", (VerifiedRequest request, Stream body) => storage.SaveAsync(request.Key, body)).RequirePresignedUrl();
/// </code></example>
public sealed class VerifiedRequest : IBindableFromHttpContext<VerifiedRequest>
{
    internal VerifiedRequest(string bucket, string key, PresignedUrlInfo url)
    {
        Bucket = bucket;
        Key = key;
        Url = url;
    }

    /// <summary>Gets the bucket.</summary>
    /// <value>Always equal to <see cref="RequirePresignedUrlOptions.Bucket"/>.</value>
    public string Bucket { get; }

    /// <summary>Gets the decoded key of the object.</summary>
    /// <value>From 1 to 1,024 bytes in UTF-8. The key does not start with a slash, and does not contain <c>.</c> or <c>..</c> segments, backslashes or control characters. It can
    /// contain empty segments (<c>a//b</c>) and end with a slash.</value>
    /// <remarks>A key is not a file name. For example, <c>:</c> in a file name selects an alternate data stream on Windows.</remarks>
    public string Key { get; }

    /// <summary>Gets the verified content of the URL, such as its expiry, its signed headers and its parameters.</summary>
    public PresignedUrlInfo Url { get; }

    /// <summary>Returns the verified request for a parameter of a route handler.</summary>
    /// <param name="context">The context of the request.</param>
    /// <param name="parameter">The parameter.</param>
    /// <returns>The verified request.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> is <c>null</c>.</exception>
    /// <exception cref="InvalidOperationException"><c>RequirePresignedUrl</c> was not called for the endpoint, so the request has not been verified.</exception>
    public static ValueTask<VerifiedRequest?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new ValueTask<VerifiedRequest?>(context.GetVerifiedRequest() ?? throw new InvalidOperationException(
            $"The endpoint '{context.GetEndpoint()?.DisplayName}' has a parameter of type VerifiedRequest, but its requests are not verified. Call RequirePresignedUrl() on the endpoint."));
    }

    /// <summary>Returns the bucket and the key, separated by a slash.</summary>
    public override string ToString() => $"{Bucket}/{Key}";
}
