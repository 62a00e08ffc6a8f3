using System.Net;

namespace PresignKit.AspNetCore.Tests.Receiving;

/// <summary>Time, credentials and the options that are passed to the core verifier.</summary>
public class VerificationTests
{
    private static readonly S3Credentials Old = new("OLDEXAMPLEKEYID", "old-secret-access-key");
    private static readonly S3Credentials Temporary = new("TEMPEXAMPLEKEYID", "temporary-secret-access-key", "session-token", ReceivingApp.Now.AddMinutes(10));

    [Theory]
    [InlineData(0, HttpStatusCode.OK)]
    [InlineData(3599, HttpStatusCode.OK)]
    [InlineData(3600, HttpStatusCode.Forbidden)]
    public async Task Clock_OfTheContainer_DeterminesTheExpiry(int seconds, HttpStatusCode status)
    {
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync();
        app.Clock.Advance(TimeSpan.FromSeconds(seconds));

        (await StatusAsync(app, new TestSigner())).Should().Be(status);
    }

    [Theory]
    [InlineData(60, 61, HttpStatusCode.Forbidden)]
    [InlineData(60, 60, HttpStatusCode.OK)]
    [InlineData(null, 604800, HttpStatusCode.OK)]
    [InlineData(null, 604801, HttpStatusCode.Forbidden)]
    public async Task MaxExpiresIn_LimitsTheLifetime(int? max, int seconds, HttpStatusCode status)
    {
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync(configure: o => o.MaxExpiresIn = max is { } value ? TimeSpan.FromSeconds(value) : null);

        (await StatusAsync(app, new TestSigner { ExpiresIn = seconds })).Should().Be(status);
    }

    [Theory]
    [InlineData(60, HttpStatusCode.OK)]
    [InlineData(61, HttpStatusCode.Forbidden)]
    public async Task ClockSkew_LimitsTheSigningTime(int seconds, HttpStatusCode status)
    {
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync(configure: o => o.ClockSkew = TimeSpan.FromMinutes(1));

        (await StatusAsync(app, new TestSigner { SignedAt = ReceivingApp.Now.AddSeconds(seconds) })).Should().Be(status);
    }

    [Theory]
    [InlineData("x-amz-cf-id", HttpStatusCode.OK)]
    [InlineData("x-amz-acl", HttpStatusCode.Forbidden)]
    public async Task AllowedUnsignedHeaders_AreAccepted(string header, HttpStatusCode status)
    {
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync(configure: o => o.AllowedUnsignedHeaders.Add("X-Amz-Cf-Id"));
        using HttpRequestMessage request = ReceivingApp.Presign(new GetObject("k")).ToHttpRequestMessage();
        request.Headers.Add(header, "a");

        using HttpResponseMessage response = await app.SendAsync(request);

        response.StatusCode.Should().Be(status);
    }

    [Fact]
    public async Task Credentials_ForRotation_AreAllAccepted()
    {
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync(configure: o => o.Credentials.Add(Old));

        (await StatusAsync(app, new TestSigner())).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(app, new TestSigner { AccessKeyId = Old.AccessKeyId, SecretAccessKey = Old.SecretAccessKey })).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(app, new TestSigner { AccessKeyId = Old.AccessKeyId })).Should().Be(HttpStatusCode.Forbidden);
        (await StatusAsync(app, new TestSigner { AccessKeyId = "UNKNOWN" })).Should().Be(HttpStatusCode.Forbidden);
        app.Log.Lines.Select(line => line.Split('(', ')')[1]).Should().Equal("SignatureMismatch", "UnknownAccessKey");
    }

    [Fact]
    public async Task Credentials_Temporary_RequireTheTokenUntilTheyExpire()
    {
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync(configure: o => o.Credentials.Add(Temporary));
        TestSigner signer = new()
        {
            AccessKeyId = Temporary.AccessKeyId,
            SecretAccessKey = Temporary.SecretAccessKey,
            Parameters = [("X-Amz-Security-Token", "session-token")],
        };

        (await StatusAsync(app, signer)).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(app, signer with { Parameters = [] })).Should().Be(HttpStatusCode.Forbidden);
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        (await StatusAsync(app, signer)).Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task FindCredentials_Asynchronous_IsAwaitedOnlyForRequestsThatPassTheOtherChecks()
    {
        List<string> asked = [];
        await using ReceivingApp app = await ReceivingApp.StartInMemoryAsync(configure: o =>
        {
            o.Credentials.Clear();
            o.FindCredentials = async (accessKeyId, cancellationToken) =>
            {
                asked.Add(accessKeyId);
                await Task.Delay(1, cancellationToken);
                return accessKeyId == Old.AccessKeyId ? Old : null;
            };
        });

        (await StatusAsync(app, new TestSigner { AccessKeyId = Old.AccessKeyId, SecretAccessKey = Old.SecretAccessKey })).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(app, new TestSigner())).Should().Be(HttpStatusCode.Forbidden);
        (await StatusAsync(app, new TestSigner { ExpiresIn = 0 })).Should().Be(HttpStatusCode.Forbidden);
        (await StatusAsync(app, new TestSigner { Host = "other.example.com" })).Should().Be(HttpStatusCode.Forbidden);

        asked.Should().Equal(Old.AccessKeyId, ReceivingApp.AccessKeyId);
    }

    private static async Task<HttpStatusCode> StatusAsync(ReceivingApp app, TestSigner signer)
    {
        using HttpResponseMessage response = await app.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"http://{signer.Host}{signer.Target("/files/k")}"));
        return response.StatusCode;
    }
}
