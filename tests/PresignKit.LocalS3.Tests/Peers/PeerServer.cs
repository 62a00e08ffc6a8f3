namespace PresignKit.LocalS3.Tests.Peers;

/// <summary>A server for the tests of one class, because URLs contain the port.</summary>
public class PeerServer : IAsyncLifetime
{
    public const string Bucket = "photos";

    private readonly ShiftedClock _clock = new();

    public LocalS3Server Server { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>Gets the endpoint with a name as its host, for URLs with the bucket in the host name.</summary>
    public string Localhost => Server.Endpoint.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    /// <summary>Gets the region. In us-east-1, boto3 and version 1 of the AWS CLI sign with SigV2 by default.</summary>
    protected virtual string Region => "us-east-1";

    internal ShiftedClock Clock => _clock;

    internal LocalS3Bucket Photos => Server.Buckets[Bucket];

    public virtual async Task InitializeAsync()
    {
        Server = await LocalS3Server.StartAsync(options =>
        {
            options.Buckets.Add(Bucket);
            options.Region = Region;
            options.TimeProvider = _clock;
        });
        Http = Server.CreateHttpClient();
    }

    public virtual async Task DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>Starts a multipart upload with one part, and returns its ID and the part's ETag.</summary>
    internal async Task<(string UploadId, string ETag)> CreateUploadAsync(string key)
    {
        IPresigner presigner = Server.CreatePresigner(Bucket);
        using HttpResponseMessage created = await Http.PostAsync(presigner.Presign(new CreateMultipartUpload(key)).Url, new ByteArrayContent([]));
        string xml = await created.Content.ReadAsStringAsync();
        string uploadId = System.Xml.Linq.XDocument.Parse(xml).Root!.Elements().Single(element => element.Name.LocalName == "UploadId").Value;
        using HttpResponseMessage part = await Http.PutAsync(presigner.Presign(new UploadPart(key, uploadId, 1)).Url, new StringContent("part one"));
        return (uploadId, part.Headers.ETag!.Tag);
    }
}
