using System.Text;

namespace PresignKit.Tests;

/// <summary>Each step of the signature against AWS's worked example.</summary>
public class StepTests
{
    [Fact]
    public void CanonicalQuery_AwsExample_IsThePublishedOne() =>
        Written.By((ref ByteBuffer buffer) => CanonicalQuery.Append(ref buffer, AwsExample.Request(), AwsExample.Parameters))
            .Should().Be(AwsExample.CanonicalQuery);

    [Fact]
    public void CanonicalRequest_AwsExample_IsThePublishedOne() =>
        Written.By((ref ByteBuffer buffer) => CanonicalRequest.Append(ref buffer, AwsExample.Request(), AwsExample.Parameters))
            .Should().Be(AwsExample.CanonicalRequest);

    [Fact]
    public void StringToSign_AwsExample_IsThePublishedOneAtEachInstant()
    {
        StringToSign text = new(AwsExample.Scope);
        foreach ((int seconds, string time) in new[] { (0, "000000"), (59, "000059"), (59, "000059"), (86_399, "235959"), (0, "000000") })
        {
            string signed = Encoding.UTF8.GetString(text.For(AwsExample.SignedAt.AddSeconds(seconds), Encoding.UTF8.GetBytes(AwsExample.CanonicalRequest)).ToArray());

            signed.Should().Be(AwsExample.StringToSign.Replace("T000000Z", $"T{time}Z"));
        }
    }

    [Fact]
    public void TimeDigits_InstantsInTurns_AreOfTheirSecond()
    {
        TimeDigits digits = new(start: 1);
        byte[] text = Encoding.ASCII.GetBytes("T" + TimeDigits.Zeros + "Z");
        DateTime day = new(2026, 3, 14, 0, 0, 0, DateTimeKind.Utc);
        foreach ((DateTime instant, string expected) in new[]
        {
            (default, "T000000Z"), (day, "T000000Z"), (day.AddTicks(TimeSpan.TicksPerDay - 1), "T235959Z"), (day.AddDays(1), "T000000Z"),
            (day.AddSeconds(3661).AddTicks(1), "T010101Z"), (day.AddSeconds(3661), "T010101Z"), (default, "T000000Z"),
        })
        {
            digits.Write(text, instant);

            Encoding.ASCII.GetString(text).Should().Be(expected);
        }
    }

    [Fact]
    public void SigningKey_TwoSignersAtATime_AreTwo()
    {
        SigningKey key = SigningKey.Derive(AwsExample.SecretAccessKey, AwsExample.Scope);
        Signer first = key.Rent();
        Signer second = key.Rent();
        byte[] signature = new byte[Signer.SignatureSize];

        second.Should().NotBeSameAs(first);
        key.Return(first);
        key.Return(second);
        key.Rent().Should().BeSameAs(first, "the slot was free for it, and not for the second one");
        key.Rent().Sign(Encoding.UTF8.GetBytes(AwsExample.StringToSign), signature);
        Written.Hex(signature).Should().Be(AwsExample.Signature);
        FluentActions.Invoking(() => second.Sign([1], new byte[Signer.SignatureSize])).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void CredentialScope_Timestamp_IsOfItsDay() =>
        AwsExample.Scope.Timestamp(new DateTime(2013, 5, 24, 9, 8, 7, DateTimeKind.Utc)).Should().Be("20130524T090807Z");

    [Fact]
    public void Signer_AccessKeyAndTokenInTurns_HasNotTheLastParameters()
    {
        Signer signer = SigningKey.Derive(AwsExample.SecretAccessKey, AwsExample.Scope).Rent();
        string With(string id, string? token, int second = 0) => Written.By(
            (ref ByteBuffer buffer) => signer.ParametersOf(id, token).Append(ref buffer, AwsExample.SignedAt.AddSeconds(second), 60));
        string Expected(string id, string token, string time = "000000") =>
            $"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={id}%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T{time}Z&X-Amz-Expires=60{token}&X-Amz-SignedHeaders=";

        signer.ParametersOf("A", "t").Should().BeSameAs(signer.ParametersOf("A", "t"), "it is made once");
        signer.ParametersOf("AK", sessionToken: null).Credential.Should().Be("AK/20130524/us-east-1/s3/aws4_request");
        With("A", null).Should().Be(Expected("A", ""));
        With("A", null, 59).Should().Be(Expected("A", "", "000059"));
        With("A", "s/1+=").Should().Be(Expected("A", "&X-Amz-Security-Token=s%2F1%2B%3D"));
        With("B", "s/1+=", 1).Should().Be(Expected("B", "&X-Amz-Security-Token=s%2F1%2B%3D", "000001"));
        With("B", "").Should().Be(Expected("B", "&X-Amz-Security-Token="));
        With("B", null).Should().Be(Expected("B", ""));
    }

    // "Examples of how to derive a signing key" in the AWS General Reference, and the example of "Calculate the signature".
    [Theory]
    [InlineData("2012-02-15", "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d")]
    [InlineData("2015-08-30", "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9")]
    public void SigningKey_AwsExamples_ArePublishedOnes(string day, string expected)
    {
        CredentialScope scope = new(DateTime.Parse(day, System.Globalization.CultureInfo.InvariantCulture), "us-east-1", "iam");

        Written.Hex(SigningKey.DeriveBytes("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", scope)).Should().Be(expected);
    }

    [Fact]
    public void Sign_AwsExample_IsThePublishedSignature()
    {
        byte[] signature = new byte[Signer.SignatureSize];
        Signer signer = SigningKey.Derive(AwsExample.SecretAccessKey, AwsExample.Scope).Rent();

        signer.Sign(AwsExample.SignedAt, Encoding.UTF8.GetBytes(AwsExample.CanonicalRequest), signature);

        Written.Hex(signature).Should().Be(AwsExample.Signature);
        signer.Sign(Encoding.UTF8.GetBytes(AwsExample.StringToSign), signature);
        Written.Hex(signature).Should().Be(AwsExample.Signature);
    }

    [Fact]
    public void QuerySigner_AwsExample_IsThePublishedUrl() => SignedUrl(AwsExample.Request()).Should().Be(AwsExample.Url);

    [Fact]
    public void QuerySigner_OriginShorterThanTheMethod_StillYieldsTheWholeUrl()
    {
        SigningInput request = new()
        {
            Method = "AVERYLONGMETHODNAME",
            Host = new SigningHost("http://", "a"),
            Payload = "UNSIGNED-PAYLOAD",
            AccessKeyId = "AK",
            SignedAt = AwsExample.SignedAt,
            ExpiresIn = 1,
        };

        SignedUrl(request).Should().StartWith("http://a/?X-Amz-Algorithm=AWS4-HMAC-SHA256&").And.MatchRegex("&X-Amz-Signature=[0-9a-f]{64}$");
    }

    private static string SignedUrl(SigningInput request)
    {
        SigningKey key = SigningKey.Derive(AwsExample.SecretAccessKey, AwsExample.Scope);
        ByteBuffer buffer = new(16);
        int start = QuerySigner.AppendUrl(ref buffer, request, key);
        string url = Encoding.ASCII.GetString(buffer.Written[start..].ToArray());
        buffer.Dispose();
        return url;
    }
}
