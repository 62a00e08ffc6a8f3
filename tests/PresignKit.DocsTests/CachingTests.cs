using Microsoft.Extensions.Time.Testing;

namespace PresignKit.DocsTests;

/// <summary>The code of docs/caching.md and docs/cdn.md.</summary>
public class CachingTests
{
    private static readonly PresignerOptions Options = Example.Options();

    [Fact]
    public void SigningWindow_15Minutes_CreatesOneUrlPerWindow()
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 14, 15, 9, 26, TimeSpan.Zero));
        PresignerOptions options = Example.Options();

        options.SigningWindow = TimeSpan.FromMinutes(15);
        S3Presigner presigner = new(options, clock);

        PresignedUrl first = presigner.Presign(new GetObject("photos/1.jpg") { ExpiresIn = TimeSpan.FromHours(1) });
        clock.SetUtcNow(new DateTimeOffset(2026, 3, 14, 15, 14, 59, TimeSpan.Zero));
        PresignedUrl last = presigner.Presign(new GetObject("photos/1.jpg") { ExpiresIn = TimeSpan.FromHours(1) });
        clock.SetUtcNow(new DateTimeOffset(2026, 3, 14, 15, 15, 0, TimeSpan.Zero));
        PresignedUrl next = presigner.Presign(new GetObject("photos/1.jpg") { ExpiresIn = TimeSpan.FromHours(1) });

        bool same = first.Url == last.Url;      // true
        bool other = next.Url != first.Url;     // true

        (same, other).Should().Be((true, true));
        string.Join('\n', new[] { first, last, next }.Zip(["15:09:26", "15:14:59", "15:15:00"], (url, now) =>
            $"created at {now}: signed at {url.SignedAt.UtcDateTime:HH':'mm':'ss}, expires at {url.ExpiresAt.UtcDateTime:HH':'mm':'ss}, X-Amz-Expires={Seconds(url)}")).ShouldBeShownAs("""
            created at 15:09:26: signed at 15:00:00, expires at 16:15:00, X-Amz-Expires=4500
            created at 15:14:59: signed at 15:00:00, expires at 16:15:00, X-Amz-Expires=4500
            created at 15:15:00: signed at 15:15:00, expires at 16:30:00, X-Amz-Expires=4500
            """);
    }

    [Fact]
    public void SigningWindow_WithCacheControl_LetsBrowsersCacheTheResponse()
    {
        S3Presigner presigner = Example.Presigner(options => options.SigningWindow = TimeSpan.FromMinutes(15));

        PresignedUrl photo = presigner.Presign(new GetObject("photos/1.jpg")
        {
            ResponseHeaders = new() { CacheControl = "private, max-age=900" },
        });

        Example.Short(photo.Url).ShouldBeShownAs("""
            https://my-space.nyc3.digitaloceanspaces.com/photos/1.jpg?response-cache-control=private%2C%20max-age%3D900&X-Amz-…
            """);
    }

    [Fact]
    public void SigningWindow_Form_IsTheSameWithinAWindow()
    {
        PresignedPost At(int second) => Example.Presigner(options => options.SigningWindow = TimeSpan.FromMinutes(15), new FakeTimeProvider(Example.Now.AddSeconds(second)))
            .PresignPost(new PostPolicy(PostKey.Exact("a")));

        At(60).Fields.Should().Equal(At(0).Fields);
        At(15 * 60).Fields.Should().NotEqual(At(0).Fields);
    }

    [Fact]
    public void SigningWindow_ExpiryTooLong_Throws() => FluentActions
        .Invoking(() => Example.Presigner(options => options.SigningWindow = TimeSpan.FromMinutes(15)).Presign(new GetObject("k") { ExpiresIn = TimeSpan.FromDays(7) }))
        .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Request at most 603900 s*");

    [Fact]
    public void PublicUrl_Cdn_IsInTheUrlAndTheOriginIsSigned()
    {
        PresignerOptions options = Example.Options();

        options.UseDigitalOceanSpaces("nyc3");
        options.Bucket = "my-space";
        options.PublicUrl = "https://my-space.nyc3.cdn.digitaloceanspaces.com";      // or your own host: https://files.example.com

        S3Presigner presigner = new(options, new FakeTimeProvider(Example.Now));

        PresignedUrl download = presigner.Presign(new GetObject("reports/2026.pdf"));
        PresignedUrl upload = presigner.Presign(new PutObject("reports/2026.pdf"));

        (Example.Short(download.Url) + "\n" + Example.Short(upload.Url)).ShouldBeShownAs("""
            https://my-space.nyc3.cdn.digitaloceanspaces.com/reports/2026.pdf?X-Amz-…
            https://my-space.nyc3.digitaloceanspaces.com/reports/2026.pdf?X-Amz-…
            """);
        S3Presigner without = new(Options, new FakeTimeProvider(Example.Now));
        download.Url.Split('?')[1].Should().Be(without.Presign(new GetObject("reports/2026.pdf")).Url.Split('?')[1], "the signature is for the origin");
    }

    [Fact]
    public void PublicUrl_Proxy_IsUsedForUploadsAsWell()
    {
        PresignerOptions options = Example.Options();
        options.Region = "us-east-1";

        options.Endpoint = "http://minio:9000";
        options.PublicUrl = "https://files.example.com";      // downloads, uploads, lists and forms

        new S3Presigner(options).Presign(new PutObject("a")).Url.Should().StartWith("https://files.example.com/my-space/a?");
    }

    [Fact]
    public void PublicUrl_ProxyThatRemovesAPath_ContainsThePath()
    {
        PresignerOptions options = Example.Options();
        options.Region = "us-east-1";

        options.Endpoint = "http://minio:9000";
        options.PublicUrl = "https://example.com/s3";

        new S3Presigner(options).Presign(new GetObject("a")).Url.Should().StartWith("https://example.com/s3/my-space/a?");
    }

    [Fact]
    public void PublicUrl_SelfHostedStore_ReplacesItsHost()
    {
        PresignerOptions options = Example.Options();
        (options.Endpoint, options.Region, options.PublicUrl) = ("https://rgw.example.com", "default", "https://files.example.com");
        options.UrlStyle = UrlStyle.VirtualHosted;

        new S3Presigner(options).Presign(new GetObject("a")).Url.Should().StartWith("https://files.example.com/a?");
    }

    // A proxy that sends the store's own host works in front of every store. The CDN of Spaces is for downloads only.
    [Fact]
    public void PublicUrl_Proxy_WorksForEveryKnownStore() => GettingStartedTests.KnownStores.Where(store => store.Key != "DigitalOcean Spaces").Should()
        .NotBeEmpty().And.AllSatisfy(store => Example.Presigner(options =>
            {
                store.Value(options);
                options.PublicUrl = "https://files.example.com";
            })
            .Presign(new PutObject("a")).Url.Should().StartWith("https://files.example.com/"));

    private static double Seconds(PresignedUrl url) => (url.ExpiresAt - url.SignedAt).TotalSeconds;
}
