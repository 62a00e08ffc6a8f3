using System.Security.Cryptography;
using System.Text;

namespace PresignKit.Tests;

/// <summary>Each step of the signature against AWS's worked example.</summary>
public class StepTests
{
    [Fact]
    public void CanonicalQuery_AwsExample_IsThePublishedOne() =>
        Written.By((ref ByteBuffer buffer) => CanonicalQuery.Append(ref buffer, AwsExample.Request(), AwsExample.Scope))
            .Should().Be(AwsExample.CanonicalQuery);

    [Fact]
    public void CanonicalRequest_AwsExample_IsThePublishedOne() =>
        Written.By((ref ByteBuffer buffer) => CanonicalRequest.Append(ref buffer, AwsExample.Request(), AwsExample.Scope))
            .Should().Be(AwsExample.CanonicalRequest);

    [Fact]
    public void StringToSign_AwsExampleAtAnyTime_IsThePublishedOneWithThatTime()
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(AwsExample.CanonicalRequest));
        foreach ((int seconds, string time) in new[] { (0, "000000"), (59, "000059"), (86_399, "235959") })
        {
            Written.By((ref ByteBuffer buffer) => StringToSign.Append(ref buffer, AwsExample.Scope, AwsExample.SignedAt.AddSeconds(seconds), hash))
                .Should().Be(AwsExample.StringToSign.Replace("T000000Z", $"T{time}Z"));
        }
    }

    [Fact]
    public void InvariantText_AnyInstant_WritesItsDateAndTime()
    {
        byte[] text = new byte[14];
        DateTime day = new(2026, 3, 14, 0, 0, 0, DateTimeKind.Utc);
        foreach ((DateTime instant, string expected) in new[]
        {
            (default, "00010101000000"), (day, "20260314000000"), (day.AddTicks(TimeSpan.TicksPerDay - 1), "20260314235959"), (day.AddDays(1), "20260315000000"),
            (day.AddSeconds(3661).AddTicks(1), "20260314010101"), (DateTime.MaxValue, "99991231235959"),
        })
        {
            InvariantText.WriteDate(text, instant);
            InvariantText.WriteTime(text.AsSpan(8), instant);

            Encoding.ASCII.GetString(text).Should().Be(expected);
        }
    }

    [Fact]
    public void CredentialScope_Timestamp_IsTheDateAndTime() =>
        AwsExample.Scope.Timestamp(new DateTime(2013, 5, 24, 9, 8, 7, DateTimeKind.Utc)).Should().Be("20130524T090807Z");

    [Theory]
    [InlineData("A", null, false, "")]
    [InlineData("AK/1", null, false, "")]
    [InlineData("A", "s/1+=", false, "&X-Amz-Security-Token=s%2F1%2B%3D")]
    [InlineData("A", "s", true, "")]
    public void CanonicalQuery_AccessKeyAndToken_AreInOrder(string id, string? token, bool isUnsigned, string expected)
    {
        byte[]? encodedToken = token is null ? null : Encoding.ASCII.GetBytes(Uri.EscapeDataString(token));
        Written.By((ref ByteBuffer buffer) =>
        {
            SigningInput input = AwsExample.Request() with
            {
                AccessKeyId = id,
                EncodedSessionToken = encodedToken,
                SessionTokenIsUnsigned = isUnsigned,
                SignedAt = AwsExample.SignedAt.AddSeconds(59),
                ExpiresIn = 60,
            };
            CanonicalQuery.Append(ref buffer, input, AwsExample.Scope);
        }).Should().Be($"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={Uri.EscapeDataString(id)}%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000059Z&X-Amz-Expires=60{expected}&X-Amz-SignedHeaders=host");
    }

    // "Examples of how to derive a signing key" in the AWS General Reference, and the example of "Calculate the signature".
    [Theory]
    [InlineData("2012-02-15", "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d")]
    [InlineData("2015-08-30", "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9")]
    public void SigningKey_AwsExamples_AreThePublishedOnes(string day, string expected)
    {
        CredentialScope scope = new(DateTime.Parse(day, System.Globalization.CultureInfo.InvariantCulture), "us-east-1", "iam");

        Written.Hex(SigningKey.DeriveBytes("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", scope)).Should().Be(expected);
    }

    [Fact]
    public void SignCanonicalRequest_AwsExample_IsThePublishedSignature()
    {
        SigningKey key = SigningKey.Derive(AwsExample.SecretAccessKey, AwsExample.Scope);
        byte[] signature = new byte[SigningKey.SignatureSize];
        string before = Written.By((ref ByteBuffer buffer) =>
        {
            buffer.Append("before"u8);
            buffer.Append(AwsExample.CanonicalRequest.AsSpan());
            key.SignCanonicalRequest(ref buffer, 6, AwsExample.SignedAt, signature);
        });

        Written.Hex(signature).Should().Be(AwsExample.Signature);
        before.Should().Be("before" + AwsExample.CanonicalRequest, "the string to sign is removed from the buffer");
    }

    [Fact]
    public void SignText_AwsExample_IsThePublishedSignature()
    {
        byte[] signature = new byte[SigningKey.SignatureSize];

        SigningKey.Derive(AwsExample.SecretAccessKey, AwsExample.Scope).SignText(Encoding.UTF8.GetBytes(AwsExample.StringToSign), signature);

        Written.Hex(signature).Should().Be(AwsExample.Signature);
    }

    [Fact]
    public void SignText_Twice_PoolsOnePairOfHashObjects()
    {
        SigningKey key = SigningKey.Derive(AwsExample.SecretAccessKey, AwsExample.Scope);
        byte[] signature = new byte[SigningKey.SignatureSize];

        key.SignText("a"u8, signature);
        key.IdleCount.Should().Be(1);
        key.SignText("a"u8, signature);
        key.IdleCount.Should().Be(1);
    }

    [Fact]
    public void SignCanonicalRequest_Once_PoolsItsHashObjects()
    {
        SigningKey key = SigningKey.Derive(AwsExample.SecretAccessKey, AwsExample.Scope);
        byte[] signature = new byte[SigningKey.SignatureSize];

        Written.By((ref ByteBuffer buffer) => key.SignCanonicalRequest(ref buffer, 0, AwsExample.SignedAt, signature));

        key.IdleCount.Should().Be(1);
    }

    [Fact]
    public void Retire_PooledHashObjects_EmptiesThePoolForGood()
    {
        SigningKey key = SigningKey.Derive(AwsExample.SecretAccessKey, AwsExample.Scope);
        byte[] signature = new byte[SigningKey.SignatureSize];
        key.SignText("a"u8, signature);

        key.Retire();
        key.IdleCount.Should().Be(0);
        key.SignText("a"u8, signature);
        key.IdleCount.Should().Be(0);
    }

    [Fact]
    public void SigningKey_Retired_StillSigns()
    {
        SigningKey key = SigningKey.Derive(AwsExample.SecretAccessKey, AwsExample.Scope);
        byte[] signature = new byte[SigningKey.SignatureSize];
        for (int i = 0; i < 3; i++)
        {
            key.SignText(Encoding.UTF8.GetBytes(AwsExample.StringToSign), signature);
            Written.Hex(signature).Should().Be(AwsExample.Signature);
            key.Retire();
        }
    }

    [Fact]
    public void QuerySigner_AwsExample_IsThePublishedUrl() => SignedUrl(AwsExample.Request()).Should().Be(AwsExample.Url);

    [Fact]
    public void QuerySigner_OriginShorterThanTheMethod_YieldsTheWholeUrl()
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
