using System.Net;
using System.Xml.Linq;

namespace PresignKit.DocsTests;

/// <summary>A <see cref="VerifyingStore"/> that also remembers which objects exist, so that it can list and delete them.</summary>
internal sealed class ObjectStore : DelegatingHandler
{
    private const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";
    private readonly VerifyingStore _verifying;

    public ObjectStore()
        : this(new VerifyingStore())
    {
    }

    private ObjectStore(VerifyingStore verifying)
        : base(verifying) => _verifying = verifying;

    /// <summary>The keys of all objects, with their sizes.</summary>
    public SortedDictionary<string, long> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>Method, key and length of each accepted request.</summary>
    public List<string> Requests => _verifying.Requests;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        long length = request.Content?.Headers.ContentLength ?? 0;
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            return response;
        }

        PresignedUrlInfo.TryParse(request.RequestUri!.AbsoluteUri, S3Endpoint.DigitalOceanSpaces("nyc3"), out PresignedUrlInfo? url);
        if (url?.Key is not { } key)
        {
            return request.Method == HttpMethod.Get ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Page(url!)) } : response;
        }

        if (request.Method == HttpMethod.Put)
        {
            Objects[key] = length;
            return response;
        }

        if (request.Method == HttpMethod.Delete)
        {
            Objects.Remove(key);
            return new HttpResponseMessage(HttpStatusCode.NoContent);
        }

        return new HttpResponseMessage(Objects.ContainsKey(key) ? HttpStatusCode.OK : HttpStatusCode.NotFound);
    }

    // The continuation token is the last key of the previous page.
    private string Page(PresignedUrlInfo list)
    {
        string? Parameter(string name) => list.OtherParameters.Where(one => one.Key == name).Select(one => one.Value).SingleOrDefault();
        int count = int.Parse(Parameter("max-keys")!, System.Globalization.CultureInfo.InvariantCulture);
        string[] rest = [.. Objects.Keys.Where(key => key.StartsWith(Parameter("prefix")!, StringComparison.Ordinal)
            && string.CompareOrdinal(key, Parameter("continuation-token") ?? "") > 0)];
        XNamespace s3 = Namespace;
        return new XElement(
            s3 + "ListBucketResult",
            rest.Take(count).Select(key => new XElement(
                s3 + "Contents",
                new XElement(s3 + "Key", Parameter("encoding-type") == "url" ? WebUtility.UrlEncode(key) : key),
                new XElement(s3 + "Size", Objects[key]))),
            rest.Length > count ? new XElement(s3 + "NextContinuationToken", rest[count - 1]) : null).ToString();
    }
}
