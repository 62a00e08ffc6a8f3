using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.DocsTests;

/// <summary>The steps of docs/how-signing-works.md, with AWS's documented example.</summary>
public class SigningTests
{
    private const string CanonicalRequest = """
        GET
        /test.txt
        X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host
        host:examplebucket.s3.amazonaws.com

        host
        UNSIGNED-PAYLOAD
        """;

    private const string StringToSign = """
        AWS4-HMAC-SHA256
        20130524T000000Z
        20130524/us-east-1/s3/aws4_request
        3bfa292879f6447bbcda7001decf97f4a54dc650c8942174ae0a9121cf58ad04
        """;

    private const string SecretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    [Fact]
    public void Steps_OfTheExample_AreThoseOfThePage()
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero));

        S3Presigner presigner = new(new PresignerOptions
        {
            Endpoint = "https://s3.amazonaws.com",
            Bucket = "examplebucket",
            AccessKeyId = "AKIAIOSFODNN7EXAMPLE",
            SecretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        }, clock);
        GetObject operation = new("test.txt") { ExpiresIn = TimeSpan.FromDays(1) };

        SignatureExplanation explanation = presigner.Explain(operation);
        string canonicalRequest = explanation.CanonicalRequest;
        string stringToSign = explanation.StringToSign;
        string url = presigner.Presign(operation).Url;

        canonicalRequest.Should().Be(CanonicalRequest);
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest))).Should().Be(StringToSign.Split('\n')[3]);
        stringToSign.Should().Be(StringToSign);
        Example.Wrapped(url).ShouldBeShownAs("""
            https://examplebucket.s3.amazonaws.com/test.txt
              ?X-Amz-Algorithm=AWS4-HMAC-SHA256
              &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request
              &X-Amz-Date=20130524T000000Z
              &X-Amz-Expires=86400
              &X-Amz-SignedHeaders=host
              &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404
            """);
    }

    [Fact]
    public void Key_OfTheExample_IsTheSameOnThePageAndInTheLibrary()
    {
        CredentialScope scope = new(new DateTime(2013, 5, 24, 0, 0, 0, DateTimeKind.Utc), "us-east-1", "s3");

        byte[] key = Encoding.UTF8.GetBytes("AWS4" + "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        foreach (string part in (string[])["20130524", "us-east-1", "s3", "aws4_request"])
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        byte[] signature = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(StringToSign));

        Convert.ToHexStringLower(key).ShouldBeShownAs("""
            dbb893acc010964918f1fd433add87c70e8b0db6be30c1fbeafefa5ec6ba8378
            """);
        Convert.ToHexStringLower(signature).Should().Be("""
            aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404
            """);
        SigningKey.DeriveBytes(SecretAccessKey, scope).Should().Equal(key);
        byte[] ours = new byte[32];
        SigningKey.Derive(SecretAccessKey, scope).SignText(Encoding.UTF8.GetBytes(StringToSign), ours);
        ours.Should().Equal(signature);
    }
}
