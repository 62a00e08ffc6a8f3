namespace PresignKit.LocalS3;

/// <summary>The responses to forms that are not valid.</summary>
internal static class FormErrors
{
    // AWS reports some fields in this letter case.
    private static readonly string[] Names = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Signature", "X-Amz-Security-Token"];

    public static LocalS3Error Describe(PresignedPostVerificationResult result, IReadOnlyList<KeyValuePair<string, string>> fields, string region) => result.Status switch
    {
        PresignedPostVerificationStatus.NotSigned => S3Errors.AccessDenied.Because("The form does not contain a policy, so it is not signed. Send all fields of PresignedPost.Fields before the file."),
        PresignedPostVerificationStatus.MissingField => Missing(result.Field ?? "file"),
        PresignedPostVerificationStatus.DuplicateField => S3Errors.InvalidArgument("POST requires exactly one value per field.", result.Field ?? "", Value(fields, result.Field))
            .Because($"The form contains the field '{result.Field}' more than once."),
        PresignedPostVerificationStatus.UnsupportedAlgorithm => Value(fields, "x-amz-algorithm") is { Length: > 0 } algorithm && algorithm != "AWS4-ECDSA-P256-SHA256"
            ? S3Errors.InvalidArgument("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"", "X-Amz-Algorithm", algorithm)
            : S3Errors.NotImplemented("forms that are signed with Signature Version 2 or 4a"),
        PresignedPostVerificationStatus.UnknownAccessKey => QueryAuthentication.UnknownAccessKey(result.AccessKeyId ?? ""),
        PresignedPostVerificationStatus.WrongScope => S3Errors.InvalidArgument(
                $"The X-Amz-Credential form field is malformed; the scope must be YYYYMMDD/{region}/s3/aws4_request with the date of X-Amz-Date", "X-Amz-Credential", Value(fields, "x-amz-credential"))
            .Because($"The endpoint's region is '{region}'. Set PresignerOptions.Region and LocalS3Options.Region to the same value."),
        PresignedPostVerificationStatus.NotYetValid => new LocalS3Error(403, "AccessDenied", "Request is not yet valid").Because("The signing time is ahead of the endpoint's clock. Set LocalS3Options.TimeProvider."),
        PresignedPostVerificationStatus.MalformedPolicy => new LocalS3Error(400, "InvalidPolicyDocument", "Invalid Policy: " + PolicyMessage(result.Problem)),
        PresignedPostVerificationStatus.Expired => new LocalS3Error(403, "AccessDenied", "Invalid according to Policy: Policy expired.").Because($"The policy expired at {result.ExpiresAt:u}."),
        PresignedPostVerificationStatus.ConditionFailed => new LocalS3Error(403, "AccessDenied", "Invalid according to Policy: Policy Condition failed: " + result.Condition),
        PresignedPostVerificationStatus.FieldNotInPolicy => new LocalS3Error(403, "AccessDenied", "Invalid according to Policy: Extra input fields: " + result.Field)
            .Because($"The policy does not contain a condition for the field '{result.Field}'. Add the condition, or do not send the field."),
        PresignedPostVerificationStatus.WrongSessionToken => new LocalS3Error(400, "InvalidToken", "The provided token is malformed or otherwise invalid."),
        PresignedPostVerificationStatus.ExpiredCredentials => new LocalS3Error(400, "ExpiredToken", "The provided token has expired."),
        PresignedPostVerificationStatus.SignatureMismatch => new LocalS3Error(
                403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
                ("AWSAccessKeyId", result.AccessKeyId ?? ""), ("StringToSign", Value(fields, "policy")), ("SignatureProvided", Value(fields, "x-amz-signature")))
            .Because("The policy or the signature was changed, or a different secret access key was used. Send the fields of PresignedPost.Fields unchanged."),
        _ => S3Errors.InvalidArgument(result.Problem ?? "The form is malformed.", result.Field ?? "", Value(fields, result.Field)),
    };

    public static LocalS3Error Missing(string field)
    {
        string name = Array.Find(Names, known => known.Equals(field, StringComparison.OrdinalIgnoreCase)) ?? field;
        return S3Errors.InvalidArgument($"Bucket POST must contain a field named '{name}'.  If it is specified, please check the order of the fields.", name, "")
            .Because($"The form does not contain the field '{name}' before the file. Fields after the file are ignored.");
    }

    private static string PolicyMessage(string? problem) =>
        problem?.Contains("exactly one property", StringComparison.Ordinal) == true ? "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified." : problem ?? "Invalid JSON.";

    private static string Value(IReadOnlyList<KeyValuePair<string, string>> fields, string? name) =>
        fields.FirstOrDefault(field => field.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? "";
}
