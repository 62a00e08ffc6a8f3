namespace PresignKit;

/// <summary>Error messages for URLs that cannot be re-signed.</summary>
/// <remarks>The messages contain neither a signature nor a session token.</remarks>
internal static class ResignProblem
{
    public const string NoTimeLeft = "The URL has expired or expires within a second, so no lifetime is left for the new URL. Set ExpiresIn.";

    public static string Of(PresignedUrlVerificationStatus status, string url, IReadOnlyCollection<string> acceptedNames, S3Credentials credentials) => status switch
    {
        PresignedUrlVerificationStatus.NotPresigned =>
            UrlProblem.FindDamage(url) ?? "The URL does not contain a signature, and Resign signs only URLs that were signed before. Presign an operation instead.",
        PresignedUrlVerificationStatus.UnsupportedAlgorithm =>
            "The URL is not signed with AWS4-HMAC-SHA256, and other signatures, such as those of SigV2 and SigV4a, cannot be verified here. Presign an operation instead.",
        PresignedUrlVerificationStatus.UnknownAccessKey =>
            $"The URL is not signed with the access key of this presigner ('{credentials.AccessKeyId}'). Use the presigner that signed the URL.",
        PresignedUrlVerificationStatus.WrongSessionToken =>
            "The URL and this presigner's credentials have different session tokens, or only one of them has a token. Presign the operation again.",
        PresignedUrlVerificationStatus.Expired =>
            "The URL has expired. If the caller is still allowed access, set AcceptExpired and ExpiresIn, or presign the operation again.",
        PresignedUrlVerificationStatus.NotYetValid =>
            "The URL is signed at an instant more than 15 minutes in the future. Compare the clocks of the two machines.",
        PresignedUrlVerificationStatus.MissingSignedHeader =>
            "The URL signs headers that are not in Headers, or its signature is wrong. Set Headers to the RequiredHeaders that were returned when the URL was presigned.",
        PresignedUrlVerificationStatus.UnsignedHeader =>
            "Headers contains an x-amz-* header that the URL does not sign. Set only the headers that it signs.",
        PresignedUrlVerificationStatus.DuplicateParameter =>
            FindUnnamed(url, acceptedNames) ?? "The URL contains a query parameter more than once, or one of the signature's parameters in different letter case, which stores reject with 403. " + RemedyFor(url, acceptedNames),
        PresignedUrlVerificationStatus.SignatureMismatch =>
            UrlProblem.FindInSignature(url) ?? FindUnnamed(url, acceptedNames) ?? "The URL's signature is wrong: the URL was changed after signing, is for a different method or different header values, or was signed with a different secret access key. " + RemedyFor(url, acceptedNames),
        PresignedUrlVerificationStatus.WrongScope =>
            "The URL's credential scope is for a different service than s3, or for a different day than that of signing. Presign the operation again.",
        PresignedUrlVerificationStatus.ExpiryOutOfRange => "The URL's X-Amz-Expires is out of the range that the store accepts. Presign the operation again.",
        PresignedUrlVerificationStatus.ConflictingAuthorization => "Headers contains an Authorization header, which a presigned URL cannot sign. Remove the header.",
        PresignedUrlVerificationStatus.ExpiredCredentials => $"The credentials for '{credentials.AccessKeyId}' have expired. Renew them.",
        _ => UrlProblem.Find(url) ?? "The URL cannot be read, because it is not a complete presigned http or https URL, contains an invalid percent-escape or signature parameter, or does not match the headers. Use the URL as it was created.",
    };

    public static string OtherBucket(PresignedUrlInfo url, string bucket) => url.Bucket is null
        ? $"The URL with the host '{Printable.Text(url.Host)}' is not for the bucket '{bucket}', or its path is not valid UTF-8. Use a presigner without Bucket, or the URL as it was created."
        : $"The URL with the host '{Printable.Text(url.Host)}' is for the bucket '{Printable.Text(url.Bucket)}', but this presigner signs for '{bucket}' only. Use a presigner for the bucket of the URL.";

    public static string OtherPlace(PresignedUrlInfo url, S3Endpoint endpoint) => url.Host == endpoint.Authority || (endpoint.UrlStyle != UrlStyle.BucketBoundHostname && url.Host.EndsWith("." + endpoint.Authority, StringComparison.Ordinal))
        ? $"The path of the URL is not an object or a bucket of {endpoint}, or is not valid UTF-8. Use the URL as it was created."
        : $"The URL is for the host '{Printable.Text(url.Host)}', but this presigner signs URLs for '{endpoint.Authority}'. Use a presigner with the endpoint of the URL.";

    public static string OtherRegion(PresignedUrlInfo url, string region) =>
        $"The URL is signed for the region '{Printable.Text(url.Region!)}', but this presigner signs for '{region}'. Use a presigner with the URL's region.";

    public static string UnlockedHeader(string name) =>
        $"The URL prevents its holder from sending the header '{Printable.Text(name)}', but the new URL would allow it. Use a presigner with LockUnsignedHeaders.";

    private static string? FindUnnamed(string url, IReadOnlyCollection<string> acceptedNames) => NamesAfterSignature(url).Contains("") && !acceptedNames.Contains("")
        ? "The URL contains a parameter without a name after the signature. Use the URL as it was created."
        : null;

    private static string RemedyFor(string url, IReadOnlyCollection<string> acceptedNames)
    {
        // SigV4 parameters are rejected even if AcceptAppended contains them, so they are never suggested.
        HashSet<string> accepted = new(acceptedNames, StringComparer.Ordinal);
        List<string> names = NamesAfterSignature(url).FindAll(name => !accepted.Contains(name) && !ParameterRules.IsOwn(name));
        return names.Count == 0
            ? "Use the URL as it was created."
            : $"It has parameters after the signature: {Printable.List(names)}. If you trust their origin, add their names to AcceptAppended.";
    }

    private static List<string> NamesAfterSignature(string url)
    {
        ReceivedQuery query = default;
        try
        {
            return UrlParts.TrySplit(url, out UrlParts parts) && ReceivedQuery.TryRead(parts.Query, out query) && query.IndexOf("X-Amz-Signature"u8) is >= 0 and int signature
                ? query.NamesAfter(signature).ConvertAll(name => PercentEncoding.DecodeReceivedComponent(name.AsSpan()) ?? "(not UTF-8)")
                : [];
        }
        finally
        {
            query.Dispose();
        }
    }
}
