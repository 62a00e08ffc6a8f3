using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace PresignKit.LiveTests;

/// <summary>Temporary credentials from the gateway's own STS.</summary>
public class SessionTokenTests
{
    [LiveFact]
    public async Task Presign_AssumedRole_UploadsAndDownloads()
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        Credentials temporary = await AssumeRole(store);
        S3Presigner presigner = new(OptionsWith(store, temporary, temporary.SessionToken));

        using HttpResponseMessage put = await store.Send(presigner.Presign(new PutObject("by role")), new ByteArrayContent([1, 2, 3]));
        await put.ShouldHaveStatus(200);
        PresignedUrl download = presigner.Presign(new GetObject("by role"));
        using HttpResponseMessage get = await store.Send(download);

        await get.ShouldHaveStatus(200);
        (await get.Content.ReadAsByteArrayAsync()).Should().Equal(1, 2, 3);
        download.Url.Should().Contain("&X-Amz-Security-Token=");
    }

    [LiveFact]
    public async Task Presign_WrongSessionToken_IsRejected()
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        await store.Put("a", [1]);
        Credentials one = await AssumeRole(store);
        Credentials other = await AssumeRole(store);
        S3Presigner presigner = new(OptionsWith(store, one, other.SessionToken));

        using HttpResponseMessage get = await store.Send(presigner.Presign(new GetObject("a")));

        await get.ShouldHaveStatus(403);
    }

    internal static async Task<PresignerOptions> OptionsOfARole(LiveStore store)
    {
        Credentials temporary = await AssumeRole(store);
        return OptionsWith(store, temporary, temporary.SessionToken);
    }

    private static PresignerOptions OptionsWith(LiveStore store, Credentials temporary, string sessionToken)
    {
        PresignerOptions options = store.Options();
        options.Endpoint = LiveStore.Variable("RGW_STS_URL");
        options.AccessKeyId = temporary.AccessKeyId;
        options.SecretAccessKey = temporary.SecretAccessKey;
        options.SessionToken = sessionToken;
        return options;
    }

    private static async Task<Credentials> AssumeRole(LiveStore store)
    {
        using AmazonSecurityTokenServiceClient sts = new(
            new BasicAWSCredentials(store.AccessKeyId, store.SecretAccessKey),
            new AmazonSecurityTokenServiceConfig { ServiceURL = LiveStore.Variable("RGW_STS_URL"), AuthenticationRegion = store.Region });
        AssumeRoleResponse role = await sts.AssumeRoleAsync(new AssumeRoleRequest
        {
            RoleArn = LiveStore.Variable("RGW_STS_ROLE_ARN"),
            RoleSessionName = "presignkit",
            DurationSeconds = 900,
        });
        return role.Credentials;
    }
}
