using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3;

/// <summary>Handles a request in this order: the target, the preflight request, authentication, the bucket, the operation and, finally, the body.</summary>
internal sealed partial class S3Handler
{
    private readonly LocalS3Store _store;
    private readonly RequestLog _log;
    private readonly FaultQueue _faults;
    private readonly ILogger _logger;
    private readonly QueryAuthentication _authentication;

    public S3Handler(LocalS3Store store, RequestLog log, FaultQueue faults, ILogger logger)
    {
        _store = store;
        _log = log;
        _faults = faults;
        _logger = logger;
        _authentication = new QueryAuthentication(store, store.SignedUrls);
    }

    public async Task HandleAsync(HttpContext http, string basePath)
    {
        DateTimeOffset now = _store.TimeProvider.GetUtcNow();
        string raw = http.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } target
            ? target
            : http.Request.PathBase.ToUriComponent() + http.Request.Path.ToUriComponent() + http.Request.QueryString.ToUriComponent();
        LocalS3Request received = new()
        {
            Method = http.Request.Method,
            Url = PresignedUrlInfo.Redact(raw.StartsWith('/') ? http.Request.Headers.Host + raw : raw),
            ContentLength = http.Request.ContentLength,
            ReceivedAt = now,
        };
        Exchange exchange = new(http, received);
        http.Response.OnStarting(() =>
        {
            Finish(exchange);
            return Task.CompletedTask;
        });

        LocalS3Error? error;
        try
        {
            await RunAsync(exchange, raw, basePath, now);
            return;
        }
        catch (S3Exception e)
        {
            error = e.Error;
        }
        catch (StorageFullException e)
        {
            error = new LocalS3Error(507, "InsufficientStorage", e.Message);
        }
        catch (NoSuchBucketException)
        {
            error = S3Errors.NoSuchBucket(exchange.Call!.BucketName);
        }
        catch (BadHttpRequestException e)
        {
            error = new LocalS3Error(e.StatusCode, "BadRequest", e.Message);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            Record(exchange, status: null, S3Errors.IncompleteBody.Because("The client closed the connection."));
            return;
        }
        catch (ConnectionCutException)
        {
            Cut(exchange);
            return;
        }
        catch (Exception e)
        {
            // If the exception were not handled here, the client would receive an empty response, and the exception would be lost, because the web server of LocalS3Server does not have a log.
            LogFailed(e, received.Method, received.Url);
            error = new LocalS3Error(500, "InternalError", "We encountered an internal error. Please try again.").Because($"{e.GetType().Name}: {e.Message}");
        }

        try
        {
            await WriteErrorAsync(exchange, error);
        }
        catch (Exception e)
        {
            // The client is gone, or the response could not be written.
            if (!http.RequestAborted.IsCancellationRequested)
            {
                LogFailed(e, received.Method, received.Url);
            }

            Record(exchange, status: null, error);
            http.Abort();
        }
    }

    private async Task RunAsync(Exchange exchange, string raw, string basePath, DateTimeOffset now)
    {
        HttpContext http = exchange.Http;
        if (!_store.AllowsRemoteAddresses && http.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address))
        {
            throw new S3Exception(S3Errors.AccessDenied.Because($"The request comes from {address}, and LocalS3Options.AllowRemoteAddresses is false."));
        }

        S3Target target = S3Target.Parse(raw, http.Request.Headers.Host.ToString(), basePath, _store.Hosts);
        OperationRoute? route = OperationTable.Find(http.Request.Method, target, http.Request.Headers);
        LocalS3Request received = exchange.Received;
        (received.Bucket, received.Key, received.PartNumber, received.Operation) = (target.Bucket, target.Key, target.PartNumber, route?.Name);
        if (http.Request.Method == HttpMethods.Options)
        {
            Preflight.Handle(http, target, target.Bucket is null ? null : _store.Objects.Find(target.Bucket));
            return;
        }

        S3Call call = new(_store, http, target, now);
        exchange.Call = call;
        call.CutAfterBytes = await ApplyFaultAsync(exchange);
        bool hasOtherSignature = http.Request.Headers.Authorization.Count > 0 || target.Query.Has("Signature") || target.Query.Parameters.Any(parameter => QueryAuthentication.IsSignatureParameter(parameter.Key.ToLowerInvariant()));
        bool isForm = route is { IsForm: true };
        if (isForm && hasOtherSignature && http.Request.HasFormContentType)
        {
            throw new S3Exception(QueryAuthentication.Conflict(call));
        }

        if (!isForm || hasOtherSignature)
        {
            await _authentication.VerifyAsync(call);
            if (target.Bucket is not null && (route is null || route.RequiresBucket))
            {
                call.Bucket = _store.Objects.Find(target.Bucket) ?? throw new S3Exception(S3Errors.NoSuchBucket(target.Bucket));
            }

            if (isForm)
            {
                throw new S3Exception(S3Errors.NotImplemented("a presigned POST request to a bucket").Because("The URL is signed for a POST request without a sub-resource. Presign a form with PresignPost instead."));
            }
        }

        if (OperationTable.FindUnexpected(route, target.Query) is { } parameter)
        {
            throw new S3Exception(S3Errors.NotImplemented($"the parameter '{parameter}' in a {http.Request.Method} request for {(target.Key is not null ? "an object" : "a bucket")}"));
        }

        if (route is null)
        {
            throw new S3Exception(S3Errors.MethodNotAllowed(http.Request.Method, target.Key is not null ? "OBJECT" : target.Bucket is not null ? "BUCKET" : "SERVICE"));
        }

        if (route.Handle is null)
        {
            throw new S3Exception(S3Errors.NotImplemented($"the operation {route.Name}"));
        }

        await route.Handle(call);
    }

    private async Task<long?> ApplyFaultAsync(Exchange exchange)
    {
        if (_faults.Take(exchange.Received) is not { } fault)
        {
            return null;
        }

        if (fault.Wait > TimeSpan.Zero)
        {
            await Task.Delay(fault.Wait, exchange.Http.RequestAborted);
        }

        return fault.IsReset ? throw new ConnectionCutException()
            : fault.Error is { } error ? throw new S3Exception(error.Because("LocalS3Store.FailNext injected this error."))
            : fault.CutAfterBytes;
    }

    // The headers are added just before the response starts, because an error removes all headers that were added for the object.
    private void Finish(Exchange exchange)
    {
        HttpResponse response = exchange.Http.Response;
        response.Headers.Date = _store.TimeProvider.GetUtcNow().ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        response.Headers.Server = "PresignKit.LocalS3";
        response.Headers["x-amz-request-id"] = exchange.RequestId;
        response.Headers["x-amz-id-2"] = exchange.HostId;
        string origin = exchange.Http.Request.Headers.Origin.ToString();
        if (origin.Length > 0 && exchange.Call is { } call && call.Target.Bucket is { } bucket && _store.Objects.Find(bucket)?.Cors is { } rules)
        {
            rules.FirstOrDefault(rule => rule.Allows(origin, call.Request.Method, []))?.AddHeaders(response.Headers, origin, requestedHeaders: []);
        }

        Record(exchange, response.StatusCode, exchange.Error);
    }

    private void Record(Exchange exchange, int? status, LocalS3Error? error)
    {
        // Kestrel calls Finish for an aborted connection as well.
        if (exchange.IsRecorded)
        {
            return;
        }

        exchange.IsRecorded = true;
        LocalS3Request request = exchange.Received;
        (request.StatusCode, request.Error, request.Key) = (status, error, exchange.Call?.KeyOrNull ?? request.Key);
        _log.Add(request);
        if (request.Error is not null)
        {
            LogRejected(request.Method, request.Url, request.Error);
        }
    }

    private void Cut(Exchange exchange)
    {
        if (!exchange.Http.Response.HasStarted)
        {
            Record(exchange, status: null, error: null);
        }
        else if (exchange.Http.Connection.LocalIpAddress is not null)
        {
            // Kestrel sends what was written and then closes the connection, because the response is shorter than its Content-Length. Abort would discard what has not been sent.
            return;
        }

        exchange.Http.Abort();
    }

    private static async Task WriteErrorAsync(Exchange exchange, LocalS3Error error)
    {
        HttpResponse response = exchange.Http.Response;
        if (response.HasStarted)
        {
            exchange.Http.Abort();
            return;
        }

        if (error.StatusCode == 304)
        {
            // Keeps the object's validators, such as its ETag.
            response.StatusCode = 304;
            response.ContentLength = null;
            response.Headers.Remove("Content-Type");
            return;
        }

        exchange.Error = error;
        response.Headers.Clear();
        if (exchange.Http.Request.Method == HttpMethods.Head)
        {
            response.StatusCode = error.StatusCode;
            response.ContentType = "application/xml";
            return;
        }

        await XmlResult.WriteAsync(exchange.Http, error.StatusCode, xml =>
        {
            xml.WriteStartElement("Error");
            xml.WriteElementString("Code", error.Code);
            xml.WriteElementString("Message", error.Message);
            foreach ((string name, string value) in error.Details)
            {
                xml.WriteElementString(name, value);
            }

            xml.WriteElementString("RequestId", exchange.RequestId);
            xml.WriteElementString("HostId", exchange.HostId);
            xml.WriteEndElement();
        });
    }

    [LoggerMessage(1, LogLevel.Warning, "Rejected {Method} {Url}: {Error}", EventName = "RequestRejected")]
    private partial void LogRejected(string method, string url, LocalS3Error error);

    [LoggerMessage(2, LogLevel.Error, "LocalS3 failed to respond to {Method} {Url}", EventName = "RequestFailed")]
    private partial void LogFailed(Exception exception, string method, string url);

    /// <summary>A request and its outcome.</summary>
    private sealed class Exchange(HttpContext http, LocalS3Request received)
    {
        public HttpContext Http => http;

        public LocalS3Request Received => received;

        public S3Call? Call { get; set; }

        public LocalS3Error? Error { get; set; }

        public bool IsRecorded { get; set; }

        public string RequestId { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));

        public string HostId { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));
    }
}
