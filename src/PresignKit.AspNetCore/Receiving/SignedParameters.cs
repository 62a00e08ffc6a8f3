using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace PresignKit.AspNetCore;

/// <summary>The rules for the signed parameters that do not belong to the signature.</summary>
/// <remarks>In S3, a parameter can select a different operation. Rejecting unknown parameters prevents the endpoint from executing the plain operation instead.</remarks>
internal static class SignedParameters
{
    private static readonly ResponseHeaderOverrides NoOverrides = new();

    /// <summary>Returns the reason for rejecting the parameters, or <c>null</c> if they are accepted.</summary>
    public static Rejection? FindProblem(string method, PresignedUrlInfo url, FrozenSet<string> allowed)
    {
        foreach ((string name, string value) in url.OtherParameters)
        {
            if (!allowed.Contains(name) && !(name == "x-id" && value == PlainOperation(method)))
            {
                return Rejection.UnknownParameter;
            }
        }

        return url.ResponseHeaders == NoOverrides ? null
            : IsRead(method) && IsSendable(url.ResponseHeaders) ? null
            : Rejection.InvalidOverride;
    }

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    // AWS SDKs add the name of the operation as 'x-id'. S3 ignores it.
    private static string? PlainOperation(string method) =>
        HttpMethods.IsGet(method) ? "GetObject"
        : HttpMethods.IsHead(method) ? "HeadObject"
        : HttpMethods.IsPut(method) ? "PutObject"
        : HttpMethods.IsDelete(method) ? "DeleteObject"
        : null;

    private static bool IsSendable(ResponseHeaderOverrides overrides) =>
        IsSendable(overrides.ContentType) && IsSendable(overrides.ContentDisposition) && IsSendable(overrides.ContentEncoding)
        && IsSendable(overrides.ContentLanguage) && IsSendable(overrides.CacheControl);

    // Kestrel throws an exception for control characters and for non-ASCII characters in a response header.
    private static bool IsSendable(string? value) => value is null || (value.Length > 0 && !value.AsSpan().ContainsAnyExceptInRange(' ', '~'));
}
