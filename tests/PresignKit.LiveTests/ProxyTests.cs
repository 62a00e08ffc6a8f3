using System.Text;

namespace PresignKit.LiveTests;

/// <summary>URLs and forms through nginx in front of the gateway.</summary>
public class ProxyTests
{
    public enum Proxy
    {
        /// <summary>The client's Host reaches the store: <c>Endpoint</c> is the proxy.</summary>
        ForwardsHost,

        /// <summary>nginx sends the store's host, which is its default: <c>Endpoint</c> is the store, and <c>PublicUrl</c> is the proxy.</summary>
        SetsHost,

        /// <summary>Like <see cref="SetsHost"/>, below a path that nginx removes.</summary>
        SetsHostAndRemovesPrefix,

        /// <summary>Like <see cref="ForwardsHost"/>, below a path that nginx removes: <c>Endpoint</c> is the proxy, and <c>PublicUrl</c> is the proxy with the path.</summary>
        ForwardsHostAndRemovesPrefix,
    }

    [NginxTheory]
    [InlineData(Proxy.ForwardsHost)]
    [InlineData(Proxy.SetsHost)]
    [InlineData(Proxy.SetsHostAndRemovesPrefix)]
    [InlineData(Proxy.ForwardsHostAndRemovesPrefix)]
    public async Task PublicUrl_Proxy_UploadsAndDownloadsOddKeys(Proxy proxy)
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        using Nginx nginx = await Nginx.Start(Configuration(proxy, store.Endpoint));
        S3Presigner presigner = new(Options(proxy, store, nginx));
        List<string> failed = [];

        foreach (string key in OddKeyTests.Keys())
        {
            using HttpResponseMessage put = await store.Send(presigner.Presign(new PutObject(key) { ContentType = "text/plain" }), new ByteArrayContent(Encoding.UTF8.GetBytes("content of " + key)));
            using HttpResponseMessage get = await store.Send(presigner.Presign(new GetObject(key)));
            if ((int)put.StatusCode != 200 || (int)get.StatusCode != 200 || await get.Content.ReadAsStringAsync() != "content of " + key)
            {
                failed.Add($"{key}: {put.StatusCode}, {get.StatusCode}");
            }
        }

        failed.Should().BeEmpty();
    }

    [NginxTheory]
    [InlineData(Proxy.ForwardsHost)]
    [InlineData(Proxy.SetsHost)]
    [InlineData(Proxy.SetsHostAndRemovesPrefix)]
    [InlineData(Proxy.ForwardsHostAndRemovesPrefix)]
    public async Task PublicUrl_Proxy_AcceptsFormsListsAndResignedUrls(Proxy proxy)
    {
        LiveStore store = await LiveStore.Open(Via.Rgw);
        using Nginx nginx = await Nginx.Start(Configuration(proxy, store.Endpoint));
        S3Presigner presigner = new(Options(proxy, store, nginx));
        string start = $"http://127.0.0.1:{nginx.Port}{(proxy is Proxy.SetsHost or Proxy.ForwardsHost ? "" : "/s3")}/{store.Bucket}";

        PresignedPost form = presigner.PresignPost(new PostPolicy(PostKey.Exact("form.txt")) { ContentLength = (1, 100) });
        using HttpResponseMessage posted = await store.Http.PostAsync(new Uri(form.Url), form.ToMultipartContent(new ByteArrayContent([1, 2, 3]), "form.txt"));
        PresignedUrl listing = presigner.Presign(new ListObjectsV2());
        using HttpResponseMessage list = await store.Send(listing);
        PresignedUrl resigned = presigner.Resign(presigner.Presign(new GetObject("form.txt")).Url, HttpMethod.Get, new ResignChanges { SetQuery = [new("response-content-type", "text/x-test")] }).Presigned;
        using HttpResponseMessage get = await store.Send(resigned);

        new[] { form.Url, listing.Url, resigned.Url }.Should().OnlyContain(url => url.StartsWith(start));
        await posted.ShouldHaveStatus(204);
        await list.ShouldHaveStatus(200);
        (await list.Content.ReadAsStringAsync()).Should().Contain("<Key>form.txt</Key>");
        await get.ShouldHaveStatus(200);
        get.Content.Headers.ContentType!.MediaType.Should().Be("text/x-test");
    }

    private static string Configuration(Proxy proxy, string store) => (proxy switch
    {
        Proxy.SetsHost or Proxy.ForwardsHost => """
            location / {
                proxy_pass http://minio:9000;
            }
            """,
        _ => """
            merge_slashes off;                      # otherwise, a key with two slashes in a row is a different key
            location /s3/ {
                proxy_pass http://minio:9000/;
            }
            """,
    }).Replace("http://minio:9000", store, StringComparison.Ordinal) + (proxy is Proxy.ForwardsHost or Proxy.ForwardsHostAndRemovesPrefix ? "proxy_set_header Host $http_host;" : "");

    private static PresignerOptions Options(Proxy proxy, LiveStore store, Nginx nginx)
    {
        PresignerOptions options = store.Options();
        string host = $"http://127.0.0.1:{nginx.Port}";
        if (proxy is Proxy.ForwardsHost or Proxy.ForwardsHostAndRemovesPrefix)
        {
            options.Endpoint = host;
        }

        options.PublicUrl = proxy switch
        {
            Proxy.ForwardsHost => null,
            Proxy.SetsHost => host,
            _ => host + "/s3",
        };
        return options;
    }
}
