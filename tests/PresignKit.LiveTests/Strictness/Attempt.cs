using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace PresignKit.LiveTests.Strictness;

/// <summary>A row that runs against a store, with a key of its own.</summary>
internal sealed class Attempt(LiveStore store, int number)
{
    /// <summary>The content of the object that downloads request, and of uploads.</summary>
    public static readonly byte[] Content = Encoding.ASCII.GetBytes("0123456789");

    public LiveStore Store => store;

    // The key contains a slash and characters that are encoded, so that rows can write it in different ways.
    public string Key { get; } = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"row-{number}/a b+c.txt");

    /// <summary>Gets the key as it is encoded in the path of a presigned URL.</summary>
    public string EncodedKey => Key.Replace(" ", "%20", StringComparison.Ordinal).Replace("+", "%2B", StringComparison.Ordinal);

    public S3Presigner Presigner => store.Presigner();

    /// <summary>Returns a presigner whose clock is ahead of the real time, or behind it.</summary>
    public S3Presigner At(TimeSpan offset) => store.Presigner(new FakeTimeProvider(DateTimeOffset.UtcNow + offset));

    public S3Presigner With(Action<PresignerOptions> change)
    {
        PresignerOptions options = store.Options();
        change(options);
        return new S3Presigner(options);
    }

    /// <summary>Uploads an object and returns a presigned request for it, which <paramref name="change"/> can tamper with.</summary>
    public Task<Observed> Get(Func<WireRequest, WireRequest>? change = null) => Get(new GetObject(Key), change);

    public async Task<Observed> Get(S3Operation operation, Func<WireRequest, WireRequest>? change = null)
    {
        await store.Put(Key, Content);
        return await Send(operation, null, change);
    }

    /// <summary>Sends a presigned upload, which <paramref name="change"/> can tamper with.</summary>
    public Task<Observed> Put(Func<WireRequest, WireRequest>? change = null) => Put(new PutObject(Key), change);

    public Task<Observed> Put(S3Operation operation, Func<WireRequest, WireRequest>? change = null) => Send(operation, Content, change);

    public Task<Observed> Send(S3Operation operation, byte[]? body, Func<WireRequest, WireRequest>? change = null)
    {
        WireRequest request = WireRequest.Of(Presigner.Presign(operation), body);
        return Send(change is null ? request : change(request));
    }

    public Task<Observed> Send(WireRequest request) => WireClient.Send(store, request);

    /// <summary>Sends a form that allows text files of 1 to 100 bytes below the folder of this row.</summary>
    public Task<Observed> Post(Func<FormRequest, FormRequest>? change = null) => Post(Policy(), change);

    public Task<Observed> Post(PostPolicy policy, Func<FormRequest, FormRequest>? change = null)
    {
        FormRequest form = FormRequest.Of(Presigner.PresignPost(policy));
        return Send((change is null ? form : change(form)).ToRequest());
    }

    public PostPolicy Policy() => new(PostKey.Exact(Key)) { ContentType = "text/plain", ContentLength = (1, 100) };

    /// <summary>Creates a multipart upload and returns its ID.</summary>
    public async Task<string> CreateUpload()
    {
        using HttpResponseMessage response = await store.Send(Presigner.Presign(new CreateMultipartUpload(Key)));
        await response.ShouldHaveStatus(200);
        return CreateMultipartUpload.ReadUploadId(await response.Content.ReadAsStringAsync());
    }

    public async Task<CompletedPart> UploadPart(string uploadId, int number, byte[] content)
    {
        using HttpResponseMessage response = await store.Send(Presigner.Presign(new UploadPart(Key, uploadId, number)), new ByteArrayContent(content));
        await response.ShouldHaveStatus(200);
        return new CompletedPart(number, PresignKit.UploadPart.ReadETag(response));
    }

    public Task<Observed> Complete(string uploadId, params CompletedPart[] parts) =>
        Send(new CompleteMultipartUpload(Key, uploadId), CompleteMultipartUpload.CreateBody(parts));
}
