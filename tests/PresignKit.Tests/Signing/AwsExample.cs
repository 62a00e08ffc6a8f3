namespace PresignKit.Tests;

/// <summary>
/// AWS's worked example of a presigned URL, step by step.
/// Source: "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)" in the Amazon S3 API Reference.
/// </summary>
internal static class AwsExample
{
    public const string AccessKeyId = "AKIAIOSFODNN7EXAMPLE";
    public const string SecretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    public const string Host = "examplebucket.s3.amazonaws.com";

    public const string CanonicalQuery =
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request" +
        "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host";

    public const string CanonicalRequest =
        "GET\n/test.txt\n" + CanonicalQuery + "\nhost:examplebucket.s3.amazonaws.com\n\nhost\nUNSIGNED-PAYLOAD";

    public const string StringToSign =
        "AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n" +
        "3bfa292879f6447bbcda7001decf97f4a54dc650c8942174ae0a9121cf58ad04";

    public const string Signature = "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
    public const string Url = "https://" + Host + "/test.txt?" + CanonicalQuery + "&X-Amz-Signature=" + Signature;

    public static readonly DateTime SignedAt = new(2013, 5, 24, 0, 0, 0, DateTimeKind.Utc);

    public static CredentialScope Scope { get; } = new(SignedAt, "us-east-1", "s3");

    public static SigningInput Request() => new()
    {
        Method = "GET",
        Host = new SigningHost("https://", Host),
        EncodedPathPrefix = "/",
        Path = "test.txt",
        Payload = "UNSIGNED-PAYLOAD",
        AccessKeyId = AccessKeyId,
        SignedAt = SignedAt,
        ExpiresIn = 86_400,
    };
}
