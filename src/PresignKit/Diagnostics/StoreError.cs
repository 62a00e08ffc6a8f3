namespace PresignKit;

/// <summary>Describes store errors other than a wrong signature, in the store's own words and with a remedy.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">Error responses</see>.</remarks>
internal static class StoreError
{
    private const int MaxWords = 400;

    // The elements that stores use to explain an error. Other elements, such as SignatureProvided and Token-0, can contain secrets.
    private static readonly string[] Details =
    [
        "Details", "additionalMessage", "Expires", "ServerTime", "RequestTime", "MaxAllowedSkewMilliseconds", "HeadersNotSigned", "Region", "Endpoint", "Header", "MissingHeaderName", "ArgumentName",
        "ArgumentValue", "Condition", "BucketName", "Bucket", "Key", "Method", "ResourceType", "ProposedSize", "MinSizeAllowed", "MaxSizeAllowed", "StorageClass", "TagKey", "AWSAccessKeyId",
    ];

    private static readonly string[] SecretArguments = ["authorization", "customer-key", "token", "signature", "credential", "policy", "secret", "password"];

    /// <summary>Describes an error other than a wrong signature, or returns <c>null</c> if there is none.</summary>
    /// <param name="response">The response.</param>
    /// <param name="secrets">The request's secrets, which the response may repeat.</param>
    /// <param name="expiresAt">The instant at which the URL expires, or <c>null</c> if the URL that the store rejected is unknown.</param>
    public static string? Describe(ErrorResponse response, IReadOnlyCollection<string> secrets, DateTimeOffset? expiresAt)
    {
        if (response.Code is not { Length: > 0 } code || code == "SignatureDoesNotMatch")
        {
            return null;
        }

        string message = Words(response.Message);
        List<string> details = [.. Details.Select(Detail).Where(detail => detail.Length > 0)];
        return $"The store responded with '{Printable.Text(code)}'{(message.Length == 0 ? "" : $" and the message '{message}'")}{(details.Count == 0 ? "" : $" ({string.Join(", ", details)})")}. "
            + Remedy(code, response.Message ?? "", Words, response, expiresAt);

        string Words(string? text) => text is null ? "" : Printable.Text(SecretMask.InWords(text.Trim(), secrets), MaxWords).TrimEnd('.');

        string Detail(string name) =>
            Words(response.Find(name)) is not { Length: > 0 } value ? ""
            : name == "ArgumentValue" && IsSecretArgument(response.Find("ArgumentName")) ? "ArgumentValue '***'"
            : $"{name} '{value}'";
    }

    private static string Remedy(string code, string message, Func<string?, string> words, ErrorResponse response, DateTimeOffset? expiresAt)
    {
        if (words(response.Find("HeadersNotSigned")) is { Length: > 0 } unsigned)
        {
            return $"The client, or a proxy, sends '{unsigned}', which the URL does not sign. Presign the operation with these headers, or do not send them.";
        }

        if (words(response.Find("Endpoint")) is { Length: > 0 } endpoint)
        {
            return $"The bucket is at '{endpoint}'. Presign with that endpoint and its region, because the host is signed and a redirect cannot be followed.";
        }

        if (IsExpired(code, message, response))
        {
            return "The URL has expired by the store's clock. Presign the operation again, or use Resign with ExpiresIn.";
        }

        // MinIO includes its region in every error response, so the region is a clue only if the error is about a region.
        bool isAboutRegion = code.StartsWith("Authorization", StringComparison.Ordinal) || code.Contains("Region") || code.Contains("Redirect") || code.Contains("Location");
        if (words(Expected(message) ?? (isAboutRegion ? response.Find("Region") : null)) is { Length: > 0 } region)
        {
            return $"The store expects the region '{region}'. Presign with that region.";
        }

        return code switch
        {
            "AccessDenied" when message.Contains("Policy Condition", StringComparison.OrdinalIgnoreCase) || message.Contains("according to Policy", StringComparison.OrdinalIgnoreCase) =>
                "The form was sent with a field that its policy does not allow. Send the fields of PresignedPost unchanged, and the file last.",
            "AccessDenied" or "AllAccessDisabled" or "Forbidden" =>
                $"The URL may have expired{(expiresAt is { } end ? FormattableString.Invariant($", because it is valid until {end.UtcDateTime:u}") : "")}, or the access key may lack permission for this operation. Compare the clocks, and check the policy of the access key.",
            "RequestTimeTooSkewed" => $"The signer's clock differs from the store's by more than {Skew(response)} minutes. Correct the clock.",
            "InvalidAccessKeyId" => "The store does not know the access key ID. Check the access key ID and the endpoint.",
            "ExpiredToken" or "InvalidToken" or "TokenRefreshRequired" => "The session token has expired or belongs to different credentials. Renew the credentials.",
            "AuthorizationQueryParametersError" or "AuthorizationHeaderMalformed" =>
                "The store rejected a parameter of the signature, usually because of a wrong region or a truncated URL. Check that the URL is complete and that its region and service match the store's.",
            "NotImplemented" when words(response.Find("Header")) is { Length: > 0 } header => $"The store does not support the header '{header}'. Presign the operation without it.",
            "NotImplemented" or "MethodNotAllowed" => "The store does not support the request. Use an operation that it supports.",
            "InvalidArgument" when (response.Find("ArgumentName") ?? message).Contains("Authorization", StringComparison.OrdinalIgnoreCase) || message.Contains("auth mechanism", StringComparison.OrdinalIgnoreCase) =>
                "The request has an Authorization header in addition to the signature in the URL. Send it without that header.",
            "InvalidArgument" when words(response.Find("ArgumentName")) is { Length: > 0 } name => $"The signature is not the cause. Correct the value of '{name}'.",
            "MissingContentLength" => "The body was sent in chunks. Send content whose length is known.",
            "NoSuchBucket" or "NoSuchKey" => "The signature is not the cause. Check the bucket and the key in the URL, and that the bucket does not appear in both the host and the path.",
            "BadDigest" or "InvalidDigest" or "XAmzContentSHA256Mismatch" => "The body does not have the signed checksum. Presign the operation with the checksum of the body that is sent.",
            "EntityTooLarge" or "EntityTooSmall" => "The body is larger or smaller than the store or the policy allows. Send a body within these limits.",
            "SlowDown" or "InternalError" or "ServiceUnavailable" or "RequestTimeout" => "The store could not process the request. Send it again later.",
            _ => "The signature is not the cause. Look up the error code in the store's documentation.",
        };
    }

    private static bool IsExpired(string code, string message, ErrorResponse response) =>
        code == "ExpiredRequest"
        || (code is "AccessDenied" or "RequestExpired" or "InvalidRequest" && message.Contains("expired", StringComparison.OrdinalIgnoreCase) && !message.Contains("token", StringComparison.OrdinalIgnoreCase))
        || (code == "AccessDenied" && response.Find("Expires") is not null && response.Find("ServerTime") is not null);

    // Example: the region 'us-east-1' is wrong; expecting 'eu-west-1'
    private static string? Expected(string message)
    {
        const string before = "expecting '";
        int start = message.IndexOf(before, StringComparison.Ordinal) + before.Length;
        int end = start < before.Length ? -1 : message.IndexOf('\'', start);
        return end < 0 ? null : message[start..end];
    }

    private static string Skew(ErrorResponse response) =>
        int.TryParse(response.Find("MaxAllowedSkewMilliseconds"), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int milliseconds) && milliseconds >= 60_000
            ? InvariantText.Number(milliseconds / 60_000)!
            : "15";

    private static bool IsSecretArgument(string? name) => name is not null && Array.Exists(SecretArguments, part => name.Contains(part, StringComparison.OrdinalIgnoreCase));
}
