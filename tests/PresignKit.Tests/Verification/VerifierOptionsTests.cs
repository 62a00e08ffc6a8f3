namespace PresignKit.Tests;

public class VerifierOptionsTests
{
    [Fact]
    public void Defaults_AreS3AndFifteenMinutes() => new PresignedUrlVerifierOptions().Should().BeEquivalentTo(new
    {
        Region = (string?)null,
        Service = "s3",
        Endpoint = (S3Endpoint?)null,
        ClockSkew = TimeSpan.FromMinutes(15),
        MaxExpiresIn = (TimeSpan?)null,
        AcceptsExpired = false,
        AllowedUnsignedHeaders = Array.Empty<string>(),
    });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Constructor_EmptyService_Throws(string? service) => Creating(new() { Service = service! })
        .Should().Throw<ArgumentException>().WithParameterName("options").WithMessage("Service is empty. Set it to*'s3'*");

    [Theory]
    [InlineData(-1)]
    [InlineData(TimeSpan.TicksPerDay + 1)]
    public void Constructor_ClockSkewOutOfRange_Throws(long ticks) => Creating(new() { ClockSkew = new TimeSpan(ticks) })
        .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("options").WithMessage($"ClockSkew is {new TimeSpan(ticks):c}, but must be from 0 to 1 day. Set it to*the default of 15 minutes.*");

    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    [InlineData(-60)]
    [InlineData(604_801)]
    public void Constructor_MaxExpiresInOutOfRange_Throws(double seconds) => Creating(new() { MaxExpiresIn = TimeSpan.FromSeconds(seconds) })
        .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("options").WithMessage($"MaxExpiresIn is {TimeSpan.FromSeconds(seconds):c}, but must be from 1 second to 7 days (604800 seconds). Set it to a value in this range.*");

    [Fact]
    public void Constructor_ClockSkewAndMaxExpiresInAtTheirLimits_Succeeds()
    {
        Creating(new() { ClockSkew = TimeSpan.Zero, MaxExpiresIn = TimeSpan.FromSeconds(1) }).Should().NotThrow();
        Creating(new() { ClockSkew = TimeSpan.FromDays(1), MaxExpiresIn = TimeSpan.FromDays(7) }).Should().NotThrow();
        Creating(new() { Endpoint = S3Endpoint.Tigris(), MaxExpiresIn = TimeSpan.FromDays(90) }).Should().NotThrow();
    }

    [Fact]
    public void Verify_LinkOfNinetyDays_IsValidForAStoreThatAllowsIt()
    {
        Received link = Received.Good with { Address = "https://my-space.t3.storage.dev/k", Expires = "7776000" };

        link.Verify(new() { Endpoint = S3Endpoint.Tigris() }).Should().Be(PresignedUrlVerificationStatus.Valid);
        link.Verify().Should().Be(PresignedUrlVerificationStatus.ExpiryOutOfRange);
    }

    [Fact]
    public void Verify_OptionsChangedAfterwards_HaveNoEffect()
    {
        PresignedUrlVerifierOptions options = new();
        PresignedUrlVerifier verifier = Received.Verifier(options);

        options.Region = "elsewhere";
        options.AllowedUnsignedHeaders.Add("x-amz-a");

        verifier.Verify(HttpMethod.Get, Received.Good.Url, []).IsValid.Should().BeTrue();
        verifier.Verify(HttpMethod.Get, Received.Good.Url, TestPresigner.Pairs(("x-amz-a", "1"))).Status.Should().Be(PresignedUrlVerificationStatus.UnsignedHeader);
    }

    [Fact]
    public void Verify_AllowedUnsignedHeader_IsValid()
    {
        PresignedUrlVerifierOptions options = new() { AllowedUnsignedHeaders = { "X-Amz-Cf-Id" } };

        Received.Verifier(options).Verify(HttpMethod.Get, Received.Good.Url, TestPresigner.Pairs(("x-amz-cf-id", "1"))).IsValid.Should().BeTrue();
        Received.Verifier(options).Verify(HttpMethod.Get, Received.Good.Url, TestPresigner.Pairs(("X-Amz-Cf-Id", "1"), ("X-Amz-Acl", "a"), ("x-amz-B", "b"))).UnsignedHeaders
            .Should().Equal("x-amz-acl", "x-amz-b");
    }

    [Fact]
    public void Verify_AcceptsExpired_IsValidAfterTheExpiry() =>
        Received.Good.Verify(new() { AcceptsExpired = true }, TestPresigner.SignedAt.AddDays(3)).Should().Be(PresignedUrlVerificationStatus.Valid);

    private static Func<PresignedUrlVerifier> Creating(PresignedUrlVerifierOptions options) => FluentActions.Invoking(() => new PresignedUrlVerifier(_ => null, options));

    [Fact]
    public void Verify_RegionNotSet_AcceptsAnyRegion() =>
        (Received.Good with { Credential = TestPresigner.AccessKeyId + "%2F20260314%2Felsewhere%2Fs3%2Faws4_request" }).Verify().Should().Be(PresignedUrlVerificationStatus.Valid);

    // The verifier caches the last signing key, which must not be used for a different region, service or secret access key.
    [Fact]
    public void Verify_RegionsAndCredentialsInTurn_EachHasItsOwnSigningKey()
    {
        S3Credentials credentials = Received.Credentials;
        PresignedUrlVerifier s3 = new(_ => credentials, timeProvider: new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TestPresigner.Now));
        Received[] requests = [Received.Good, In("ams3"), Received.Good, In("fra1"), In("fra1") with { Method = "PUT" }];

        requests.Select(one => s3.Verify(new HttpMethod(one.Method), one.Url, []).Status).Should().OnlyContain(one => one == PresignedUrlVerificationStatus.Valid);

        credentials = new S3Credentials(TestPresigner.AccessKeyId, "another");
        s3.Verify(HttpMethod.Get, In("fra1").Url, []).Status.Should().Be(PresignedUrlVerificationStatus.SignatureMismatch);
        s3.Verify(HttpMethod.Get, (In("fra1") with { SecretAccessKey = "another" }).Url, []).Status.Should().Be(PresignedUrlVerificationStatus.Valid);

        static Received In(string region) => Received.Good with { Credential = $"{TestPresigner.AccessKeyId}%2F20260314%2F{region}%2Fs3%2Faws4_request" };
    }

    [Fact]
    public void Verify_ServiceOfTheOptions_IsTheOnlyAcceptedService()
    {
        Received other = Received.Good with { Credential = TestPresigner.AccessKeyId + "%2F20260314%2Fnyc3%2Fs3express%2Faws4_request" };

        other.Verify(new() { Service = "s3express" }).Should().Be(PresignedUrlVerificationStatus.Valid);
        Received.Good.Verify(new() { Service = "s3express" }).Should().Be(PresignedUrlVerificationStatus.WrongScope);
    }
}
