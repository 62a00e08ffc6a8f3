using System.Text;

namespace PresignKit.LiveTests;

/// <summary>Copies with presigned URLs that sign the source and its conditions.</summary>
public class CopyTests
{
    private const string SourceKey = "odd//ü + %2F 🙂?&=.txt";

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.RgwAsSpaces)]
    [InlineData(Via.Swift)]
    public async Task CopyObject_OddSourceKey_CopiesContentAndMetadata(Via via)
    {
        (LiveStore store, S3Presigner presigner) = await OpenWithSource(via);

        using HttpResponseMessage copied = await store.Send(presigner.Presign(new CopyObject("copy", new CopySource(store.Bucket, SourceKey))));

        await copied.ShouldHaveStatus(200);
        (await copied.Content.ReadAsStringAsync()).Should().Contain("CopyObjectResult");
        using HttpResponseMessage get = await store.Send(presigner.Presign(new GetObject("copy")));
        (await get.Content.ReadAsStringAsync()).Should().Be("content");
        get.Content.Headers.ContentType!.ToString().Should().Be("text/x-source");
        get.Headers.GetValues("x-amz-meta-from").Should().Equal("source");
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.Swift)]
    public async Task CopyObject_MetadataReplaced_HasThatOfTheRequest(Via via)
    {
        (LiveStore store, S3Presigner presigner) = await OpenWithSource(via);

        using HttpResponseMessage copied = await store.Send(presigner.Presign(new CopyObject("copy", new CopySource(store.Bucket, SourceKey))
        {
            MetadataDirective = CopyDirective.Replace,
            ContentType = "text/x-copy",
            Metadata = new Dictionary<string, string> { ["by"] = "copy" },
        }));

        await copied.ShouldHaveStatus(200);
        using HttpResponseMessage head = await store.Send(presigner.Presign(new HeadObject("copy")));
        head.Content.Headers.ContentType!.ToString().Should().Be("text/x-copy");
        head.Headers.GetValues("x-amz-meta-by").Should().Equal("copy");
        head.Headers.Contains("x-amz-meta-from").Should().BeFalse();
    }

    // RGW 16.2.15 reads x-amz-copy-if-match instead of the documented x-amz-copy-source-if-match, so it ignores the conditions on a source.
    [LiveTheory]
    [InlineData(Via.Rgw, 200)]
    [InlineData(Via.Swift, 412)]
    public async Task CopyObject_ConditionOnSource_IsEnforcedByStoresThatSupportIt(Via via, int statusForWrongETag)
    {
        (LiveStore store, S3Presigner presigner) = await OpenWithSource(via);

        using HttpResponseMessage other = await store.Send(presigner.Presign(
            new CopyObject("copy", new CopySource(store.Bucket, SourceKey) { IfMatch = "\"0123456789abcdef0123456789abcdef\"" })));
        using HttpResponseMessage same = await store.Send(presigner.Presign(
            new CopyObject("copy", new CopySource(store.Bucket, SourceKey) { IfUnmodifiedSince = DateTimeOffset.UtcNow.AddDays(1) })));

        using HttpResponseMessage withRgwHeader = await store.Send(presigner.Presign(new CopyObject("copy", new CopySource(store.Bucket, SourceKey))
        {
            Headers = [new("x-amz-copy-if-match", "\"0123456789abcdef0123456789abcdef\"")],
        }));
        await other.ShouldHaveStatus(statusForWrongETag);
        await withRgwHeader.ShouldHaveStatus(via == Via.Rgw ? 412 : 200);
        await same.ShouldHaveStatus(200);
    }

    [LiveTheory]
    [InlineData(Via.Rgw)]
    [InlineData(Via.Swift)]
    public async Task CopyObject_SourceOtherThanSigned_IsRejected(Via via)
    {
        (LiveStore store, S3Presigner presigner) = await OpenWithSource(via);
        await store.Put("secret", [1]);
        PresignedUrl url = presigner.Presign(new CopyObject("copy", new CopySource(store.Bucket, SourceKey)));

        using HttpResponseMessage rejected = await store.Send(
            url.Method, url.ToUri(), new Dictionary<string, string> { ["x-amz-copy-source"] = store.Bucket + "/secret" });

        await rejected.ShouldHaveStatus(403, "SignatureDoesNotMatch");
    }

    private static async Task<(LiveStore Store, S3Presigner Presigner)> OpenWithSource(Via via)
    {
        LiveStore store = await LiveStore.Open(via);
        PresignedUrl put = store.Presigner().Presign(new PutObject(SourceKey)
        {
            ContentType = "text/x-source",
            Metadata = new Dictionary<string, string> { ["from"] = "source" },
        });
        using HttpResponseMessage created = await store.Send(put, new ByteArrayContent(Encoding.ASCII.GetBytes("content")));
        await created.ShouldHaveStatus(200);
        return (store, store.Presigner());
    }
}
