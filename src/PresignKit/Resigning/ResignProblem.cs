namespace PresignKit;

/// <summary>The messages for URLs that are not signed again, which contain neither a signature nor a session token.</summary>
internal static class ResignProblem
{
    public const string NoTimeLeft = "The URL has expired or expires within a second, so that no lifetime remains for the new one. Set ExpiresIn as well.";

    public static string Of(PresignedUrlVerificationStatus status, string url, IReadOnlyCollection<string> acceptedNames, S3Credentials credentials) => status switch
    {
        PresignedUrlVerificationStatus.NotPresigned =>
            UrlProblem.FindDamage(url) ?? "The URL does not contain a signature, and Resign signs only URLs that were signed before. Presign an operation instead.",
        PresignedUrlVerificationStatus.UnsupportedAlgorithm =>
            "The URL is not signed with AWS4-HMAC-SHA256, and other signatures, such as those of SigV2 and SigV4a, cannot be verified here. Presign an operation instead.",
        PresignedUrlVerificationStatus.UnknownAccessKey =>
            $"The URL is signed with a different access key than this presigner's, '{credentials.AccessKeyId}'. Use the presigner that signed it.",
        PresignedUrlVerificationStatus.WrongSessionToken =>
            "The URL and this presigner's credentials have different session tokens, or only one of them has one, so the URL comes from different temporary credentials. Presign the operation again.",
        PresignedUrlVerificationStatus.Expired =>
            "The URL has expired. If the caller may have a new one, set AcceptExpired and ExpiresIn, or presign the operation again.",
        PresignedUrlVerificationStatus.NotYetValid =>
            "The URL is signed at an instant more than 15 minutes in the future. Compare the clocks of the two machines.",
        PresignedUrlVerificationStatus.MissingSignedHeader =>
            "The URL signs headers whose values are missing, or its signature is wrong. Set Headers to the RequiredHeaders of the URL when it was created.",
        PresignedUrlVerificationStatus.UnsignedHeader =>
            "Headers contains an x-amz-* header that the URL does not sign. Set only the headers that it signs.",
        PresignedUrlVerificationStatus.DuplicateParameter =>
            "The URL contains a query parameter twice, or one of the signature's parameters in different letter case, and stores respond with 403. " + RemedyFor(url, acceptedNames),
        PresignedUrlVerificationStatus.SignatureMismatch =>
            UrlProblem.FindInSignature(url) ?? "The URL's signature is wrong: the URL was changed after signing, is for a different method or different header values, or was signed with a different secret access key. " + RemedyFor(url, acceptedNames),
        PresignedUrlVerificationStatus.WrongScope =>
            "The URL's credential scope is for a different service than s3, or for a different day than that of signing. Presign the operation again.",
        PresignedUrlVerificationStatus.ExpiryOutOfRange => "The URL's X-Amz-Expires is out of the range that the store accepts. Presign the operation again.",
        PresignedUrlVerificationStatus.ConflictingAuthorization => "Headers contains an Authorization header, which a presigned URL cannot sign. Leave it out.",
        PresignedUrlVerificationStatus.ExpiredCredentials => $"The credentials for '{credentials.AccessKeyId}' have expired. Renew them.",
        _ => UrlProblem.Find(url) is { } problem ? "The URL cannot be read. " + problem : "The URL cannot be read: it is not an absolute http or https URL with a complete signature, an escape in it is broken, or Headers contains a different host. Use the URL as it was created.",
    };

    public static string OtherBucket(PresignedUrlInfo url, string bucket) =>
        $"The URL with the host '{Printable.Text(url.Host)}' is for {(url.Bucket is null ? "an unknown bucket" : $"the bucket '{Printable.Text(url.Bucket)}'")}, but this presigner signs for '{bucket}' only. Use the presigner of that bucket.";

    public static string OtherPlace(PresignedUrlInfo url, S3Endpoint endpoint) =>
        $"The URL's host '{Printable.Text(url.Host)}' or its path does not belong to {endpoint}, for which this presigner signs. Use a presigner with the URL's endpoint.";

    public static string OtherRegion(PresignedUrlInfo url, string region) =>
        $"The URL is signed for the region '{Printable.Text(url.Region!)}', but this presigner signs for '{region}'. Use a presigner with the URL's region.";

    public static string UnlockedHeader(string name) =>
        $"The URL locks the header '{Printable.Text(name)}' against its holder, and the new URL would not. Use a presigner with LockUnsignedHeaders.";

    private static string RemedyFor(string url, IReadOnlyCollection<string> acceptedNames)
    {
        HashSet<string> accepted = new(acceptedNames, StringComparer.Ordinal);
        List<string> names = NamesAfterSignature(url).FindAll(name => !accepted.Contains(name));
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
