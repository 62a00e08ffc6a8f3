namespace PresignKit.Tests;

public class VerifierOptionsTests
{
    [Fact]
    public void Default_IsS3WithAQuarterOfAnHourAndSevenDays() => new PresignedUrlVerifierOptions()
        .Should().BeEquivalentTo(new { Region = (string?)null, Service = "s3", ClockSkew = TimeSpan.FromMinutes(15), MaxExpiresIn = TimeSpan.FromDays(7) });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Service_WithoutName_IsRefused(string? service) => FluentActions.Invoking(() => new PresignedUrlVerifierOptions { Service = service! })
        .Should().Throw<ArgumentException>().WithParameterName("Service").WithMessage("The service has no name. Write 's3'*");

    [Theory]
    [InlineData(-1)]
    [InlineData(TimeSpan.TicksPerDay + 1)]
    public void ClockSkew_OutOfRange_IsRefused(long ticks) => FluentActions.Invoking(() => new PresignedUrlVerifierOptions { ClockSkew = new TimeSpan(ticks) })
        .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("ClockSkew").WithMessage("*from 0 to 1 day*");

    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    [InlineData(-60)]
    [InlineData(604_801)]
    public void MaxExpiresIn_OutOfRange_IsRefused(double seconds) => FluentActions.Invoking(() => new PresignedUrlVerifierOptions { MaxExpiresIn = TimeSpan.FromSeconds(seconds) })
        .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("MaxExpiresIn").WithMessage("MaxExpiresIn: '*' is not between 1 second and 7 days*");

    [Fact]
    public void MaxExpiresIn_OneSecond_IsTheShortest() =>
        new PresignedUrlVerifierOptions { MaxExpiresIn = TimeSpan.FromSeconds(1) }.MaxExpiresIn.Should().Be(TimeSpan.FromSeconds(1));

    [Fact]
    public void Region_NotSet_TakesAnyOne() =>
        (Received.Good with { Credential = TestPresigner.AccessKeyId + "%2F20260314%2Felsewhere%2Fs3%2Faws4_request" }).Verify().Should().Be(PresignVerification.Valid);

    // The verifier keeps the last key: another region, service or credentials must not be judged with it.
    [Fact]
    public void Verify_RegionsServicesAndKeysInTurn_EachHasItsOwnSigningKey()
    {
        S3Credentials credentials = Received.Credentials;
        PresignedUrlVerifier s3 = new(_ => credentials, timeProvider: new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TestPresigner.Now));
        Received[] requests = [Received.Good, In("ams3"), Received.Good, In("fra1"), In("fra1") with { Method = "PUT" }];

        requests.Select(one => s3.Verify(new HttpMethod(one.Method), one.Url, [])).Should().OnlyContain(one => one == PresignVerification.Valid);

        credentials = new S3Credentials(TestPresigner.AccessKeyId, "another");
        s3.Verify(HttpMethod.Get, In("fra1").Url, []).Should().Be(PresignVerification.SignatureMismatch);
        s3.Verify(HttpMethod.Get, (In("fra1") with { SecretAccessKey = "another" }).Url, []).Should().Be(PresignVerification.Valid);

        static Received In(string region) => Received.Good with { Credential = $"{TestPresigner.AccessKeyId}%2F20260314%2F{region}%2Fs3%2Faws4_request" };
    }

    [Fact]
    public void Verify_ServiceOfTheOptions_IsTheOneThatIsTaken()
    {
        Received other = Received.Good with { Credential = TestPresigner.AccessKeyId + "%2F20260314%2Fnyc3%2Fs3express%2Faws4_request" };

        other.Verify(new() { Service = "s3express" }).Should().Be(PresignVerification.Valid);
        Received.Good.Verify(new() { Service = "s3express" }).Should().Be(PresignVerification.WrongScope);
    }
}
