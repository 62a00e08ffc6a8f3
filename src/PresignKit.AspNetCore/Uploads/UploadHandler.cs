using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace PresignKit.AspNetCore;

/// <summary>The checks that all upload endpoints have in common, and the JSON of their requests and responses.</summary>
internal sealed class UploadHandler(UploadRules rules, ILogger logger)
{
    /// <summary>The maximum size of a request body.</summary>
    public const long MaxBodyBytes = 64 << 10;

    // A key consists of the folder, 32 hexadecimal digits, a slash and a name.
    private const int MaxFolderBytes = 1024 - 33 - UploadFileName.MaxBytes;

    /// <summary>Creates the handler of an endpoint that receives JSON.</summary>
    public RequestDelegate Create<TRequest, TResponse>(
        string path, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TResponse> responseType, Func<UploadCall, TRequest, Task<TResponse>> run)
        where TRequest : class => http => HandleAsync(http, path, responseType, async call => await run(call, await ReadAsync(http, requestType)));

    /// <summary>Checks a request and runs an operation, and then writes the operation's response or the reason why the request was rejected.</summary>
    public async Task HandleAsync<TResponse>(HttpContext http, string path, JsonTypeInfo<TResponse> responseType, Func<UploadCall, Task<TResponse>> run)
    {
        http.Response.Headers.CacheControl = "no-store";
        TResponse response;
        try
        {
            response = await run(Check(http, path));
        }
        catch (UploadRejection rejection)
        {
            if (rejection.Status < 500)
            {
                UploadLog.UploadRejected(logger, rejection.Status, rejection.Reason);
            }
            else
            {
                UploadLog.UploadFailed(logger, rejection.Status, rejection.Reason);
            }

            await WriteProblemAsync(http, rejection);
            return;
        }

        await http.Response.WriteAsJsonAsync(response, responseType, contentType: null, http.RequestAborted);
    }

    private UploadCall Check(HttpContext http, string path)
    {
        if (RequestOrigin.FindProblem(http.Request, rules) is { } problem)
        {
            throw new UploadRejection(403, "otherOrigin", "Requests from other sites are not allowed.", problem);
        }

        // The authorization middleware has already checked this, unless the application has mapped the endpoints with AllowAnonymous().
        bool isAuthenticated = http.User.Identity?.IsAuthenticated == true;
        if (!isAuthenticated && !rules.AllowAnonymous)
        {
            throw new UploadRejection(401, "notSignedIn", "Sign in to upload files.");
        }

        string? userId = isAuthenticated && rules.UserId(http.User) is { } id && !string.IsNullOrWhiteSpace(id) ? id : null;
        if (userId is null ? !rules.AllowAnonymous : !IsSafe(userId))
        {
            throw NoFolder("The user does not have an ID, or the ID contains a slash, a backslash or a control character. Set UploadOptions.UserId.");
        }

        string? folder = rules.Folder(http.User);
        if (FindFolderProblem(folder) is { } folderProblem)
        {
            throw NoFolder($"UploadOptions.Folder returned a folder that {folderProblem}.");
        }

        string received = (http.Request.PathBase + http.Request.Path).ToString().TrimEnd('/');
        return new UploadCall(http.User, userId, folder!, received[..^path.Length], http.RequestServices, http.RequestAborted);
    }

    private static UploadRejection NoFolder(string reason) => new(403, "noFolder", "Your account cannot upload files.", reason);

    // An ID that contains a slash could point to another user's folder.
    private static bool IsSafe(string id) => id.AsSpan().IndexOfAny('/', '\\') < 0 && !UploadFileName.ContainsInvisible(id);

    private static string? FindFolderProblem(string? folder) =>
        string.IsNullOrEmpty(folder) ? "is null or empty"
        : !folder.EndsWith('/') ? "does not end with a slash"
        : folder[..^1].Split('/').Any(string.IsNullOrWhiteSpace) ? "has an empty segment, possibly because a claim is missing"
        : folder.Contains('\\', StringComparison.Ordinal) || UploadFileName.ContainsInvisible(folder) ? "contains a backslash or a control character"
        : System.Text.Encoding.UTF8.GetByteCount(folder) > MaxFolderBytes ? "is too long"
        : ObjectKey.IsValid(folder, out _) ? null : "cannot be part of a key, because it has the segment '.' or '..' or a lone surrogate";

    private static async Task<TRequest> ReadAsync<TRequest>(HttpContext http, JsonTypeInfo<TRequest> type)
        where TRequest : class
    {
        // Browsers send text/plain and forms to other origins without asking them first.
        if (!http.Request.HasJsonContentType() || !IsUtf8(http.Request.ContentType))
        {
            throw new UploadRejection(415, "notJson", "The body is not JSON in UTF-8. Send it with the header Content-Type: application/json.");
        }

        // In-memory servers do not limit the size of bodies.
        if (http.Request.ContentLength > MaxBodyBytes)
        {
            throw TooLong();
        }

        try
        {
            return await http.Request.ReadFromJsonAsync(type, http.RequestAborted) ?? throw NotValid();
        }
        catch (JsonException)
        {
            throw NotValid();
        }
        catch (BadHttpRequestException e)
        {
            throw e.StatusCode == 413 ? TooLong() : NotValid();
        }

        static UploadRejection NotValid() => new(400, "invalidRequest", "The body is not the JSON object that this endpoint expects.");
        static UploadRejection TooLong() => new(413, "bodyTooLong", "The body is too long. Send the JSON object that this endpoint expects.");
    }

    // ASP.NET Core throws an exception for unknown charsets.
    private static bool IsUtf8(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type) && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static async Task WriteProblemAsync(HttpContext http, UploadRejection rejection)
    {
        http.Response.StatusCode = rejection.Status;
        ProblemDetails problem = new()
        {
            Status = rejection.Status,
            Title = ReasonPhrases.GetReasonPhrase(rejection.Status),
            Detail = rejection.Message,
            Extensions = { ["code"] = rejection.Code },
        };
        if (http.RequestServices.GetService<IProblemDetailsService>() is { } service && await service.TryWriteAsync(new ProblemDetailsContext { HttpContext = http, ProblemDetails = problem }))
        {
            return;
        }

        await http.Response.WriteAsJsonAsync(problem, UploadJson.Default.ProblemDetails, "application/problem+json", http.RequestAborted);
    }
}
