using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.Tests;

/// <summary>The form that a presigner creates from a policy: its URL, order, expiry and signature.</summary>
public class PresignPostTests
{
    private const string AccessPoint = "arn:aws:s3:eu-west-1:123456789012:accesspoint/mine";

    [Fact]
    public void PresignPost_Plain_HasTheFieldsInOrder()
    {
        PresignedPost post = Posted.Form(new PostPolicy(PostKey.Exact("a b/ü.png")) { ContentType = "image/png", Acl = "private" });

        post.Url.Should().Be("https://my-space.nyc3.digitaloceanspaces.com/");
        post.Fields.Select(field => field.Key).Should().Equal(
            "Content-Type", "acl", "key", "x-amz-algorithm", "x-amz-credential", "x-amz-date", "policy", "x-amz-signature");
        post.Field("key").Should().Be("a b/ü.png");
        post.Field("x-amz-algorithm").Should().Be("AWS4-HMAC-SHA256");
        post.Field("x-amz-credential").Should().Be($"{TestPresigner.AccessKeyId}/20260314/nyc3/s3/aws4_request");
        post.Field("x-amz-date").Should().Be("20260314T150926Z");
        post.FieldsToAdd.Should().BeEmpty();
        post.ExpiresAt.Should().Be(TestPresigner.SignedAt.AddHours(1));
    }

    [Fact]
    public void PresignPost_Policy_HasOneConditionForEachField() =>
        Posted.Form(new PostPolicy(PostKey.Exact("k")) { Acl = "private", ContentLength = (1, 5L << 30), Fields = [new("x-ignore-note", "any")] }).PolicyText().Should().Be(
            "{\"expiration\":\"2026-03-14T16:09:26.000Z\",\"conditions\":[{\"acl\":\"private\"},{\"key\":\"k\"},{\"bucket\":\"my-space\"}," +
            "{\"x-amz-algorithm\":\"AWS4-HMAC-SHA256\"},{\"x-amz-credential\":\"DO00EXAMPLEKEY/20260314/nyc3/s3/aws4_request\"}," +
            "{\"x-amz-date\":\"20260314T150926Z\"},[\"content-length-range\",1,5368709120]]}");

    [Fact]
    public void PresignPost_Signature_IsTheHmacOfThePolicysText()
    {
        PresignedPost post = Posted.Form(new PostPolicy(PostKey.Any));

        byte[] key = new[] { "20260314", "nyc3", "s3", "aws4_request" }.Aggregate(
            Encoding.UTF8.GetBytes("AWS4" + TestPresigner.SecretAccessKey), (current, part) => HMACSHA256.HashData(current, Encoding.UTF8.GetBytes(part)));
        post.Field("x-amz-signature").Should().Be(
            Convert.ToHexString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(post.Field("policy")!))).ToLowerInvariant());
    }

    [Fact]
    public void PresignPost_SessionToken_IsAFieldWithItsCondition()
    {
        PresignedPost post = TestPresigner.Create(options => options.SessionToken = "t\"o\\k+/=").PresignPost(new PostPolicy(PostKey.Exact("k")));

        post.Field("x-amz-security-token").Should().Be("t\"o\\k+/=");
        post.Conditions().Should().Contain("{\"x-amz-security-token\":\"t\\\"o\\\\k+/=\"}");
    }

    [Theory]
    [InlineData("https://store.example", UrlStyle.Auto, "https://store.example/my-space")]
    [InlineData("https://store.example", UrlStyle.VirtualHosted, "https://my-space.store.example/")]
    [InlineData("https://store.example", UrlStyle.Path, "https://store.example/my-space")]
    [InlineData("http://127.0.0.1:9000", UrlStyle.Auto, "http://127.0.0.1:9000/my-space")]
    [InlineData("http://[::1]:9000", UrlStyle.Auto, "http://[::1]:9000/my-space")]
    [InlineData("https://store.example/base/path/", UrlStyle.Auto, "https://store.example/base/path/my-space")]
    [InlineData("https://store.example/base", UrlStyle.VirtualHosted, "https://my-space.store.example/base/")]
    public void PresignPost_Url_IsThatOfTheBucket(string endpoint, UrlStyle style, string expected) =>
        TestPresigner.Configured(endpoint, "r1", style: style).PresignPost(new PostPolicy(PostKey.Exact("k"))).Url.Should().Be(expected);

    [Fact]
    public void PresignPost_BucketOfThePolicy_IsInUrlAndPolicy()
    {
        PresignedPost post = Posted.Form(new PostPolicy(PostKey.Exact("k")) { Bucket = "Old_Bucket" });

        post.Url.Should().Be("https://nyc3.digitaloceanspaces.com/Old_Bucket");
        post.Conditions().Should().Contain("{\"bucket\":\"Old_Bucket\"}");
    }

    [Fact]
    public void PresignPost_AccessPoint_IsSignedForItsRegionAndNamedByItsArn()
    {
        PresignedPost post = TestPresigner.At(S3Endpoint.Aws("us-east-1"), AccessPoint).PresignPost(new PostPolicy(PostKey.Exact("k")));

        post.Url.Should().Be("https://mine-123456789012.s3-accesspoint.eu-west-1.amazonaws.com/");
        post.Field("x-amz-credential").Should().Contain("/eu-west-1/");
        post.Conditions().Should().Contain($"{{\"bucket\":\"{AccessPoint}\"}}");
    }

    [Fact]
    public void PresignPost_PublicUrlOfACdn_IsForDownloadsOnly() =>
        TestPresigner.Create(options => options.PublicUrl = "https://cdn.example.com").PresignPost(new PostPolicy(PostKey.Exact("k"))).Url
            .Should().Be("https://my-space.nyc3.digitaloceanspaces.com/");

    [Fact]
    public void PresignPost_StoreWithoutForms_IsRejectedWithTheRemedy()
    {
        foreach (S3Endpoint endpoint in new[] { S3Endpoint.CloudflareR2("0123456789abcdef0123456789abcdef"), S3Endpoint.Parse("https://s3.us-west-004.backblazeb2.com") })
        {
            FluentActions.Invoking(() => TestPresigner.At(endpoint).PresignPost(new PostPolicy(PostKey.Exact("k")))).Should().Throw<ArgumentException>()
                .WithParameterName("policy").WithMessage("*does not accept POST forms. Presign a PutObject instead, and sign its content-length to limit the size of the upload.*");
        }
    }

    [Fact]
    public void PresignPost_MissingOrInvalidBucket_IsRejected()
    {
        FluentActions.Invoking(() => TestPresigner.At(S3Endpoint.DigitalOceanSpaces("nyc3"), bucket: null).PresignPost(new PostPolicy(PostKey.Exact("k"))))
            .Should().Throw<ArgumentException>().WithParameterName("policy").WithMessage("The policy does not specify a bucket*Set Bucket*");
        FluentActions.Invoking(() => Posted.Form(new PostPolicy(PostKey.Exact("k")) with { Bucket = "a/b" }))
            .Should().Throw<ArgumentException>().WithParameterName("policy").WithMessage("*'a/b' contains a slash*");
    }

    [Fact]
    public void PresignPost_SigningWindow_ReturnsTheSameFormThatIsValidAsLongAsRequested()
    {
        FakeTimeProvider clock = new(TestPresigner.Now);
        S3Presigner presigner = TestPresigner.Create(options => options.SigningWindow = TimeSpan.FromMinutes(15), clock);
        PostPolicy policy = new PostPolicy(PostKey.Exact("k")) { ExpiresIn = TimeSpan.FromMinutes(1) };

        PresignedPost first = presigner.PresignPost(policy);
        clock.Advance(TimeSpan.FromMinutes(5));
        PresignedPost second = presigner.PresignPost(policy);

        second.Should().BeEquivalentTo(first);
        first.Field("x-amz-date").Should().Be("20260314T150000Z");
        first.ExpiresAt.Should().Be(new DateTimeOffset(2026, 3, 14, 15, 16, 0, TimeSpan.Zero));
        first.PolicyText().Should().StartWith("{\"expiration\":\"2026-03-14T15:16:00.000Z\"");
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("-00:00:05")]
    [InlineData("7.00:00:01")]
    public void PresignPost_ExpiryOutOfRange_IsRejected(string expiresIn) =>
        FluentActions.Invoking(() => Posted.Form(new PostPolicy(PostKey.Exact("k")) { ExpiresIn = TimeSpan.Parse(expiresIn, CultureInfo.InvariantCulture) }))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("policy").WithMessage($"ExpiresIn is {expiresIn}, but must be from 1 second to 7 days*");

    [Fact]
    public async Task PresignPostAsync_TemporaryCredentials_ExpiresWithThem()
    {
        S3Presigner presigner = TestPresigner.With(new FakeProvider(FakeProvider.ExpiringIn(TimeSpan.FromMinutes(30))));

        PresignedPost post = await presigner.PresignPostAsync(new PostPolicy(PostKey.Exact("k")));

        post.ExpiresAt.Should().BeBefore(TestPresigner.Now.AddMinutes(30)).And.BeAfter(TestPresigner.Now.AddMinutes(29));
        post.PolicyText().Should().Contain("\"2026-03-14T15:39:");
        await FluentActions.Awaiting(() => presigner.PresignPostAsync(new PostPolicy(PostKey.Exact("k")) { ExpiresIn = TimeSpan.FromHours(1) }).AsTask())
            .Should().ThrowAsync<ArgumentOutOfRangeException>().WithParameterName("policy");
    }

    [Fact]
    public async Task PresignPost_Null_Throws()
    {
        FluentActions.Invoking(() => TestPresigner.Create().PresignPost(null!)).Should().Throw<ArgumentNullException>().WithParameterName("policy");
        await FluentActions.Awaiting(() => TestPresigner.Create().PresignPostAsync(null!).AsTask()).Should().ThrowAsync<ArgumentNullException>();
        await FluentActions.Awaiting(() => TestPresigner.Create().PresignPostAsync(new PostPolicy(PostKey.Any), new CancellationToken(canceled: true)).AsTask())
            .Should().ThrowAsync<OperationCanceledException>();
    }

    // Ceph 16 reads the two escapes of one character above U+FFFF as two characters.
    [Fact]
    public void PresignPost_CharactersBeyondAscii_AreNotEscaped() =>
        Posted.Form(new PostPolicy(PostKey.Prefix("ü漢😀/"))).PolicyText().Should().Contain("[\"starts-with\",\"$key\",\"ü漢😀/\"]");

    [Fact]
    public void PresignPost_AnyKey_IsTheSameInFieldAndPolicy()
    {
        Gen<string> texts = Gen.OneOf(
            Gen.Char[' ', '~'].Array[1, 30].Select(chars => new string(chars)),
            Gen.OneOfConst("\"", "\\", "\\u0041", "ü", "漢", "😀", "\u2028", "\ufeff", "/", "</", "{", "a", "$", "\\\"", "'").Array[1, 20].Select(string.Concat));
        texts.Where(text => IsValidKey(text)).Sample(text =>
        {
            PresignedPost post = Posted.Form(new PostPolicy(PostKey.Exact(text)));
            using JsonDocument policy = JsonDocument.Parse(post.PolicyText());
            string inPolicy = policy.RootElement.GetProperty("conditions").EnumerateArray().Single(one => one.TryGetProperty("key", out _)).GetProperty("key").GetString()!;
            return post.Field("key") == text && inPolicy == text;
        });
    }

    private static bool IsValidKey(string text) =>
        text.Trim().Length == text.Length && text.Length > 0 && !text.Contains("${filename}", StringComparison.Ordinal) && !DotSegments.Contains(text);
}
