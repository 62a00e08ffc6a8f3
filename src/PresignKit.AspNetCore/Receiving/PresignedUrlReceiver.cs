using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.ResponseCaching;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace PresignKit.AspNetCore;

/// <summary>Verifies requests and passes them to the endpoint, or rejects them.</summary>
internal sealed partial class PresignedUrlReceiver
{
    // The characters of a method (RFC 9110 § 5.6.2). HttpMethod throws an exception for others, which in-memory servers do not reject.
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly byte[] ForbiddenBody = """{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.4","title":"Forbidden","status":403}"""u8.ToArray();

    private readonly S3Endpoint _endpoint;
    private readonly string _bucket;
    private readonly string _defaultPort;
    private readonly string _host;
    private readonly string? _bucketHost;
    private readonly FrozenSet<string> _allowedParameters;
    private readonly ILogger? _logger;

    /// <exception cref="OptionsValidationException">The options are not valid.</exception>
    public PresignedUrlReceiver(IOptions<RequirePresignedUrlOptions> options, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null)
    {
        RequirePresignedUrlOptions values = options.Value;
        _endpoint = values.Endpoint!;
        _bucket = values.Bucket!;
        _defaultPort = _endpoint.Scheme == "https" ? ":443" : ":80";
        _host = WithoutDefaultPort(string.Create(CultureInfo.InvariantCulture, $"{_endpoint.Host}:{_endpoint.Port}"));
        bool isVirtualHosted = _endpoint.UrlStyle == UrlStyle.VirtualHosted || (_endpoint.UrlStyle == UrlStyle.Auto && _endpoint.Provider is not null);
        _bucketHost = isVirtualHosted ? $"{_bucket}.{_host}" : null;
        _allowedParameters = values.AllowedParameters.ToFrozenSet(StringComparer.Ordinal);
        _logger = loggerFactory?.CreateLogger("PresignKit.AspNetCore.RequirePresignedUrl");
        Verifier = new PresignedUrlVerifier(values.FindCredentials ?? FindIn(values.Credentials), ToVerifierOptions(values), timeProvider);
    }

    public PresignedUrlVerifier Verifier { get; }

    public static PresignedUrlVerifierOptions ToVerifierOptions(RequirePresignedUrlOptions options)
    {
        PresignedUrlVerifierOptions converted = new() { Endpoint = options.Endpoint, MaxExpiresIn = options.MaxExpiresIn, ClockSkew = options.ClockSkew };
        foreach (string header in options.AllowedUnsignedHeaders)
        {
            converted.AllowedUnsignedHeaders.Add(header);
        }

        return converted;
    }

    public async Task InvokeAsync(HttpContext context, RequestDelegate next, string endpointName)
    {
        // The response caching middleware decides what to cache before the response headers can be changed, and its cache key does not contain the signature.
        if (context.Features.Get<IResponseCachingFeature>() is not null)
        {
            throw new InvalidOperationException(
                "UseResponseCaching() would serve cached responses to requests whose presigned URL has not been verified. Call it only for other paths, as in app.UseWhen(context => !context.Request.Path.StartsWithSegments(\"/files\"), branch => branch.UseResponseCaching()).");
        }

        (VerifiedRequest? request, Rejection? rejection) = await VerifyAsync(context);
        if (request is null)
        {
            await RejectAsync(context, endpointName, rejection!);
            return;
        }

        context.Features.Set(request);
        Replace(context, "bucket", request.Bucket);
        Replace(context, "key", request.Key);
        ProtectedResponse.Add(context.Response, request.Url.ResponseHeaders);
        await next(context);
    }

    // The checks of scheme and host come first because a proxy that changes them is the most frequent cause of a signature that does not match.
    private async ValueTask<(VerifiedRequest? Request, Rejection? Rejection)> VerifyAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (!IsOrigin(request))
        {
            return (null, Rejection.WrongOrigin(_endpoint, request.Scheme, request.Headers.Host));
        }

        if (request.Method.Length == 0 || request.Method.AsSpan().ContainsAnyExcept(TokenCharacters) || FindUrl(request) is not { } received)
        {
            return (null, Rejection.MalformedRequest);
        }

        PresignedUrlVerificationResult result = await Verifier.VerifyAsync(new HttpMethod(request.Method), received, AllHeaders(request.Headers), context.RequestAborted);
        if (!result.IsValid)
        {
            return (null, Rejection.Of(result));
        }

        PresignedUrlInfo url = result.Url;
        bool isInBucket = _endpoint.UrlStyle == UrlStyle.BucketBoundHostname ? url.Bucket is null : url.Bucket == _bucket;
        Rejection? rejection = !isInBucket ? Rejection.WrongLocation
            : url.Key is null ? Rejection.MissingKey
            : !IsSafe(url.Key) ? Rejection.UnsafeKey
            : request.Headers.ContainsKey("x-amz-copy-source") ? Rejection.CopyRequest
            : SignedParameters.FindProblem(request.Method, url, _allowedParameters);
        return rejection is null ? (new VerifiedRequest(_bucket, url.Key!, url), null) : (null, rejection);
    }

    // The signature covers the host but not the scheme. Request.Host is not used because its getter converts punycode to Unicode. Its setter, which the forwarded headers middleware calls,
    // also sets the header.
    private bool IsOrigin(HttpRequest request)
    {
        string host = WithoutDefaultPort(request.Headers.Host.ToString());
        return string.Equals(request.Scheme, _endpoint.Scheme, StringComparison.OrdinalIgnoreCase)
            && (string.Equals(host, _host, StringComparison.OrdinalIgnoreCase) || (_bucketHost is not null && string.Equals(host, _bucketHost, StringComparison.OrdinalIgnoreCase)));
    }

    private string WithoutDefaultPort(string host) => host.EndsWith(_defaultPort, StringComparison.Ordinal) ? host[..^_defaultPort.Length] : host;

    // Returns the absolute URL as the client sent it. Request.Path cannot be used, because ASP.NET Core decodes the path and removes dot segments.
    private static string? FindUrl(HttpRequest request)
    {
        // TestServer does not set the raw target.
        string target = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } raw ? raw : request.GetEncodedPathAndQuery();
        string origin = $"{request.Scheme}://";

        // The target can be absolute ('GET http://host/path HTTP/1.1'). The verifier compares its host with the Host header.
        return target.StartsWith('/') ? origin + request.Headers.Host + target
            : target.StartsWith(origin, StringComparison.OrdinalIgnoreCase) ? target
            : null;
    }

    private static IEnumerable<KeyValuePair<string, string>> AllHeaders(IHeaderDictionary headers)
    {
        foreach ((string name, StringValues values) in headers)
        {
            foreach (string? value in values)
            {
                yield return new KeyValuePair<string, string>(name, value ?? "");
            }
        }
    }

    private static bool IsSafe(string key) => ObjectKey.IsValid(key, out _) && key[0] != '/' && !key.Any(c => c == '\\' || char.IsControl(c));

    // Handlers such as (string key) => … would otherwise act on ASP.NET Core's own decoding.
    private static void Replace(HttpContext context, string name, string value)
    {
        if (context.Request.RouteValues.ContainsKey(name) || (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.GetParameter(name) is not null)
        {
            context.Request.RouteValues[name] = value;
        }
    }

    private static Func<string, CancellationToken, ValueTask<S3Credentials?>> FindIn(IEnumerable<S3Credentials> credentials)
    {
        FrozenDictionary<string, S3Credentials> byId = credentials.ToFrozenDictionary(one => one.AccessKeyId, StringComparer.Ordinal);
        return (accessKeyId, _) => new ValueTask<S3Credentials?>(byId.GetValueOrDefault(accessKeyId));
    }

    private async Task RejectAsync(HttpContext context, string endpointName, Rejection rejection)
    {
        if (_logger is not null)
        {
            LogRejected(_logger, endpointName, rejection.Reason, rejection.Explanation);
        }

        HttpResponse response = context.Response;
        ProtectedResponse.Add(response, overrides: null);
        response.StatusCode = StatusCodes.Status403Forbidden;
        response.ContentType = "application/problem+json";
        response.ContentLength = ForbiddenBody.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(ForbiddenBody, context.RequestAborted);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "A request to '{Endpoint}' was rejected with 403 ({Reason}). {Explanation}", EventName = "RequestRejected")]
    private static partial void LogRejected(ILogger logger, string endpoint, string reason, string explanation);
}
