using System.Security.Cryptography;
using System.Text;

namespace PresignKit.LiveTests;

/// <summary>Encryption with presigned URLs on the gateway (Swift's S3 API does not support it).</summary>
public class EncryptionTests
{
    private static readonly byte[] Body = Encoding.ASCII.GetBytes("content");

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.RgwAsSpaces)]
    public async Task SseCustomerKey_Object_RoundTripsAndRequiresTheKey(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        S3Presigner presigner = store.Presigner();
        SseCustomerKey key = new(RandomNumberGenerator.GetBytes(SseCustomerKey.Size));
        SseCustomerKey otherKey = new(RandomNumberGenerator.GetBytes(SseCustomerKey.Size));

        using HttpResponseMessage put = await store.Send(presigner.Presign(new PutObject("a") { SseCustomerKey = key }), new ByteArrayContent(Body));
        await put.ShouldHaveStatus(200);
        using HttpResponseMessage get = await store.Send(presigner.Presign(new GetObject("a") { SseCustomerKey = key }));
        using HttpResponseMessage without = await store.Send(presigner.Presign(new GetObject("a")));
        using HttpResponseMessage wrong = await store.Send(presigner.Presign(new GetObject("a") { SseCustomerKey = otherKey }));
        using HttpResponseMessage head = await store.Send(presigner.Presign(new HeadObject("a") { SseCustomerKey = key }));

        await get.ShouldHaveStatus(200);
        (await get.Content.ReadAsByteArrayAsync()).Should().Equal(Body);
        await without.ShouldHaveStatus(400); // AWS returns InvalidRequest, and RGW 16.2.15 InvalidArgument
        await wrong.ShouldHaveStatus(400); // AWS returns 403 AccessDenied
        await head.ShouldHaveStatus(200);
    }

    [LiveFact]
    public async Task SseCustomerKey_OtherThanSigned_IsRejected()
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        PresignedUrl url = store.Presigner().Presign(new PutObject("a") { SseCustomerKey = new(RandomNumberGenerator.GetBytes(32)) });
        PresignedUrl other = store.Presigner().Presign(new PutObject("a") { SseCustomerKey = new(RandomNumberGenerator.GetBytes(32)) });

        using HttpResponseMessage rejected = await store.Send(url.Method, url.ToUri(), other.RequiredHeaders, new ByteArrayContent(Body));

        await rejected.ShouldHaveStatus(403, "SignatureDoesNotMatch");
    }

    [LiveFact]
    public async Task ServerSideEncryption_Kms_NamesTheKey()
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        PutObject operation = new("a") { ServerSideEncryption = ServerSideEncryption.Kms("testkey-1") };

        using HttpResponseMessage put = await store.Send(store.Presigner().Presign(operation), new ByteArrayContent(Body));
        using HttpResponseMessage get = await store.Send(store.Presigner().Presign(new GetObject("a")));

        await put.ShouldHaveStatus(200);
        await get.ShouldHaveStatus(200);
        get.Headers.GetValues("x-amz-server-side-encryption").Should().Equal("aws:kms");
        get.Headers.GetValues("x-amz-server-side-encryption-aws-kms-key-id").Should().Equal("testkey-1");
        (await get.Content.ReadAsByteArrayAsync()).Should().Equal(Body);
    }
}
