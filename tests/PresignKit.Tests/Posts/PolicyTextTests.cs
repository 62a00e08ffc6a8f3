using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

/// <summary>The exact JSON of a policy, and the form that contains it.</summary>
public class PolicyTextTests
{
    [Theory]
    [InlineData("0987-02-03T04:05:06.789Z", "0987-02-03T05:05:06.000Z")]
    [InlineData("0001-01-01T00:00:00.000Z", "0001-01-01T01:00:00.000Z")]
    [InlineData("2026-11-23T22:53:40.001Z", "2026-11-23T23:53:40.000Z")]
    [InlineData("2024-02-28T23:00:00.000Z", "2024-02-29T00:00:00.000Z")]
    [InlineData("9998-12-31T23:59:59.999Z", "9999-01-01T00:59:59.000Z")]
    public void Expiration_AnyInstant_IsWrittenInDigits(string now, string expected)
    {
        FakeTimeProvider clock = new(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));

        PresignedPost post = TestPresigner.Create(clock: clock).PresignPost(new PostPolicy(PostKey.Exact("k")));

        post.PolicyText().Should().StartWith($"{{\"expiration\":\"{expected}\",\"conditions\":[{{\"key\":\"k\"}},");
    }

    [Theory]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    public void Policy_AnyCulture_IsTheSame(string culture)
    {
        PostPolicy policy = new PostPolicy(PostKey.Exact("k")) { ContentLength = (1, long.MaxValue) };
        string expected = Posted.Form(policy).PolicyText();
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

            Posted.Form(policy).PolicyText().Should().Be(expected).And.Contain("2026-03-14T16:09:26.000Z").And.Contain(",1,9223372036854775807]");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("\"", "\\\"")]
    [InlineData("\\", "\\\\")]
    [InlineData("\"\"a\\\\", "\\\"\\\"a\\\\\\\\")]
    [InlineData("a\"b\\c", "a\\\"b\\\\c")]
    [InlineData("a/b'ü漢😀", "a/b'ü漢😀")]
    public void Value_QuotesAndBackslashes_AreEscaped(string value, string inPolicy)
    {
        PresignedPost post = Posted.Form(new PostPolicy(PostKey.StartingWith("k" + value))
        {
            Fields = [new("free", value)],
            Conditions = [PostCondition.ExactMatch("page", value)],
        });

        post.Conditions()[..3].Should().Equal($"{{\"free\":\"{inPolicy}\"}}", $"{{\"page\":\"{inPolicy}\"}}", $"[\"starts-with\",\"$key\",\"k{inPolicy}\"]");
    }

    // The field, the condition and the base64 string outgrow the initial buffers.
    [Theory]
    [InlineData(500)]
    [InlineData(1024)]
    [InlineData(20_000)]
    public void Policy_Large_IsCompleteAndSigned(int length)
    {
        string value = new('v', length);

        PresignedPost post = Posted.Form(new PostPolicy(PostKey.Exact("k")) { Fields = [new("free", value)] });

        post.Conditions()[0].Should().Be($"{{\"free\":\"{value}\"}}");
        SigningKey key = SigningKey.Derive(TestPresigner.SecretAccessKey, new CredentialScope(TestPresigner.SignedAt.UtcDateTime, "nyc3", "s3"));
        byte[] signature = new byte[SigningKey.SignatureSize];
        key.SignText(Encoding.ASCII.GetBytes(post.Field("policy")!), signature);
        post.Field("x-amz-signature").Should().Be(Convert.ToHexString(signature).ToLowerInvariant());
    }

    [Fact]
    public void Form_ThousandFields_HasThemAllInOrder()
    {
        KeyValuePair<string, string>[] fields = [.. Enumerable.Range(0, 1000).Select(i => new KeyValuePair<string, string>(FormattableString.Invariant($"x-amz-meta-{i}"), "v"))];

        PresignedPost post = Posted.Form(new PostPolicy(PostKey.Exact("k")) { Fields = fields });

        post.Fields.Take(1000).Should().Equal(fields);
        post.Conditions().Should().HaveCount(1000 + 5);
    }

    // The fields of a large form are compared in a single pass at the end.
    [Theory]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100)]
    public void Field_SpecifiedTwiceInALargeForm_IsRejected(int count)
    {
        IEnumerable<KeyValuePair<string, string>> fields = Enumerable.Range(1, count).Select(i => new KeyValuePair<string, string>(FormattableString.Invariant($"x-amz-meta-{i}"), "v"));

        FluentActions.Invoking(() => Posted.Form(new PostPolicy(PostKey.Exact("k")) { Fields = [.. fields, new("X-Amz-Meta-7", "v")] }))
            .Should().Throw<ArgumentException>().WithParameterName("policy").WithMessage("The field 'X-Amz-Meta-7' is specified twice*");
    }

    [Fact]
    public void Field_SpecifiedTwice_IsRejectedInAnyCase()
    {
        Rejected(new("free", "a"), new("FREE", "b"));
        Rejected(new("x-ignore-a", "a"), new("X-Ignore-A", "b"));
        Rejected(new("first", "a"), new("free", "a"), new("other", "a"), new("free", "a"));

        static void Rejected(params KeyValuePair<string, string>[] fields) =>
            FluentActions.Invoking(() => Posted.Form(new PostPolicy(PostKey.Exact("k")) { Fields = fields }))
                .Should().Throw<ArgumentException>().WithParameterName("policy").WithMessage($"The field '{fields[^1].Key}' is specified twice*");
    }

    [Fact]
    public void Headers_EachAlone_AreFields()
    {
        PostPolicy policy = new PostPolicy(PostKey.Exact("k"));

        Posted.Form(policy with { Checksum = new(ChecksumAlgorithm.Crc32, "AAAAAA==") }).Fields[0].Should().Be(new KeyValuePair<string, string>("x-amz-checksum-crc32", "AAAAAA=="));
        Posted.Form(policy with { ServerSideEncryption = ServerSideEncryption.S3 }).Fields[0].Should().Be(new KeyValuePair<string, string>("x-amz-server-side-encryption", "AES256"));
        Posted.Form(policy with { SseCustomerKey = new SseCustomerKey(new byte[32]) }).Field("x-amz-server-side-encryption-customer-algorithm").Should().Be("AES256");
    }

    [Fact]
    public void Result_Lists_CannotBeChanged()
    {
        PresignedPost post = Posted.Form(new PostPolicy(PostKey.Prefix("up/")));

        post.Fields.Should().BeAssignableTo<IList<KeyValuePair<string, string>>>().Which.IsReadOnly.Should().BeTrue();
        post.FieldsToAdd.Should().BeAssignableTo<IList<PostCondition>>().Which.IsReadOnly.Should().BeTrue();
    }

    [Fact]
    public void Form_BetweenUrls_DoesNotChangeThem()
    {
        S3Presigner presigner = TestPresigner.Create(options => options.SessionToken = "to/ken");
        string url = presigner.Presign(new GetObject("k")).Url;

        presigner.PresignPost(new PostPolicy(PostKey.Exact("k"))).Field("x-amz-credential").Should().Be($"{TestPresigner.AccessKeyId}/20260314/nyc3/s3/aws4_request");

        presigner.Presign(new GetObject("k")).Url.Should().Be(url);
    }
}
