using PresignKit.Signing;

namespace PresignKit;

/// <content>The parts of a request, checked, in the form that is signed.</content>
public sealed partial class SigV4QuerySigner
{
    private static KeyValuePair<string, string>[] Checked(IReadOnlyList<KeyValuePair<string, string>> pairs, Func<string?, string?, string?> findProblem)
    {
        foreach (KeyValuePair<string, string> pair in pairs)
        {
            ThrowIf(findProblem(pair.Key, pair.Value), "request");
        }

        return [.. pairs];
    }

    // A server takes the header's value for the payload line: both say the same.
    private string PayloadOf(SigV4QueryRequest request, KeyValuePair<string, string>[] headers)
    {
        if (request.PayloadHash is { } hash && (hash.Length == 0 || !Platform.IsInRange(hash.AsSpan(), '!', '~')))
        {
            throw new ArgumentException($"The PayloadHash '{Printable.Text(hash)}' is no hash. Write the SHA-256 of the body in lower-case hexadecimal digits, or a word like {PayloadLine.Unsigned}.", nameof(request));
        }

        string? signed = PayloadLine.SignedBy(headers);
        return signed is not null && request.PayloadHash is not null && signed != request.PayloadHash
            ? throw new ArgumentException("PayloadHash and the header 'x-amz-content-sha256' differ. Leave one out.", nameof(request))
            : request.PayloadHash ?? signed ?? (IsS3 ? PayloadLine.Unsigned : EmptyBodyHash);
    }

    private static string HostOf(SigV4QueryRequest request)
    {
        bool isTls = request.Scheme is "https" or "wss" or "";
        if (!isTls && request.Scheme is not ("http" or "ws"))
        {
            throw new ArgumentException($"The scheme '{Printable.Text(request.Scheme)}' is not one of https, http, wss, ws and the empty one. Write it without '://'.", nameof(request));
        }

        EndpointUrl? parsed = EndpointUrl.Parse((isTls ? "https://" : "http://") + request.Host, out string? problem);
        if (problem is null && parsed!.BasePath.Length > 0)
        {
            problem = $"The host '{Printable.Text(request.Host)}' has a path. Write the host alone, and the path as Path.";
        }

        ThrowIf(problem, nameof(request));
        return parsed!.Authority;
    }

    private string PathOf(SigV4QueryRequest request)
    {
        if (request.Path is not ['/', ..])
        {
            throw new ArgumentException($"The path '{Printable.Text(request.Path)}' does not begin with a slash. Write '/' for the root.", nameof(request));
        }

        if (Utf8.CountBytes(request.Path.AsSpan()) < 0)
        {
            throw new ArgumentException($"The path '{Printable.Text(request.Path)}' holds a lone surrogate (half of a UTF-16 pair), which has no UTF-8 form. Repair the text.", nameof(request));
        }

        return request.NormalizePath ?? !IsS3 ? PathNormalization.Normalize(request.Path) : request.Path;
    }

    private static void ThrowIf(string? problem, string paramName)
    {
        if (problem is not null)
        {
            throw new ArgumentException(problem, paramName);
        }
    }
}
