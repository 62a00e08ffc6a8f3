using System.Globalization;
using System.Text;

namespace PresignKit.LocalS3;

/// <summary>Authenticates requests by the signature in their query.</summary>
internal sealed class QueryAuthentication(LocalS3Store store, SignedUrlMemory memory)
{
    private static readonly string[] Required = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Expires"];

    /// <summary>Determines whether a lowercase parameter name belongs to the signature.</summary>
    public static bool IsSignatureParameter(string lowercase) =>
        lowercase is "x-amz-algorithm" or "x-amz-credential" or "x-amz-signature" or "x-amz-date" or "x-amz-signedheaders" or "x-amz-expires" or "x-amz-security-token";

    /// <summary>Verifies the request.</summary>
    /// <exception cref="S3Exception">The request is not authentic.</exception>
    public async Task VerifyAsync(S3Call call)
    {
        S3Target target = call.Target;
        KeyValuePair<string, string>[] headers = [.. call.Request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()))];
        HttpMethod method = new(call.Request.Method);
        PresignedUrlVerificationResult result = await target.Host.Verifier.VerifyAsync(method, target.Raw, headers, call.Canceled);
        if (!result.IsValid)
        {
            throw new S3Exception(Describe(call, result, method, headers));
        }

        // The operation uses the bucket and the key from this class, so they must be the ones that the signature covers.
        if (result.Url.Bucket != target.Bucket || result.Url.Key != target.Key)
        {
            throw new S3Exception(S3Errors.InvalidUri);
        }

        call.SignedHeaders = result.Url.SignedHeaders;
    }

    private LocalS3Error Describe(S3Call call, PresignedUrlVerificationResult result, HttpMethod method, KeyValuePair<string, string>[] headers) => result.Status switch
    {
        PresignedUrlVerificationStatus.NotPresigned => NotPresigned(call),
        PresignedUrlVerificationStatus.UnsupportedAlgorithm => UnsupportedAlgorithm(call),
        PresignedUrlVerificationStatus.Malformed or PresignedUrlVerificationStatus.WrongScope => DescribeParameters(call.Query) ?? S3Errors.InvalidUri,
        PresignedUrlVerificationStatus.ExpiryOutOfRange => DescribeExpiry(call.Query["X-Amz-Expires"]!),
        PresignedUrlVerificationStatus.UnknownAccessKey => UnknownAccessKey(AccessKeyId(call.Query)),
        PresignedUrlVerificationStatus.NotYetValid => new LocalS3Error(403, "AccessDenied", "Request is not yet valid", ("X-Amz-Date", call.Query["X-Amz-Date"]!), ("ServerTime", Time(call.Now)))
            .Because($"The URL was signed at {call.Query["X-Amz-Date"]}, but the endpoint's clock is {call.Now.UtcDateTime:u}. Correct the clocks, or set LocalS3Options.TimeProvider."),
        PresignedUrlVerificationStatus.Expired => Expired(call),
        PresignedUrlVerificationStatus.UnsignedHeader => UnsignedHeaders(result.UnsignedHeaders),
        PresignedUrlVerificationStatus.DuplicateParameter => Duplicate(call.Query),
        PresignedUrlVerificationStatus.ConflictingAuthorization => Conflict(call),
        PresignedUrlVerificationStatus.WrongSessionToken => new LocalS3Error(400, "InvalidToken", "The provided token is malformed or otherwise invalid.")
            .Because("X-Amz-Security-Token differs from LocalS3Options.SessionToken, or only one of the two is set."),
        PresignedUrlVerificationStatus.ExpiredCredentials => new LocalS3Error(400, "ExpiredToken", "The provided token has expired."),
        _ => SignatureMismatch(call, method, headers),
    };

    private static LocalS3Error NotPresigned(S3Call call) =>
        call.Request.Headers.Authorization.Count > 0 ? S3Errors.HeaderNotImplemented("Authorization", "requests that are signed in the Authorization header. Send a presigned URL")
        : call.Query.Parameters.Any(parameter => IsSignatureParameter(parameter.Key.ToLowerInvariant())) ? Incomplete(call.Query)
        : call.Query.Parameters.Any(parameter => parameter.Key.StartsWith("response-", StringComparison.Ordinal))
            ? S3Errors.InvalidRequest("Request specific response headers cannot be used for anonymous GET requests.").Because("The request is not signed. Send the whole presigned URL.")
        : S3Errors.AccessDenied.Because("The request is not signed: neither the query nor a form contains a signature. Send the whole presigned URL.");

    private static LocalS3Error UnsupportedAlgorithm(S3Call call) => call.Query["X-Amz-Algorithm"] switch
    {
        null => S3Errors.NotImplemented("Signature Version 2 (AWSAccessKeyId, Expires, Signature)"),
        "AWS4-ECDSA-P256-SHA256" => S3Errors.NotImplemented("Signature Version 4a (AWS4-ECDSA-P256-SHA256)"),
        { } other => InvalidParameter("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"").Because($"X-Amz-Algorithm is '{other}'."),
    };

    private LocalS3Error? DescribeParameters(S3Query query)
    {
        if (Required.Any(name => string.IsNullOrEmpty(query[name])))
        {
            return Incomplete(query);
        }

        string credential = query["X-Amz-Credential"]!;
        string date = query["X-Amz-Date"]!;
        string[] scope = credential.Split('/');
        if (scope.Length < 5 || scope[^4].Length != 8 || !scope[^4].All(char.IsAsciiDigit))
        {
            return InvalidParameter("Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
        }

        if (scope[^1] != "aws4_request")
        {
            return InvalidParameter($"Error parsing the X-Amz-Credential parameter; incorrect terminal \"{scope[^1]}\". This endpoint uses \"aws4_request\".");
        }

        if (!DateTime.TryParseExact(date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            return InvalidParameter("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
        }

        if (!long.TryParse(query["X-Amz-Expires"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        {
            return InvalidParameter("X-Amz-Expires should be a number");
        }

        if (scope[^2] != "s3")
        {
            return InvalidParameter($"Error parsing the X-Amz-Credential parameter; incorrect service \"{scope[^2]}\". This endpoint belongs to \"s3\".");
        }

        if (scope[^3] != store.Region)
        {
            LocalS3Error error = new(400, "AuthorizationQueryParametersError", $"Error parsing the X-Amz-Credential parameter; the region '{scope[^3]}' is wrong; expecting '{store.Region}'", ("Region", store.Region));
            return error.Because("Set PresignerOptions.Region and LocalS3Options.Region to the same value.");
        }

        return !date.StartsWith(scope[^4], StringComparison.Ordinal)
            ? InvalidParameter($"Error parsing the X-Amz-Credential parameter; incorrect date \"{scope[^4]}\". This date must match X-Amz-Date: \"{date[..8]}\".")
            : query["X-Amz-Signature"]!.Length != 64 || !query["X-Amz-Signature"]!.All(char.IsAsciiHexDigitLower)
                ? SignatureError(query, []).Because("X-Amz-Signature does not consist of 64 lowercase hexadecimal digits, so the URL was truncated or changed.")
            : !query["X-Amz-SignedHeaders"]!.Split(';').Contains("host") ? UnsignedHeaders(["host"])
            : null;
    }

    private static LocalS3Error DescribeExpiry(string text) => InvalidParameter(
        text.StartsWith('-') ? "X-Amz-Expires must be non-negative"
        : text.Trim('0').Length == 0 ? "X-Amz-Expires must be at least 1 second"
        : "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds");

    private static LocalS3Error Incomplete(S3Query query)
    {
        string[] missing = [.. Required.Where(name => string.IsNullOrEmpty(query[name]))];
        return InvalidParameter("Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.")
            .Because(missing.Length == 0 ? "The name of a parameter has the wrong letter case." : $"The URL does not contain {string.Join(", ", missing)}. Send the whole presigned URL.");
    }

    private static LocalS3Error Expired(S3Call call)
    {
        DateTimeOffset signedAt = DateTimeOffset.ParseExact(call.Query["X-Amz-Date"]!, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        string seconds = call.Query["X-Amz-Expires"]!;
        DateTimeOffset end = signedAt.AddSeconds(int.Parse(seconds, CultureInfo.InvariantCulture));
        return new LocalS3Error(403, "AccessDenied", "Request has expired", ("X-Amz-Expires", seconds), ("Expires", Time(end)), ("ServerTime", Time(call.Now)))
            .Because($"The URL expired at {end.UtcDateTime:u}, and the endpoint's clock is {call.Now.UtcDateTime:u}.");
    }

    private static LocalS3Error UnsignedHeaders(IReadOnlyList<string> names) =>
        new LocalS3Error(403, "AccessDenied", "There were headers present in the request which were not signed", ("HeadersNotSigned", string.Join(", ", names)))
            .Because($"The URL does not sign {string.Join(", ", names)}. Presign the operation with the same headers, or do not send them.");

    public static LocalS3Error UnknownAccessKey(string accessKeyId) =>
        new LocalS3Error(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", ("AWSAccessKeyId", accessKeyId))
            .Because($"The request was signed with the access key ID '{accessKeyId}', which is not LocalS3Options.AccessKeyId.");

    private static LocalS3Error Duplicate(S3Query query)
    {
        string name = query.Parameters.GroupBy(parameter => parameter.Key, StringComparer.OrdinalIgnoreCase).First(group => group.Count() > 1 || IsInWrongCase(group.Key)).Key;
        return IsSignatureParameter(name.ToLowerInvariant())
            ? InvalidParameter("Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.")
                .Because($"The parameter '{name}' is repeated or in the wrong letter case.")
            : SignatureError(query, []).Because($"The parameter '{name}' is repeated. Stores reject URLs with a repeated parameter.");
    }

    private static bool IsInWrongCase(string name) => IsSignatureParameter(name.ToLowerInvariant()) && !Required.Contains(name) && name != "X-Amz-Security-Token";

    public static LocalS3Error Conflict(S3Call call) => S3Errors.InvalidArgument(
            "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified",
            "Authorization", PresignedUrlInfo.Redact("Authorization: " + call.Request.Headers.Authorization.ToString())["Authorization: ".Length..])
        .Because("The request contains an Authorization header in addition to the signature in the query. An HTTP client that is configured for an API often adds the header. Use a different client for presigned URLs.");

    private LocalS3Error SignatureMismatch(S3Call call, HttpMethod method, KeyValuePair<string, string>[] headers)
    {
        string url = "http://" + call.Host + call.Target.Raw;
        List<(string, string)> details = [];
        string? cause = FindMissingHeaders(call, headers);
        try
        {
            // Clients may send x-amz-content-sha256 without signing it, but SignatureExplanation rejects unsigned x-amz-* headers.
            string signed = ";" + call.Query["X-Amz-SignedHeaders"] + ";";
            KeyValuePair<string, string>[] relevant = [.. headers.Where(header => !header.Key.Equals("x-amz-content-sha256", StringComparison.OrdinalIgnoreCase) || signed.Contains(";x-amz-content-sha256;", StringComparison.OrdinalIgnoreCase))];
            SignatureExplanation explanation = SignatureExplanation.Of(method, call.Target.Raw.StartsWith('/') ? url : call.Target.Raw, relevant);
            details.Add(("StringToSign", explanation.StringToSign));
            details.Add(("SignatureProvided", call.Query["X-Amz-Signature"]!));
            details.Add(("StringToSignBytes", Bytes(explanation.StringToSign)));
            details.Add(("CanonicalRequest", explanation.CanonicalRequest));
            details.Add(("CanonicalRequestBytes", Bytes(explanation.CanonicalRequest)));

            // If the signed URL is not known, only a different method or an appended parameter can be proven.
            cause = memory.Find(call.Query["X-Amz-Signature"]!) is { } presigned
                ? Describe(SignatureComparison.Of(presigned, method, url, headers))
                : cause ?? explanation.CompareWith("<Error><Code>SignatureDoesNotMatch</Code></Error>", store.Credentials).Cause;
        }
        catch (ArgumentException)
        {
            // The request cannot be explained, for example because a signed header was not sent.
        }

        LocalS3Error error = SignatureError(call.Query, details);
        return cause is null ? error : error.Because(cause);
    }

    private static string Describe(SignatureComparison comparison)
    {
        (string? signed, string? received) = (comparison.Ours, comparison.Theirs);
        if (comparison.Difference == SignatureDifference.ParameterValue && signed is not null && received is not null)
        {
            // Both values are whole queries. Only the parameters that differ are shown.
            string[] ours = signed.Split('&'), theirs = received.Split('&');
            (signed, received) = (Uri.UnescapeDataString(string.Join('&', ours.Except(theirs))), Uri.UnescapeDataString(string.Join('&', theirs.Except(ours))));
        }

        return signed is null && received is null ? comparison.Cause : $"{comparison.Cause} Signed: {signed ?? "nothing"}. Received: {received ?? "nothing"}.";
    }

    private static string? FindMissingHeaders(S3Call call, KeyValuePair<string, string>[] headers)
    {
        string[] missing = [.. call.Query["X-Amz-SignedHeaders"]!.Split(';').Where(name => name != "host" && !headers.Any(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)))];
        return missing.Length > 0 ? $"The request does not contain the signed headers {string.Join(", ", missing)}. Send every header in PresignedUrl.RequiredHeaders unchanged." : null;
    }

    private static LocalS3Error SignatureError(S3Query query, IReadOnlyList<(string, string)> details) => new(
        403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
        [("AWSAccessKeyId", AccessKeyId(query)), .. details]);

    private static LocalS3Error InvalidParameter(string message) => new(400, "AuthorizationQueryParametersError", message);

    private static string AccessKeyId(S3Query query) => query["X-Amz-Credential"] is { } credential && credential.Split('/') is { Length: >= 5 } parts ? string.Join('/', parts[..^4]) : "";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Bytes(string text) => string.Join(' ', Encoding.UTF8.GetBytes(text).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
}
