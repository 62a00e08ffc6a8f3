namespace PresignKit;

/// <summary>Why a URL is not signed again, in words. Nothing of its signature or its token is in them.</summary>
internal static class ResignRefusal
{
    /// <summary>What a verification says to somebody who wants the URL signed again.</summary>
    public static string Because(PresignVerification verification, SignedPart url, S3Credentials credentials) => verification switch
    {
        PresignVerification.NotPresigned =>
            "The URL holds no signature, and Resign only signs again what was signed before. Presign an operation instead.",
        PresignVerification.UnsupportedAlgorithm =>
            "The URL is signed in another way than AWS4-HMAC-SHA256 (SigV2, SigV4a), which cannot be verified here. Presign an operation instead.",
        PresignVerification.UnknownAccessKey =>
            $"The URL is signed with another access key than this presigner's, '{credentials.AccessKeyId}'. Use the presigner that has signed it.",
        PresignVerification.WrongSessionToken =>
            "The URL holds another session token than this presigner's credentials, or only one of them has any. It is from other temporary credentials; presign the operation anew.",
        PresignVerification.Expired =>
            "The URL has expired. Set AcceptExpired and ExpiresIn where whoever asks may have a new one; or presign the operation anew.",
        PresignVerification.NotYetValid =>
            "The URL is signed at an instant that is more than 15 minutes ahead. Compare the clocks of the two machines.",
        PresignVerification.MissingSignedHeader =>
            "The URL signs headers whose values are missing, or its signature does not fit. Give the values in Headers: those of RequiredHeaders when it was made.",
        PresignVerification.UnsignedHeader =>
            "One of the Headers is an x-amz-* header that the URL does not sign. Give those that it signs, and no others.",
        PresignVerification.DuplicateParameter =>
            "The URL has a query parameter twice; stores answer 403 to it. " + Remedy(url),
        PresignVerification.SignatureMismatch =>
            "The URL's signature does not fit: it was changed after signing, is meant for another method or other header values, or was signed with another secret key. " + Remedy(url),
        PresignVerification.WrongScope => "The URL is signed for another service than s3, or its scope names another day than that of signing.",
        PresignVerification.ExpiryOutOfRange => "The URL's X-Amz-Expires is not from 1 to 604800 seconds; no store takes it. Presign the operation anew.",
        PresignVerification.ConflictingAuthorization => "An Authorization header is no signed header of a presigned URL. Leave it out of Headers.",
        PresignVerification.ExpiredCredentials => $"The credentials of '{credentials.AccessKeyId}' have expired. Renew them.",
        _ => "The URL cannot be read: it is no absolute http or https URL with a whole signature, an escape in it is broken, or Headers name another host.",
    };

    /// <summary>What is wrong with a URL of another bucket than the presigner's own.</summary>
    public static string? FindOtherBucket(PresignedUrlInfo url, PresignerSettings settings) => settings.Bucket is null || url.Bucket == settings.Bucket ? null :
        $"The URL at '{Printable.Text(url.Host)}' leads to {(url.Bucket is null ? "no bucket that can be told" : $"the bucket '{Printable.Text(url.Bucket)}'")}, and this presigner signs again for '{settings.Bucket}' only. Use the presigner of that bucket.";

    /// <summary>What is wrong with a URL that has nothing left for a new one.</summary>
    public static string? FindNoTimeLeft(TimeSpan remaining) => remaining >= TimeSpan.FromSeconds(1) ? null :
        "The URL has expired, or ends within a second, and has nothing left that the new one could have. Set ExpiresIn as well.";

    /// <summary>What is wrong with a URL of another host, and with one that locks more than the new one. One of the endpoint's own may be in the other style.</summary>
    public static string? FindOtherPlace(string newUrl, PresignedUrlInfo old, S3Endpoint endpoint)
    {
        if (!PresignedUrlInfo.TryParse(newUrl, endpoint, out PresignedUrlInfo? now) || !old.LeadsWhere(now, endpoint))
        {
            return $"The URL is for the host '{Printable.Text(old.Host)}' or for a path there that this presigner, which signs for {endpoint}, has no bucket and key for. Use a presigner with that endpoint.";
        }

        string? missing = old.SignedHeaders.FirstOrDefault(name => !now.SignedHeaders.Contains(name));
        return missing is null ? null :
            $"The URL locks the header '{Printable.Text(missing)}' against whoever holds it, and the new one would not. Use a presigner with the same locks.";
    }

    private static string Remedy(SignedPart url) => url.Foreign.Count == 0
        ? "Take the URL as it was made."
        : $"Behind the signature stand: {string.Join(", ", url.Foreign.Select(name => $"'{Printable.Text(name)}'"))}. If you trust whoever appended them, name them in AcceptAppended.";
}
