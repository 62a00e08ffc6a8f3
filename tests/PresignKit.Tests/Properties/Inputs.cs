using CsCheck;

namespace PresignKit.Tests;

/// <summary>Generators of the requests for the property tests. Unusual requests are more frequent than in uniformly random input.</summary>
internal static class Inputs
{
    private static readonly Gen<string> Fragment = Gen.Frequency(
        (30, Gen.OneOfConst([.. "/.+%&=?#;:@ \t\n~*'()\"\\aZ09éß日\u2028\uFFFD\uE000".Select(c => c.ToString()), "🙂", "%2F", "..", "X-Amz-", "response-"])),
        (1, Gen.Char.Select(c => c.ToString())));

    public static readonly Gen<string> Text = Fragment.Array[0, 30].Select(string.Concat);

    public static readonly Gen<string> HeaderName = Gen.OneOf(
        Gen.OneOfConst("content-type", "X-Amz-Meta-A", "x-amz-meta-a-b", "x-amz-meta-a_b", "Cache-Control", "x-amz-acl", "content-length", "zz", "a"),
        Gen.String[Gen.Char.AlphaNumeric, 1, 8]);

    public static readonly Gen<string> HeaderValue = Gen.String[Gen.OneOf(Gen.Char[' ', '~'], Gen.Const(' '), Gen.Const('\t')), 0, 20];

    public static readonly Gen<string> Bucket = Gen.String[
        Gen.Frequency((20, Gen.Char['a', 'z']), (1, Gen.OneOfConst('-', '.', '_', 'A', '9'))), 2, 66];

    public static readonly Gen<S3Endpoint> Endpoint = Gen.OneOfConst(
        S3Endpoint.DigitalOceanSpaces("nyc3"),
        S3Endpoint.Aws("eu-west-1"),
        S3Endpoint.Create("http://127.0.0.1:9000", "us-east-1"),
        S3Endpoint.Create("http://[::1]:80", "us-east-1"),
        S3Endpoint.Create("http://store.example.com:8080", "us-east-1"),
        S3Endpoint.Create("https://ref.example.com/storage/v1/s 3/", "local"));

    public static readonly Gen<DateTimeOffset> Instant =
        Gen.Double[0, 36_500].Select(days => new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(days));

    public static readonly Gen<int> Seconds = Gen.Int[1, 604_800];

    /// <summary>Presigns, or returns <c>null</c> if the request is rejected with an ArgumentException. Any other exception fails the test.</summary>
    public static PresignedUrl? Try(Func<PresignedUrl> presign)
    {
        try
        {
            return presign();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
