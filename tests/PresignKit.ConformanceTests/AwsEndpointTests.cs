using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.ConformanceTests;

/// <summary>Requests to AWS S3 go to the address that botocore's endpoint rules determine. Generator/endpoints.py creates the cases.</summary>
public class AwsEndpointTests
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private static readonly Dictionary<string, Case> All =
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "aws-endpoints.jsonl"))
            .Select(line => JsonSerializer.Deserialize<Case>(line, Options)!)
            .ToDictionary(one => one.Id);

    public static TheoryData<string> Resolved => [.. All.Values.Where(one => one.Refused is null).Select(one => one.Id)];

    public static TheoryData<string> Rejected => [.. All.Values.Where(one => one.Refused is not null).Select(one => one.Id)];

    [Fact]
    public void Cases_CoverEveryRegionAndVariant()
    {
        All.Values.Select(one => one.Region).Distinct().Should().HaveCountGreaterThanOrEqualTo(50);
        All.Values.Select(one => (one.DualStack, one.Fips, one.Accelerate)).Distinct().Should().HaveCount(8);
    }

    [Theory]
    [MemberData(nameof(Resolved))]
    public void Presign_Case_UsesBotocoresAddress(string id)
    {
        Case one = All[id];

        PresignedUrl result = Presign(EndpointOf(one), one.Bucket);

        result.Url.Should().StartWith($"https://{one.Host}{one.Path}/key?X-Amz-Algorithm=");
        result.Url.Should().Contain($"%2F20260314%2F{one.SigningRegion}%2Fs3%2Faws4_request&");
    }

    [Theory]
    [MemberData(nameof(Resolved))]
    public void TryCreate_HostOfTheCase_ReturnsRegionAndBucket(string id)
    {
        Case one = All[id];

        // The host for acceleration does not contain the region.
        S3Endpoint? endpoint = S3Endpoint.TryCreate(
            $"https://{one.Host}{one.Path}", one.Accelerate ? one.Region : null, UrlStyle.Auto, out string? bucket, out string? problem);

        problem.Should().BeNull();
        bucket.Should().Be(one.Bucket);
        endpoint!.Region.Should().Be(one.SigningRegion);
        Presign(endpoint, bucket!).Url.Should().StartWith($"https://{one.Host}{one.Path}/key?");
    }

    [Theory]
    [MemberData(nameof(Rejected))]
    public void Presign_CaseThatBotocoreRejects_IsRejected(string id)
    {
        Case one = All[id];

        FluentActions.Invoking(() => Presign(EndpointOf(one), one.Bucket)).Should().Throw<ArgumentException>()
            .Which.Message.Should().MatchRegex(@"\. (Set|Use|Copy) |PresignKit does not support", "the message contains the remedy or the reason");
        FluentActions.Invoking(() => new S3Presigner(OptionsOf(EndpointOf(one), one.Bucket))).Should().Throw<Exception>()
            .Which.Should().Match(e => e is ArgumentException || e is OptionsValidationException);
    }

    private static S3Endpoint EndpointOf(Case one) =>
        S3Endpoint.Aws(one.Region, new AwsEndpointOptions { DualStack = one.DualStack, Fips = one.Fips, Accelerate = one.Accelerate });

    private static PresignedUrl Presign(S3Endpoint endpoint, string bucket) =>
        new S3Presigner(OptionsOf(endpoint, bucket: null), new FakeTimeProvider(new DateTimeOffset(2026, 3, 14, 0, 0, 0, TimeSpan.Zero)))
            .Presign(new GetObject("key") { Bucket = bucket });

    private static PresignerOptions OptionsOf(S3Endpoint endpoint, string? bucket)
    {
        PresignerOptions options = new() { AccessKeyId = "AK", SecretAccessKey = "secret", Bucket = bucket };
        options.UseEndpoint(endpoint);
        return options;
    }

    private sealed record Case(
        string Id, string Region, string Bucket, bool DualStack, bool Fips, bool Accelerate, string? Host, string? Path, string? SigningRegion, string? Refused);
}
